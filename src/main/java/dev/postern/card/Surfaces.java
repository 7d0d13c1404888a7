package dev.postern.card;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The chat platforms that are configured, and which of their places are left alone now. */
public final class Surfaces {
  private final Map<String, Surface> byName;
  private final Pauses pauses;
  private final Pauses answers;

  /**
   * Takes the platforms.
   *
   * @param random spreads what is tried again
   */
  public Surfaces(List<Surface> surfaces, RandomGenerator random) {
    byName =
        surfaces.stream().collect(Collectors.toUnmodifiableMap(Surface::name, Function.identity()));
    pauses = new Pauses(random);
    answers = new Pauses(random);
  }

  Optional<Surface> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Places that take no private answers: a platform counts these by themselves. */
  Pauses answers() {
    return answers;
  }

  /** Places that take no cards. */
  public Pauses pauses() {
    return pauses;
  }
}
