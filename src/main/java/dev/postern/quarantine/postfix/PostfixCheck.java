package dev.postern.quarantine.postfix;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.Finding;
import dev.postern.card.Finding.Grade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks over how Postfix is set up, and says what to mend. Changes nothing. */
public final class PostfixCheck {
  private static final Duration SHORT = Duration.ofDays(2);

  private final PostfixParts parts;
  private Optional<MainCf> mainCf = Optional.empty();

  /** Takes the ways to Postfix. */
  public PostfixCheck(PostfixParts parts) {
    this.parts = parts;
  }

  /** Everything, in the order in which to mend it. */
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(postconf());
    mainCf.ifPresent(cf -> findings.addAll(settings(cf)));
    findings.add(listing());
    findings.add(helper());
    findings.add(log());
    findings.add(reinjection());
    return findings;
  }

  /** The first thing that does not work, with what to do; empty when nothing is wrong. */
  Optional<String> trouble() {
    return look().stream()
        .filter(finding -> finding.grade() == Grade.WRONG)
        .findFirst()
        .map(finding -> finding.what() + ": " + finding.mend());
  }

  /** What postconf said when it was last looked at. */
  Optional<MainCf> mainCf() {
    return mainCf;
  }

  private Finding postconf() {
    try {
      mainCf = Optional.of(MainCf.read(parts.postconf()));
      return Finding.well("postconf says how Postfix is set up");
    } catch (MailSystemTrouble trouble) {
      return wrong(
          trouble.words(),
          "Without it nobody knows how long mail may stay in the queue.",
          "set mail.postfix.programs to the folder of postconf, and mail.postfix.config to that of"
              + " main.cf");
    }
  }

  private List<Finding> settings(MainCf cf) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        cf.longQueueIds()
            ? Finding.well("queue ids are long, and never repeat")
            : wrong(
                "enable_long_queue_ids is off",
                "Short ids may repeat, and another message would be released.",
                "postconf -e enable_long_queue_ids=yes && postfix reload"));
    findings.add(
        cf.lifetime().compareTo(SHORT) >= 0
            ? Finding.well("mail may stay in the queue for " + words(cf.lifetime()))
            : Finding.advice(
                "maximal_queue_lifetime is only " + words(cf.lifetime()),
                "Mail that was held for three quarters of it is handed back as new mail on"
                    + " release.",
                "postconf -e maximal_queue_lifetime=5d bounce_queue_lifetime=5d"));
    if (cf.lineLimit() > 0) {
      findings.add(
          Finding.advice(
              "smtp_line_length_limit is " + cf.lineLimit(),
              "Longer lines are folded on delivery, which breaks their signature.",
              "postconf -e smtp_line_length_limit=0"));
    }
    if (parts.log().isPresent() && !cf.externalAddresses()) {
      findings.add(
          wrong(
              "info_log_address_format is not external",
              "An address could then pose as a line of the log.",
              "postconf -e info_log_address_format=external"));
    }
    return findings;
  }

  private Finding listing() {
    try {
      int held = parts.queue().held().size();
      return Finding.well("the queue can be listed: " + held + " on hold");
    } catch (MailSystemTrouble trouble) {
      return wrong(
          trouble.words(),
          "Postern does not see what is on hold.",
          "postconf -e 'authorized_mailq_users = root, postern', and see that Postfix runs");
    }
  }

  private Finding helper() {
    return parts
        .verbs()
        .trouble()
        .map(
            words ->
                wrong(
                    words,
                    "Nothing can be released, discarded or looked into; mail stays on hold.",
                    "install the helper and its line for sudo (docs/mail/postfix.md)"))
        .orElseGet(() -> Finding.well("the helper answers"));
  }

  private Finding log() {
    return parts
        .log()
        .map(
            log ->
                log.trouble()
                    .map(
                        words ->
                            wrong(
                                words,
                                "Deliveries are then only known as released to the queue.",
                                "add the user of Postern to the group of the log"))
                    .orElseGet(() -> Finding.well("the mail log can be read")))
        .orElseGet(
            () ->
                Finding.advice(
                    "mail.postfix.log is not set",
                    "A release is then only known as released to the queue, not as delivered.",
                    "set it to Postfix's log"));
  }

  private Finding reinjection() {
    Optional<Integer> port = parts.reinjectPort();
    if (port.isEmpty()) {
      return Finding.advice(
          "mail.postfix.reinject is not set",
          "Mail cannot be released to some of its recipients, nor when it has become old.",
          "add the service to master.cf (docs/mail/postfix.md)");
    }
    try {
      Optional<String> rewritten =
          MainCf.override(parts.postconf(), port.get(), "local_header_rewrite_clients");
      return rewritten.filter(String::isEmpty).isPresent()
          ? Finding.well("the service at port " + port.get() + " leaves messages as they are")
          : Finding.advice(
              "the service at port " + port.get() + " does not set local_header_rewrite_clients=",
              "Postfix then adds header fields and folds long ones, which breaks signatures.",
              "add -o local_header_rewrite_clients= to it in master.cf");
    } catch (MailSystemTrouble trouble) {
      return Finding.unknown(trouble.words(), "Nobody knows whether it leaves messages alone.");
    }
  }

  private static Finding wrong(String what, String why, String mend) {
    return Finding.wrong(what, why, mend);
  }

  private static String words(Duration time) {
    return time.toHours() % 24 == 0 ? time.toDays() + " d" : time.toHours() + " h";
  }
}
