package dev.postern.evidence.posture;

import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.dkim.PublishedKey;
import dev.postern.evidence.posture.SelectorKeys.Selector;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The DKIM keys that were found (RFC 6376 §3.6.1, RFC 8301), and what their absence means. */
final class DkimJudgement {
  private static final String FIND_OUT =
      "Read s= in the DKIM-Signature field of a message the domain sent, and give it with"
          + " --selector.";

  private final DomainName domain;
  private final SelectorKeys found;
  private final List<Finding> findings = new ArrayList<>();

  DkimJudgement(DomainName domain, SelectorKeys found) {
    this.domain = domain;
    this.found = found;
  }

  Section section() {
    if (!found.wildcard().keys().isEmpty()) {
      wildcard(found.wildcard().keys().getFirst());
    }
    found.selectors().forEach(this::selector);
    unanswered();
    boolean silent = found.selectors().stream().allMatch(it -> it.keys().isEmpty());
    if (silent && findings.stream().noneMatch(it -> it.level() == Level.TEMPORARY)) {
      findings.add(nothingFound());
    }
    return new Section(Topic.DKIM, findings);
  }

  private void wildcard(PublishedKey key) {
    findings.add(
        key.revoked()
            ? Finding.ok(
                "dkim-wildcard-revoked",
                "Every selector is answered with a revoked key: the domain does not sign.")
            : Finding.note("dkim-wildcard", "Every selector is answered with the same key.")
                .because("A wildcard hides which selectors are in use, and which were retired.")
                .mend("Publish one record for each selector that signs."));
  }

  private void selector(Selector selector) {
    if (selector.keys().isEmpty() && selector.named() && selector.status() != Status.TEMPFAIL) {
      findings.add(missing(selector));
    }
    if (selector.keys().isEmpty() || (found.isWildcard(selector) && !selector.named())) {
      return;
    }
    if (selector.keys().size() > 1) {
      findings.add(
          Finding.warning(
                  "dkim-several-keys",
                  "Selector %s has %d keys.".formatted(selector.name(), selector.keys().size()))
              .because("Which one a receiver takes is undefined (RFC 6376 §3.6.2.2).")
              .mend("Leave one; give the others selectors of their own."));
    }
    selector.keys().forEach(key -> key(selector, key));
  }

  private Finding missing(Selector selector) {
    String alias =
        selector.alias().isEmpty()
            ? ""
            : " The name is an alias of %s, where there is none.".formatted(selector.alias());
    return Finding.error(
            "dkim-selector-missing",
            "There is no key at %s._domainkey.%s.%s".formatted(selector.name(), domain, alias))
        .because("Signatures with this selector cannot be verified.")
        .mend("Publish the key that the signer shows, or correct the selector.");
  }

  private void key(Selector from, PublishedKey key) {
    String selector = from.name();
    if (key.revoked()) {
      findings.add(
          Finding.note("dkim-revoked", "The key of selector %s is revoked.".formatted(selector))
              .because("p= is empty: signatures under it count as if they were not there.")
              .mend("Nothing, if nobody signs with it any more; otherwise publish its new key."));
      return;
    }
    if (!key.problem().isEmpty()) {
      findings.add(unusable(selector, key));
      return;
    }
    String alias = from.alias().isEmpty() ? "" : ", at " + from.alias();
    String strict = key.exactIdentity() ? ", not for subdomains (t=s)" : "";
    findings.add(
        Finding.ok(
            "dkim-key",
            "Selector %s: %s, %d bits%s%s."
                .formatted(selector, key.type(), key.bits(), strict, alias)));
    size(selector, key);
    if (key.testing()) {
      findings.add(
          Finding.warning(
                  "dkim-testing", "The key of selector %s is in test mode.".formatted(selector))
              .because(
                  "With t=y a failed signature is treated as none; some ignore the key altogether.")
              .mend("Remove t=y from the record once signing works."));
    }
  }

  private static Finding unusable(String selector, PublishedKey key) {
    boolean weak = key.type().equals("rsa") && key.bits() > 0 && key.problem().startsWith("weak");
    String what =
        "No signature can pass under the key of selector %s: %s."
            .formatted(selector, key.problem());
    Finding finding = Finding.error(weak ? "dkim-weak" : "dkim-unusable", what);
    return weak
        ? finding
            .because("Keys below 1024 bits are broken at home and must not count (RFC 8301 §3.2).")
            .mend("Make a key of 2048 bits under a new selector, and revoke this one.")
        : finding
            .because("Receivers give permerror for every signature with this selector.")
            .mend("Publish the record again, as the signer shows it, in one TXT record.");
  }

  private void size(String selector, PublishedKey key) {
    if (!key.type().equals("rsa")) {
      return;
    }
    if (key.bits() < PublishedKey.GOOD_RSA_BITS) {
      findings.add(
          Finding.note(
                  "dkim-short-key",
                  "The key of selector %s has %d bits.".formatted(selector, key.bits()))
              .because("It verifies; signers should use 2048 bits at least (RFC 8301 §3.2).")
              .mend("Make a key of 2048 bits under a new selector and move over to it."));
    } else if (key.bits() > PublishedKey.MOST_RSA_BITS) {
      findings.add(
          Finding.warning(
                  "dkim-long-key",
                  "The key of selector %s has %d bits.".formatted(selector, key.bits()))
              .because("Receivers need not take more than 4096 bits (RFC 8301 §3.2).")
              .mend("Make a key of 2048 bits under a new selector and move over to it."));
    }
  }

  private void unanswered() {
    List<String> names =
        found.selectors().stream()
            .filter(it -> it.status() == Status.TEMPFAIL)
            .map(Selector::name)
            .toList();
    boolean all = names.size() == found.selectors().size();
    if (all || !names.isEmpty()) {
      String some = names.stream().limit(3).collect(Collectors.joining(", "));
      String rest = names.size() > 3 ? " and %d more".formatted(names.size() - 3) : "";
      findings.add(
          Finding.temporary(
              "dkim-unanswered", all ? "any DKIM selector" : "the selectors " + some + rest));
    }
  }

  /** Never "there is no DKIM": selectors cannot be listed (RFC 6376 §3.1). */
  private Finding nothingFound() {
    String what =
        "None of %d well-known selectors has a key; there may be others."
            .formatted(KnownSelectors.all().distinct().count());
    String why =
        switch (found.above()) {
          case NXDOMAIN ->
              "DNS says that no name exists below _domainkey.%s, so most likely there is no key"
                  + " (RFC 8020; some name servers say so wrongly).";
          case NODATA, NOERROR ->
              "DNS knows the name _domainkey.%s, so there may well be keys under other selectors.";
          case TEMPFAIL -> "Selectors of %s cannot be listed, only asked for one by one.";
        };
    return Finding.note("dkim-nothing-found", what).because(why.formatted(domain)).mend(FIND_OUT);
  }
}
