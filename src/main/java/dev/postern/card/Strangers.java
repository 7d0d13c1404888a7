package dev.postern.card;

import dev.postern.approval.Refusal;

/** What accounts are told that never count, whoever they belong to. */
public final class Strangers {
  private static final String NOTHING_CHANGED = " Nothing changed.";

  private Strangers() {}

  /** Why the account does not count. */
  public static Notice notice(Refusal why) {
    return switch (why) {
      case GUEST ->
          new Notice(
              "Guests do not decide",
              "Your account is a guest's here, and those never count. Ask somebody who is a full"
                  + " member."
                  + NOTHING_CHANGED);
      case STRANGER ->
          new Notice(
              "Not from your workspace",
              "Your account is of another workspace, and those do not count here."
                  + NOTHING_CHANGED);
      case BOT -> new Notice("People decide", "A bot's account never counts." + NOTHING_CHANGED);
      case DEACTIVATED ->
          new Notice(
              "This account is switched off",
              "An account that was switched off never counts." + NOTHING_CHANGED);
      case UNCONFIRMED ->
          new Notice(
              "Nobody could say who you are",
              "The chat did not confirm your account in time, and without that nothing counts."
                  + " Please try again, or decide on the web page."
                  + NOTHING_CHANGED);
      case NOT_ALLOWED,
          OWN_MESSAGE,
          LEFT,
          ANOTHER_STAGE,
          VOTED_ALREADY,
          NO_VOTE,
          HAS_VOTED,
          NOT_THEM,
          OTHER_RELEASE,
          TOKEN_USED,
          EXPIRED,
          PASSED_ON,
          CHANGED,
          SET_CHANGED,
          NOT_TOGETHER,
          WHOLE_SET,
          NOT_LATER,
          WRONG_PLACE,
          BUSY,
          REASON_NEEDED,
          FORGED,
          WRONG_RECIPIENTS,
          TOO_SOON,
          NO_OCTETS,
          NO_WITNESS,
          ASKED_ALREADY,
          ANSWERED ->
          throw new IllegalArgumentException(why + " is not about an account");
    };
  }
}
