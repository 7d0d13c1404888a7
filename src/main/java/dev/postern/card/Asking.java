package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;

import dev.postern.mail.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The form by which a recipient is asked whether a message is expected. */
public final class Asking {
  /** What follows, above the recipients. */
  public static final String CONSEQUENCE =
      "They are asked “Do you expect this message?” with the sender, subject and time. They cannot"
          + " release it and see no links or files.";

  private static final int MOST_OPTIONS = 100;

  private Asking() {}

  /**
   * A recipient who can be asked.
   *
   * @param number position in the envelope, from 1
   * @param address for the eye
   */
  public record Candidate(int number, Foreign address) {}

  /**
   * Those who can be asked; may be none.
   *
   * @param known whether Postern knows where to ask whoever has that address
   */
  public static List<Candidate> candidates(
      List<EmailAddress> recipients, Predicate<EmailAddress> known) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < recipients.size() && candidates.size() < MOST_OPTIONS; i++) {
      if (known.test(recipients.get(i))) {
        candidates.add(new Candidate(i + 1, Cleaner.clean(recipients.get(i).toString(), ADDRESS)));
      }
    }
    return candidates;
  }
}
