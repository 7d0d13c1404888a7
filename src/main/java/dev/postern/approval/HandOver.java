package dev.postern.approval;

import java.time.Instant;
import java.util.Optional;

/**
 * A place in a stage that was given to somebody else.
 *
 * @param stageId the stage
 * @param from who gave it
 * @param to who has it
 * @param note words for whoever takes it; foreign on cards; empty without
 * @param at when
 * @param told where the new approver alone is told; empty where no account is known
 * @param untold why that did not get there; empty as long as it may
 */
public record HandOver(
    long stageId,
    Party from,
    Party to,
    String note,
    Instant at,
    Optional<CardPlace> told,
    Optional<Testimony.Absence> untold) {

  /**
   * One of the two.
   *
   * @param id the person
   * @param name as it was then
   */
  public record Party(String id, String name) {
    static Party of(Person person) {
      return new Party(person.id(), person.name());
    }
  }

  /** The same where it is known that nobody can be told. */
  HandOver untold(Testimony.Absence why) {
    return new HandOver(stageId, from, to, note, at, told, Optional.of(why));
  }
}
