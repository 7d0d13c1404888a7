package dev.postern.quarantine.exim;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.Finding;
import dev.postern.card.Finding.Grade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks over how Exim is set up, and says what to mend. Changes nothing. */
public final class EximCheck {
  private static final Pattern WEEKS = Pattern.compile("([0-9]{1,6})w.*");
  private static final int A_YEAR = 52;

  private final EximParts parts;

  /** Takes the ways to Exim. */
  public EximCheck(EximParts parts) {
    this.parts = parts;
  }

  /** Everything, in the order in which to mend it. */
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    try {
      Map<String, String> settings = settings(parts.verbs().check());
      findings.add(Finding.well("the helper answers"));
      findings.addAll(settings(settings));
      int held = parts.verbs().frozen().size();
      findings.add(Finding.well("the queue can be listed: " + held + " frozen"));
    } catch (MailSystemTrouble trouble) {
      findings.add(
          Finding.wrong(
              trouble.words(),
              "Nothing can be listed, released or discarded; mail stays frozen.",
              "install the helper and its line for sudo (docs/mail/exim.md)"));
    }
    findings.add(log());
    return findings;
  }

  /** The first thing that does not work, with what to do; empty when nothing is wrong. */
  Optional<String> trouble() {
    return look().stream()
        .filter(finding -> finding.grade() == Grade.WRONG)
        .findFirst()
        .map(finding -> finding.what() + ": " + finding.mend());
  }

  private static Map<String, String> settings(List<String> printed) {
    Map<String, String> settings = new HashMap<>();
    for (String line : printed) {
      String[] pair = line.split(" = ", 2);
      settings.put(pair[0].strip(), pair.length == 2 ? pair[1].strip() : "");
    }
    return settings;
  }

  private static List<Finding> settings(Map<String, String> its) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        zero(
            its,
            "timeout_frozen_after",
            "Frozen mail is returned or dropped when it is that old."));
    findings.add(
        zero(its, "auto_thaw", "Frozen mail is delivered when it is that old, undecided."));
    String bounces = its.getOrDefault("ignore_bounce_errors_after", "");
    boolean late =
        Optional.of(WEEKS.matcher(bounces))
            .filter(form -> form.matches() && Integer.parseInt(form.group(1)) >= A_YEAR)
            .isPresent();
    findings.add(
        late
            ? Finding.well("frozen mail without a sender stays frozen")
            : Finding.wrong(
                "ignore_bounce_errors_after is " + bounces,
                "Frozen mail without a sender is delivered when it is that old, undecided.",
                "set ignore_bounce_errors_after = 520w in Exim's configuration"));
    findings.add(
        its.getOrDefault("log_selector", "").contains("+smtp_confirmation")
            ? Finding.well("the log tells what the next hop said")
            : Finding.advice(
                "log_selector has no +smtp_confirmation",
                "Cards then tell that it was delivered, without the next hop's own words.",
                "set log_selector = +smtp_confirmation in Exim's configuration"));
    return findings;
  }

  private static Finding zero(Map<String, String> its, String name, String why) {
    String value = its.getOrDefault(name, "");
    return value.equals("0s")
        ? Finding.well(name + " is off")
        : Finding.wrong(
            name + " is " + value, why, "set " + name + " = 0s in Exim's configuration");
  }

  private Finding log() {
    return parts
        .log()
        .map(
            log ->
                log.trouble()
                    .map(
                        words ->
                            Finding.wrong(
                                words,
                                "Releases are then known as off hold only, not as delivered.",
                                "add the user of Postern to the group of the log"))
                    .orElseGet(() -> Finding.well("the main log can be read")))
        .orElseGet(
            () ->
                Finding.advice(
                    "mail.exim.log is not set",
                    "A release is then only known as off hold, not as delivered.",
                    "set it to Exim's main log"));
  }
}
