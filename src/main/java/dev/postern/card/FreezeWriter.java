package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.NAME;
import static dev.postern.card.Cleaner.Kind.REASON;

import dev.postern.approval.Brake;
import dev.postern.card.CardView.Kind;
import dev.postern.policy.Freeze;
import java.util.List;
import java.util.Optional;

/** Words about releasing by rule being frozen. */
public final class FreezeWriter {
  private FreezeWriter() {}

  /** By whom, since when, and why. */
  public static List<Run> sentence(Freeze freeze) {
    Line line =
        Line.of()
            .say("Releasing by rule is frozen by ")
            .quote(freeze.name(), NAME)
            .say(" since ")
            .dateTime(freeze.since());
    return freeze.why().isBlank()
        ? line.say(".").runs()
        : line.say(": ").quote(freeze.why(), REASON).runs();
  }

  /**
   * The private answer to who froze, or wanted to.
   *
   * @param prompt how commands are typed there
   */
  public static CardView frozen(Brake.Answer answer, Optional<Freeze> standing, Prompt prompt) {
    return switch (answer) {
      case DONE ->
          view(
              "Frozen",
              standing,
              "What a rule would release is asked about until somebody ends it with "
                  + prompt.of("unfreeze")
                  + ". Rules that discard, and decisions of people, go on.");
      case ALREADY -> view("Frozen already", standing, "It stays as it was.");
      case NOT_ALLOWED -> notAllowed(standing);
      case UNTOLD -> untold(standing);
    };
  }

  /** The private answer to who ended it, or wanted to. */
  public static CardView unfrozen(Brake.Answer answer, Optional<Freeze> standing) {
    return switch (answer) {
      case DONE ->
          view(
              "No longer frozen",
              standing,
              "Rules release again. What waits for people goes on waiting for them.");
      case ALREADY -> view("Not frozen", standing, "Rules release as the policy says.");
      case NOT_ALLOWED -> notAllowed(standing);
      case UNTOLD -> untold(standing);
    };
  }

  private static CardView notAllowed(Optional<Freeze> standing) {
    return view(
        "You may not do that",
        standing,
        "Only those may whom the policy names under may-freeze. Nothing changed.");
  }

  private static CardView untold(Optional<Freeze> standing) {
    return view(
        "Nobody could say whether you may",
        standing,
        "Nobody says now who is in a group that the policy names under may-freeze."
            + " Please try again. Nothing changed.");
  }

  private static CardView view(String title, Optional<Freeze> standing, String sentence) {
    List<Run> own = Line.own(sentence);
    return new CardView(
        Kind.NOTICE,
        "freeze",
        "",
        1,
        title,
        Optional.empty(),
        standing.map(it -> List.of(sentence(it), own)).orElse(List.of(own)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Notice.PRIVATE,
        title + ". " + sentence);
  }
}
