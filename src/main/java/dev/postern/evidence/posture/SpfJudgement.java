package dev.postern.evidence.posture;

import dev.postern.evidence.spf.SpfBranch;
import dev.postern.evidence.spf.SpfOutline;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The SPF record as a whole: whether there is one, and what it says of everybody else. */
final class SpfJudgement {

  /** RFC 7208 §3.4: what fits into an answer over UDP with the other TXT records of the name. */
  private static final int LONG_RECORD = 450;

  private final DomainName domain;
  private final Published published;
  private final SpfOutline spf;
  private final List<Finding> findings = new ArrayList<>();

  SpfJudgement(DomainName domain, Published published) {
    this.domain = domain;
    this.published = published;
    this.spf = published.spf();
  }

  Section section() {
    switch (spf.standing()) {
      case FOUND -> record();
      case NONE -> findings.add(none());
      case SEVERAL -> findings.add(several());
      case MALFORMED -> findings.add(malformed());
      case NO_ANSWER, LOOP, NOT_FOLLOWED ->
          findings.add(Finding.temporary("spf-unanswered", "the SPF record of " + domain));
    }
    beside();
    return new Section(Topic.SPF, findings);
  }

  private void record() {
    ending();
    findings.addAll(new SpfLimits(spf).findings());
    findings.addAll(new SpfTerms(spf).findings());
    if (spf.unread() > 0) {
      findings.add(
          Finding.warning("spf-unread-terms", "Terms that stand behind \"all\" are never read.")
              .because("\"all\" always matches and ends the evaluation (RFC 7208 §5.1).")
              .mend("Move \"all\" to the end of the record, or remove what follows it."));
    }
    if (spf.record().length() > LONG_RECORD) {
      findings.add(
          Finding.note("spf-long", "The record has %s characters.".formatted(length()))
              .because("Above 450 an answer may not fit into one packet (RFC 7208 §3.4).")
              .mend("Shorten it: drop what no longer sends, gather networks."));
    }
  }

  /** The outline keeps the beginning of what is too long to be real. */
  private String length() {
    String record = spf.record();
    return record.endsWith("...") ? "more than " + (record.length() - 3) : "" + record.length();
  }

  private void ending() {
    Optional<SpfBranch> all = end(spf);
    if (all.isEmpty()) {
      if (spf.redirect().isEmpty()) {
        findings.add(
            ending(
                Finding.warning("spf-no-all", "The record ends without \"all\".")
                    .because("Mail from anywhere else is neutral, as if there were no record.")
                    .mend("End it with -all, or with ~all while you are unsure who sends for you."),
                spf.record()));
      }
      return;
    }
    switch (all.get().result()) {
      case FAIL -> findings.add(Finding.ok("spf-all", "Mail from anywhere else fails (-all)."));
      case SOFTFAIL ->
          findings.add(
              Finding.ok("spf-all", "Mail from anywhere else is suspicious, not refused (~all)."));
      case NEUTRAL ->
          findings.add(
              rewritten(
                  Finding.warning("spf-neutral", "Mail from anywhere else is neutral (?all).")
                      .because("The record lists who sends and then says nothing about all others.")
                      .mend(
                          "Replace ?all by ~all, and by -all once DMARC reports show no mail of yours.")));
      case PASS, NONE, TEMPERROR, PERMERROR -> {
        // +all is judged with the other terms that let everybody pass.
      }
    }
  }

  private static Optional<SpfBranch> end(SpfOutline outline) {
    return outline
        .all()
        .or(() -> outline.redirect().flatMap(SpfBranch::below).flatMap(SpfJudgement::end));
  }

  /** Advises the same record with {@code ~all} in place of its end. */
  private Finding rewritten(Finding finding) {
    String text = spf.record().stripTrailing();
    String end = spf.all().map(it -> " " + it.text()).orElse("");
    return !end.isEmpty() && text.endsWith(end)
        ? ending(finding, text.substring(0, text.length() - end.length()))
        : finding;
  }

  /** Only what is short and plain may be repeated as advice. */
  private Finding ending(Finding finding, String start) {
    boolean plain = start.length() <= LONG_RECORD && start.matches("[ -~&&[^\"\\\\]]*");
    return plain
        ? finding.publishing(ZoneRecord.txt(domain.ascii(), start.stripTrailing() + " ~all"))
        : finding;
  }

  private Finding none() {
    Finding finding =
        Finding.warning("spf-none", "There is no SPF record.")
            .because("Receivers cannot tell who may send for the domain, so DKIM alone has to.");
    String own = published.mail().hosts().isEmpty() ? "a" : "mx";
    return published.mail().takesMail()
        ? finding
            .mend("If its mail leaves where it arrives, this is enough; add an include for others.")
            .publishing(ZoneRecord.txt(domain.ascii(), "v=spf1 " + own + " ~all"))
        : finding
            .mend("It takes no mail; if it sends none either, say so:")
            .publishing(ZoneRecord.txt(domain.ascii(), "v=spf1 -all"));
  }

  private Finding several() {
    return Finding.error("spf-several", "There are several SPF records: " + spf.problem() + ".")
        .because("Receivers take none of them and answer permerror (RFC 7208 §4.5).")
        .mend("Merge them: one \"v=spf1\", the terms of all, one \"all\" at the end.");
  }

  private Finding malformed() {
    return Finding.error("spf-malformed", "The record has a syntax error in " + spf.problem() + ".")
        .because("One error voids the whole record: receivers answer permerror (RFC 7208 §4.6).")
        .mend("Correct that term.");
  }

  private void beside() {
    for (String text : published.besideSpf().nearMisses()) {
      findings.add(
          Finding.warning(
                  "spf-near-miss", "A TXT record looks like SPF and is none: " + Quote.of(text))
              .because("An SPF record begins with exactly \"v=spf1\" and a space (RFC 7208 §4.5).")
              .mend("Correct its beginning, or remove it."));
    }
    if (published.besideSpf().deprecatedType()) {
      findings.add(
          Finding.note("spf-deprecated-type", "There is a record of the deprecated type SPF (99).")
              .because(
                  "Nobody asks for that type (RFC 7208 §3.1); sooner or later it says something else.")
              .mend("Remove it; the TXT record is the one that counts."));
    }
  }
}
