package dev.postern.evidence.posture;

import dev.postern.evidence.dmarc.PublishedPolicy;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The tags of a DMARC record one by one (RFC 9989 §4.7). */
final class DmarcTags {

  /** Tags that receivers read. */
  static final Set<String> KNOWN =
      Set.of("v", "p", "sp", "np", "t", "psd", "adkim", "aspf", "rua", "ruf", "fo");

  /** Tags of RFC 7489 that RFC 9989 gave up. */
  private static final Set<String> OLD = Set.of("rf", "ri");

  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "p", Set.of("none", "quarantine", "reject"),
          "sp", Set.of("none", "quarantine", "reject"),
          "np", Set.of("none", "quarantine", "reject"),
          "t", Set.of("y", "n"),
          "psd", Set.of("y", "n", "u"),
          "adkim", Set.of("r", "s"),
          "aspf", Set.of("r", "s"));

  private final DomainName at;
  private final Map<String, String> tags;

  DmarcTags(DomainName at, PublishedPolicy policy) {
    this.at = at;
    this.tags = policy.tags();
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    VALUES.keySet().stream()
        .sorted()
        .filter(this::wrong)
        .map(this::wrongValue)
        .forEach(findings::add);
    if (!tags.containsKey("p")) {
      findings.add(
          Finding.warning("dmarc-no-p", "The record has no p=: receivers take it as p=none.")
              .because("Older receivers ignore the whole record (RFC 7489 §6.3).")
              .mend("Name the policy."));
    }
    if (tags.containsKey("pct")) {
      findings.add(share());
    }
    OLD.stream().sorted().filter(tags::containsKey).map(DmarcTags::old).forEach(findings::add);
    String unknown =
        tags.keySet().stream()
            .filter(it -> !KNOWN.contains(it) && !OLD.contains(it) && !it.equals("pct"))
            .limit(5)
            .map(Quote::bare)
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      findings.add(
          Finding.note(
                  "dmarc-unknown-tag",
                  "The record has tags that nobody knows: %s.".formatted(unknown))
              .because("Receivers skip them (RFC 9989 §4.7); a misspelt tag does nothing.")
              .mend("Correct or remove them."));
    }
    return findings;
  }

  private boolean wrong(String tag) {
    return tags.containsKey(tag)
        && !VALUES
            .getOrDefault(tag, Set.of())
            .contains(tags.getOrDefault(tag, "").toLowerCase(Locale.ROOT));
  }

  private Finding wrongValue(String tag) {
    boolean policy = tag.endsWith("p");
    String what =
        "%s= has a value that it cannot have: %s"
            .formatted(tag, Quote.of(tags.getOrDefault(tag, "")));
    return policy
        ? Finding.error("dmarc-wrong-value", what)
            .because(
                "With rua= the record counts as p=none, without it as none (RFC 9989 §4.10.1).")
            .mend("Use none, quarantine or reject.")
        : Finding.warning("dmarc-wrong-value", what)
            .because("Receivers take it as if the tag were not there.")
            .mend("Correct or remove it in the record of %s.".formatted(at));
  }

  private Finding share() {
    String pct = tags.getOrDefault("pct", "");
    Finding finding =
        pct.equals("100")
            ? Finding.note("dmarc-pct", "pct=100 says what holds anyway.")
            : Finding.warning("dmarc-pct", "pct=%s is no longer read.".formatted(Quote.bare(pct)));
    return finding
        .because(
            "RFC 9989 gave pct= up: receivers apply the policy to all mail; older ones to a share.")
        .mend(
            pct.equals("100")
                ? "Remove it when you next change the record."
                : "Remove it; to lower the policy by one step for a while, use t=y.");
  }

  private static Finding old(String tag) {
    return Finding.note("dmarc-old-tag", "%s= is no longer read.".formatted(tag))
        .because("RFC 9989 gave it up.")
        .mend("Remove it when you next change the record.");
  }
}
