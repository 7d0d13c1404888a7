package dev.postern.approval;

import java.util.Locale;

/** Why a click changed nothing. */
public enum Refusal {
  /** The account belongs to nobody who may vote on this stage. */
  NOT_ALLOWED,
  /** A guest's account. */
  GUEST,
  /** An account of another workspace that the settings do not name. */
  STRANGER,
  /** No human's account. */
  BOT,
  /** An account that was switched off. */
  DEACTIVATED,
  /** The platform did not say whose account it is, or who is in the group that is asked. */
  UNCONFIRMED,
  /** Sender or recipient of the message. */
  OWN_MESSAGE,
  /** No longer among those whom the stage asks. */
  LEFT,
  /** This person's vote helped another stage of the case. */
  ANOTHER_STAGE,
  /** This person has voted just so already. */
  VOTED_ALREADY,
  /** There is no vote to take back. */
  NO_VOTE,
  /** Who has voted cannot give the place to somebody else. */
  HAS_VOTED,
  /** The person who is to decide instead may not, or is asked already. */
  NOT_THEM,
  /** An earlier stage agreed to another release. */
  OTHER_RELEASE,
  /** The case is decided. */
  TOKEN_USED,
  /** The stage's window has closed. */
  EXPIRED,
  /** Others are asked now. */
  PASSED_ON,
  /** Evidence changed after the card was drawn. */
  CHANGED,
  /** Messages were added to those that the card was about, or taken out. */
  SET_CHANGED,
  /** The message is decided with no others. */
  NOT_TOGETHER,
  /** Several messages of one kind are released to everybody, or discarded. */
  WHOLE_SET,
  /** Nothing can be said of later messages with this vote. */
  NOT_LATER,
  /** The card was copied from another channel or workspace, or the token is of another case. */
  WRONG_PLACE,
  /** The store could not record it. */
  BUSY,
  /** This stage wants words with such a vote. */
  REASON_NEEDED,
  /** Not a token of this Postern. */
  FORGED,
  /** The recipients chosen are not recipients of this message. */
  WRONG_RECIPIENTS,
  /** Somebody asked for another look a moment ago. */
  TOO_SOON,
  /** The message itself is not in the store, to be looked at again. */
  NO_OCTETS,
  /** Nobody known, with an account on a chat platform, has this address. */
  NO_WITNESS,
  /** This recipient is asked already. */
  ASKED_ALREADY,
  /** The witness has answered already. */
  ANSWERED;

  /** The word in API answers and wording tables: {@code not-allowed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
