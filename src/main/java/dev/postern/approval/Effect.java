package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that the mail system is to be told because of a decision.
 *
 * @param id key of the row
 * @param caseId the case
 * @param choice what was decided
 * @param attempt grows with each call and each look-up; fences a process that was given up
 * @param state where it stands
 * @param outcome what is proved or refused so far, newest result per recipient
 * @param due not before this time; a wake-up that comes earlier changes nothing
 */
public record Effect(
    long id, CaseId caseId, Choice choice, int attempt, State state, Outcome outcome, Instant due) {

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
    return new Effect(id, caseId, choice, attempt + 1, State.CALLING, outcome, due);
  }

  /** This effect with newer results, in a new state. */
  Effect with(Outcome newer, State next) {
    return new Effect(id, caseId, choice, attempt, next, outcome.with(newer), due);
  }

  /** This effect, to be gone on with at that time. */
  Effect dueAt(Instant time) {
    return new Effect(id, caseId, choice, attempt, state, outcome, time);
  }
}
