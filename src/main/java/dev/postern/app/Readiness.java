package dev.postern.app;

import dev.postern.app.witness.SecondPlaces;
import dev.postern.card.CardKeeper;
import dev.postern.intake.milter.MilterServer;
import dev.postern.policy.Freeze;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts that {@code /readyz} has a line for. */
final class Readiness {
  private Readiness() {}

  static List<Operations.Part> parts(
      Core core, CardKeeper keeper, Chats chats, SecondPlaces places, MailRounds rounds) {
    List<Operations.Part> parts = new ArrayList<>();
    parts.add(new Operations.Part("store", true, core.store()::trouble));
    parts.addAll(chats.parts());
    parts.addAll(rounds.parts());
    parts.add(new Operations.Part("policy", false, Optional::empty, () -> frozen(core)));
    parts.add(new Operations.Part("cards", false, keeper::trouble));
    places
        .troubles()
        .forEach((name, trouble) -> parts.add(new Operations.Part(name, false, trouble)));
    return parts;
  }

  /** Nobody can tell while the store is away, which is said beside. */
  private static Optional<String> frozen(Core core) {
    return core.store().trouble().isPresent()
        ? Optional.empty()
        : core.brake().standing().map(Freeze::sentence);
  }

  /** That it listens, and to how many. */
  static Operations.Part milter(MilterServer milter) {
    return new Operations.Part(
        "milter",
        true,
        () -> milter.listening() ? Optional.empty() : Optional.of("it does not listen"),
        () -> Optional.of(milter.connections() + " connections"));
  }
}
