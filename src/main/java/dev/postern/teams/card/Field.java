package dev.postern.teams.card;

import dev.postern.approval.Choice;
import dev.postern.card.Stakes;
import dev.postern.mail.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What cards and dialogs of Teams send back: {@code verb} and {@code data} of an {@code
 * Action.Execute}, {@code data} of an {@code Action.Submit}. Whatever comes back is a claim.
 */
public final class Field {
  /** In {@code data}: the token. */
  public static final String TOKEN = "t";

  /** In {@code data} of an {@code Action.Submit}, which has no verb of its own. */
  public static final String VERB = "verb";

  /** Asks for the view of the one who looks. */
  public static final String REFRESH = "pn.refresh";

  /** Releases to those whom {@link #RELEASE_TO} names; see {@link #release}. */
  public static final String RELEASE = "pn.release";

  /** Releases to everybody, from a form that has no choice of recipients. */
  public static final String RELEASE_ALL = "pn.release_all";

  /** Opens the evidence as a dialog, and turns its pages. */
  public static final String EVIDENCE = "pn.evidence";

  /**
   * Opens the dialog of the rare action that {@link #RARE} names; those that need no more answers
   * act at once.
   */
  public static final String OTHER = "pn.other";

  /** Sent by the dialog that hands a decision over; {@link #WHOM} says to whom. */
  public static final String HAND_OVER = "pn.handover";

  /** Sent by the dialog that asks a recipient; {@link #WHOM} is a number, from 1. */
  public static final String ASK = "pn.ask";

  /** Sent by the dialog that asks to let a sender pass; {@link #WHOM} says which. */
  public static final String ALLOW = "pn.allow";

  /** Sent by the dialog that asks to stop a sender; {@link #WHOM} says which. */
  public static final String BLOCK = "pn.block";

  /** What an {@code Input.Toggle} sends that is ticked. */
  public static final String TICKED = "true";

  /** The button of the doctor's test card. */
  public static final String PROBE = "pn.probe";

  /** Numbers of recipients, from 1, with commas between them. */
  public static final String RELEASE_TO = "rel_to";

  /** The id of a rare action: {@code pn.ask}, {@code pn.handover}, {@code pn.recheck}, … */
  public static final String RARE = "more_do";

  /** The one choice of a dialog. */
  public static final String WHOM = "whom";

  /** Which page of the evidence is wanted, from 1. */
  public static final String PAGE = "page";

  /** As much as a reason may have, in UTF-16 units. */
  public static final int LONGEST_REASON = 240;

  private static final int MOST_NUMBERS = 100;
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,3}");

  private Field() {}

  /** The field in which the reason for an action stands: {@code discard_reason}. */
  public static String reason(String verb) {
    return verb.startsWith(RELEASE) ? "rel_reason" : verb.replaceFirst("^pn\\.", "") + "_reason";
  }

  /** The field that says whether an action holds for later messages, too. */
  public static String later(String verb) {
    return reason(verb).replaceFirst("_reason$", "_later");
  }

  /**
   * The release that was pressed; empty where nobody was chosen, or somebody who is no recipient.
   * Not every client insists on a choice, and none is not everybody.
   *
   * @param verb {@link #RELEASE} or {@link #RELEASE_ALL}
   * @param to value of {@link #RELEASE_TO}; empty without
   * @param recipients of the envelope
   */
  public static Optional<Choice> release(String verb, String to, List<EmailAddress> recipients) {
    if (verb.equals(RELEASE_ALL)) {
      return Optional.of(new Choice.ReleaseAll());
    }
    List<Integer> chosen = numbers(to);
    return chosen.isEmpty() ? Optional.empty() : Stakes.release(chosen, recipients);
  }

  /**
   * The numbers that a choice of several came to. What is no number stands as 0, which is nobody's:
   * a choice that is not understood must not become a wider one.
   */
  static List<Integer> numbers(String value) {
    List<Integer> numbers = new ArrayList<>();
    if (value.isBlank()) {
      return numbers;
    }
    for (String one : value.split(",", MOST_NUMBERS)) {
      String digits = one.strip();
      numbers.add(NUMBER.matcher(digits).matches() ? Integer.parseInt(digits) : 0);
    }
    return numbers;
  }
}
