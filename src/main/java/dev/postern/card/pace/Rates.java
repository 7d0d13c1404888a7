package dev.postern.card.pace;

import java.util.List;
import java.util.Optional;

/** What one platform publishes of its rates. */
public interface Rates {

  /** Those of a lane; all of them hold at once. */
  List<Rate> of(Lane lane);

  /** The lane in which calls of this one count as well; empty where there is none. */
  default Optional<Lane> around(Lane lane) {
    return Optional.empty();
  }
}
