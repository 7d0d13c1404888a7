package dev.postern.quarantine;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.mail.EmailAddress;
import java.util.List;

/**
 * A deletion that a mail system was told to carry out while it could not be seen whether it did. It
 * is tried again later; what is found gone then is not gone by somebody else's hand. That it was
 * told stands in the recorded outcome, which outlives the process.
 */
public final class OpenDeletion {
  private static final String MARK = "told to delete it, which is not proved yet";

  private OpenDeletion() {}

  /**
   * The outcome that says so.
   *
   * @param why it is not proved; partly hostile
   */
  public static Outcome of(List<EmailAddress> all, String system, String why) {
    return Outcome.forAll(all, Kind.TEMP_FAIL, system + " was " + MARK + ": " + why);
  }

  /** A later attempt that could not see it either leaves it open. */
  public static Outcome goneOn(CaseFile held, String system, Outcome later) {
    boolean open = on(held, system) && later.results().stream().anyMatch(OpenDeletion::undecided);
    return open
        ? of(
            later.results().stream().map(Outcome.Result::recipient).toList(),
            system,
            words(later, system))
        : later;
  }

  private static boolean undecided(Outcome.Result result) {
    return result.kind() == Kind.TEMP_FAIL;
  }

  private static String words(Outcome later, String system) {
    return later.results().getFirst().words().replace(system + " was " + MARK + ": ", "");
  }

  /** Whether the last attempt on this case ended so. */
  public static boolean on(CaseFile held, String system) {
    return held.outcome().stream()
        .flatMap(outcome -> outcome.results().stream())
        .anyMatch(
            result ->
                result.kind() == Kind.TEMP_FAIL
                    && result.words().startsWith(system + " was " + MARK));
  }
}
