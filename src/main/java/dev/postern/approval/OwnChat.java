package dev.postern.approval;

import java.util.Optional;

/**
 * Somebody who is asked in a chat of their own with Postern.
 *
 * @param stageId the stage
 * @param person who
 * @param place where the card stands; empty where no account is known
 * @param missing why there is no card for that one; empty as long as there may be
 */
public record OwnChat(
    long stageId,
    HandOver.Party person,
    Optional<CardPlace> place,
    Optional<Testimony.Absence> missing) {

  /** The same where it is known that nobody can be asked there. */
  OwnChat missing(Testimony.Absence why) {
    return new OwnChat(stageId, person, place, Optional.of(why));
  }
}
