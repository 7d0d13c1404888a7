package dev.postern.policy;

import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.SpfResult;
import dev.postern.policy.Condition.Verdict;
import dev.postern.policy.Ruling.Notes;
import dev.postern.policy.Ruling.Shadow;
import dev.postern.policy.Ruling.Step;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One message on its way through the rules. */
final class Trial {
  static final String OTHERWISE = "otherwise";

  private final Situation situation;
  private final String policyVersion;
  private final String otherwise;
  private final LocalDate today;
  private final Effort effort = new Effort(Effort.OF_ONE_MESSAGE);
  private final List<Step> trace = new ArrayList<>();
  private final List<Shadow> shadows = new ArrayList<>();

  /**
   * Gets ready.
   *
   * @param situation in the time zone of the policy
   * @param otherwise the chain that is asked when no rule decides
   */
  Trial(Situation situation, String policyVersion, String otherwise) {
    this.situation = situation;
    this.policyVersion = policyVersion;
    this.otherwise = otherwise;
    this.today = situation.context().at().toLocalDate();
  }

  Ruling by(List<Rule> rules) {
    try {
      View.ROOT.readAll(situation);
    } catch (Facts.TooLong tooLong) {
      trace.add(new Step(OTHERWISE, true, String.valueOf(tooLong.getMessage())));
      return ask(OTHERWISE, "A field of the message is too long for rules to read.", true);
    }
    for (Rule rule : rules) {
      Optional<Ruling> ruling = by(rule);
      if (ruling.isPresent()) {
        return ruling.get();
      }
    }
    trace.add(new Step(OTHERWISE, true, "no rule matched"));
    return ask(OTHERWISE, "No rule covers this message.", false);
  }

  /** What this rule decides; empty where it leaves the message to later ones. */
  private Optional<Ruling> by(Rule rule) {
    Optional<LocalDate> ended = rule.terms().until().filter(today::isAfter);
    if (ended.isPresent()) {
      trace.add(new Step(rule.name(), false, "ended on " + ended.get()));
      return Optional.empty();
    }
    Verdict verdict = rule.when().judge(situation, effort);
    return rule.terms().shadow()
        ? inShadow(rule, verdict)
        : switch (verdict) {
          case Verdict.Fails(String part) -> {
            trace.add(new Step(rule.name(), false, part));
            yield Optional.empty();
          }
          case Verdict.Holds _ -> {
            trace.add(new Step(rule.name(), true, rule.when().text()));
            yield Optional.of(decided(rule));
          }
          case Verdict.Broken(String error) -> {
            // Later rules count on this one not matching, so none of them may decide.
            trace.add(new Step(rule.name(), false, "error: " + error));
            yield Optional.of(ask(rule.name(), "Rule " + rule.name() + " met an error.", true));
          }
        };
  }

  /** Only recorded; also an error of such a rule changes nothing. */
  private Optional<Ruling> inShadow(Rule rule, Verdict verdict) {
    switch (verdict) {
      case Verdict.Fails(String part) -> trace.add(new Step(rule.name(), false, part));
      case Verdict.Broken(String error) ->
          trace.add(new Step(rule.name(), false, "in shadow, error: " + error));
      case Verdict.Holds _ -> {
        trace.add(new Step(rule.name(), false, "in shadow: would " + rule.action().word()));
        shadows.add(new Shadow(rule.name(), rule.action().word()));
      }
    }
    return Optional.empty();
  }

  private Ruling decided(Rule rule) {
    boolean discards = rule.action() instanceof Action.Discard;
    if (discards && !rule.terms().force() && proved(situation.evidence())) {
      trace.add(new Step("caution", true, "the sender is proved: to discard that needs force"));
      return ask(rule.name(), "Its sender is proved, so it is not discarded unasked.", true);
    }
    return new Ruling(
        rule.action(),
        rule.name(),
        rule.reason().on(situation, effort),
        policyVersion,
        trace,
        Notes.of(shadows, rule.terms().limit(), rule.terms().overGrants()));
  }

  /** Authenticated by an identifier that is aligned with the From domain (RFC 9989 §4.4). */
  static boolean proved(Evidence evidence) {
    boolean spf = evidence.spf().result() == SpfResult.PASS && evidence.spf().aligned();
    boolean dkim =
        evidence.dkim().stream().anyMatch(d -> d.result() == DkimResult.PASS && d.aligned());
    return evidence.dmarc().result() == DmarcResult.PASS || spf || dkim;
  }

  private Ruling ask(String rule, String reason, boolean overGrants) {
    Notes notes = Notes.of(shadows, 0, overGrants);
    return new Ruling(
        new Action.Ask(otherwise), rule, Reason.own(reason), policyVersion, trace, notes);
  }
}
