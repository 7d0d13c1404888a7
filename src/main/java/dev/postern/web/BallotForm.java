package dev.postern.web;

import dev.postern.card.CardView;
import java.util.List;

/**
 * The decision form.
 *
 * @param action where it goes
 * @param token what a click must carry
 * @param nonce makes a double click the same click
 * @param formToken against forged requests
 * @param recipients choices of a release
 * @param whole whether it is released to all of them or not at all
 * @param later what it can say of later messages, a line for each choice; empty where it cannot
 * @param laterTicked whether it says so
 * @param buttons in the card's order
 * @param substitutes whom it may be handed over to
 * @param reason what the person typed before
 * @param why whether a reason is needed, in words
 * @param reasonNeeded whether every vote needs one
 * @param problem what to mend, below the field it is about
 * @param due when the window ends
 * @param stage for example {@code Stage 1 of 2, Finance}
 * @param request whether it is about what somebody asks for, and no message
 */
public record BallotForm(
    String action,
    String token,
    String nonce,
    String formToken,
    List<Recipient> recipients,
    boolean whole,
    List<String> later,
    boolean laterTicked,
    List<Button> buttons,
    List<Substitute> substitutes,
    String reason,
    String why,
    boolean reasonNeeded,
    FormProblem problem,
    Due due,
    String stage,
    boolean request) {
  /**
   * One recipient to tick.
   *
   * @param number position in the envelope, from 1
   * @param address who
   * @param ticked whether the message would go there
   */
  public record Recipient(int number, Piece address, boolean ticked) {}

  /**
   * A choice.
   *
   * @param choice as {@link dev.postern.approval.Ballot} names it
   * @param style emphasis, from the card
   * @param skipReason whether it needs no reason even where the form asks for one
   */
  public record Button(String choice, CardView.Style style, boolean skipReason) {}

  /**
   * Somebody who may decide instead.
   *
   * @param id of the person
   * @param name to show
   */
  public record Substitute(String id, String name) {}

  /** What was wrong with the form as it came in. */
  public enum FormProblem {
    NONE(""),
    NO_RECIPIENT("Tick at least one recipient, or discard."),
    REASON_NEEDED("Write why, in a few words."),
    REASON_TOO_LONG("Use at most 2,000 characters.");

    private final String words;

    FormProblem(String words) {
      this.words = words;
    }

    /** What to do. */
    public String words() {
      return words;
    }

    /** Whether it belongs below the reason field. */
    public boolean aboutReason() {
      return this == REASON_NEEDED || this == REASON_TOO_LONG;
    }
  }

  /** The classes of a button: the accent follows the risk, as on the card. */
  public static String classes(CardView.Style style) {
    return switch (style) {
      case PLAIN -> "wide";
      case PRIMARY -> "wide go";
      case DANGER -> "wide no";
    };
  }
}
