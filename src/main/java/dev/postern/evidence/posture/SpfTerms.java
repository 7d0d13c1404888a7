package dev.postern.evidence.posture;

import dev.postern.evidence.SpfResult;
import dev.postern.evidence.spf.SpfBranch;
import dev.postern.evidence.spf.SpfBranch.Kind;
import dev.postern.evidence.spf.SpfBranch.Reach;
import dev.postern.evidence.spf.SpfBranch.Reply;
import dev.postern.evidence.spf.SpfOutline;
import java.util.ArrayList;
import java.util.List;

/** The terms of an SPF record and of all it includes, one by one. */
final class SpfTerms {

  /** A hostile record says the same a thousand times; people read it once. */
  private static final int MOST_OF_A_KIND = 5;

  private final SpfOutline spf;
  private final List<Finding> findings = new ArrayList<>();

  SpfTerms(SpfOutline spf) {
    this.spf = spf;
  }

  List<Finding> findings() {
    spf.each(outline -> outline.branches().forEach(branch -> term(outline, branch)));
    return findings;
  }

  private void term(SpfOutline outline, SpfBranch branch) {
    String place = place(outline, branch);
    if (branch.result() == SpfResult.PASS && branch.reach() == Reach.EVERYBODY) {
      add(everybody(place));
    } else if (branch.result() == SpfResult.PASS && branch.reach() == Reach.WIDE) {
      add(wide(place));
    }
    if (branch.kind() == Kind.PTR) {
      add(pointer(place));
    }
    if (branch.reply() == Reply.NO_ANSWER) {
      add(Finding.temporary("spf-term-unanswered", branch.name() + ", named by " + place));
    }
    boolean onward = branch.kind() == Kind.INCLUDE || branch.kind() == Kind.REDIRECT;
    if (onward && branch.name().isEmpty()) {
      add(unknowable(place));
    }
    branch.below().ifPresent(below -> below(place, below));
  }

  private String place(SpfOutline outline, SpfBranch branch) {
    String term = Quote.bare(branch.text());
    return outline.equals(spf) ? term : term + " in the record of " + outline.domain();
  }

  private void below(String place, SpfOutline below) {
    switch (below.standing()) {
      case FOUND, NOT_FOLLOWED -> {
        // A record that lies too deep shows in the count of look-ups.
      }
      case NONE ->
          add(broken("spf-leads-nowhere", place + " leads nowhere: " + below.problem() + "."));
      case SEVERAL ->
          add(
              broken(
                  "spf-include-broken",
                  place + " leads to several records: " + below.problem() + "."));
      case MALFORMED ->
          add(
              broken(
                  "spf-include-broken",
                  place + " leads to a record with a syntax error in " + below.problem() + "."));
      case LOOP ->
          add(
              Finding.error("spf-loop", place + " leads back to where it came from.")
                  .because("Evaluation goes round until the limit of look-ups stops it: permerror.")
                  .mend("Remove that term."));
      case NO_ANSWER ->
          add(Finding.temporary("spf-include-unanswered", "the SPF record of " + below.domain()));
    }
  }

  private static Finding broken(String name, String what) {
    return Finding.error(name, what)
        .because("Evaluation that gets there ends with permerror (RFC 7208 §5.2, §6.1).")
        .mend("Remove the term, or have the owner of that name mend the record.");
  }

  private static Finding everybody(String place) {
    return Finding.error("spf-passes-everybody", place + " lets the whole world pass.")
        .because("Anybody can send mail that passes SPF for this domain, and with it DMARC.")
        .mend("Remove it; list who sends for you and end the record with ~all or -all.");
  }

  private static Finding wide(String place) {
    return Finding.warning("spf-wide", place + " covers far more addresses than one sender has.")
        .because("Everybody who rents an address there can send mail that passes SPF.")
        .mend("List the networks that really send for you.");
  }

  private static Finding pointer(String place) {
    return Finding.warning("spf-ptr", place + " asks for the client's own reverse name.")
        .because("It is slow and unreliable, and must not be used (RFC 7208 §5.5).")
        .mend("Write the names or networks of the senders (a, ip4, ip6).");
  }

  private static Finding unknowable(String place) {
    return Finding.note("spf-depends-on-message", place + " depends on the message.")
        .because("What lies below is neither shown nor counted here.")
        .mend("\"postern evaluate\" shows what it comes to for one message.");
  }

  private void add(Finding finding) {
    if (findings.stream().filter(it -> it.name().equals(finding.name())).count() < MOST_OF_A_KIND) {
      findings.add(finding);
    }
  }
}
