package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that the mail system is to be told because of a decision.
 *
 * @param id key of the row
 * @param caseId the case
 * @param choice what was decided
 * @param attempt grows with each call and each look-up; fences a process that was given up
 * @param state where it stands
 * @param outcome what is proved or refused so far, newest result per recipient
 */
public record Effect(
    long id, CaseId caseId, Choice choice, int attempt, State state, Outcome outcome) {

  /** Where an effect stands. */
  public enum State {
    /** To be carried out. */
    DUE,
    /** The intent is committed; the mail system is being called, or the process died meanwhile. */
    CALLING,
    /** Proved. */
    DONE,
    /** Given up; people are asked again. */
    FAILED
  }

  /** The recipients that it was decided for, in envelope order. */
  List<EmailAddress> wanted(CaseFile it) {
    return switch (choice) {
      case Choice.ReleaseTo some -> some.recipients();
      case Choice.ReleaseAll _, Choice.Discard _ -> it.envelope().recipients();
    };
  }

  /** Those of them that still need a result which is proof. */
  List<EmailAddress> open(CaseFile it) {
    List<EmailAddress> open = new ArrayList<>(wanted(it));
    outcome.results().stream()
        .filter(r -> r.kind().proof() || r.kind() == Outcome.Kind.PERM_FAIL)
        .forEach(r -> open.remove(r.recipient()));
    return open;
  }

  /** This effect about to call the mail system once more. */
  Effect calling() {
    return new Effect(id, caseId, choice, attempt + 1, State.CALLING, outcome);
  }

  /** This effect with newer results, in a new state. */
  Effect with(Outcome newer, State next) {
    Map<EmailAddress, Outcome.Result> merged = new LinkedHashMap<>();
    outcome.results().forEach(r -> merged.put(r.recipient(), r));
    newer.results().forEach(r -> merged.put(r.recipient(), r));
    return new Effect(id, caseId, choice, attempt, next, new Outcome(List.copyOf(merged.values())));
  }
}
