package dev.postern.intake.milter;

import dev.postern.approval.HoldRef;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Makes references of holds. In the MTA's queue a message is what its queue id says; in the store
 * it gets an id of its own, since a queue id may come again once the MTA is done with it.
 */
final class Tickets {
  private static final int ID_OCTETS = 16;

  /** Longer ones are nobody's. */
  private static final int LONGEST_QUEUE_ID = 100;

  private final MilterSettings.Keeping keeping;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random cryptographic, since ids of holds must not be guessed
   */
  Tickets(MilterSettings.Keeping keeping, InstantSource clock, RandomGenerator random) {
    this.keeping = keeping;
    this.clock = clock;
    this.random = random;
  }

  InstantSource clock() {
    return clock;
  }

  /** The reference of a message; without a queue id one that nothing is held under. */
  HoldRef reference(String queueId) {
    return switch (keeping) {
      case MilterSettings.Keeping.InQueue(String source) ->
          new HoldRef(source, queueId.isEmpty() ? "none" : bounded(queueId));
      case MilterSettings.Keeping.InStore() -> new HoldRef(MilterServer.SOURCE, id());
    };
  }

  private static String bounded(String queueId) {
    return queueId.substring(0, Math.min(queueId.length(), LONGEST_QUEUE_ID));
  }

  private String id() {
    byte[] bits = new byte[ID_OCTETS];
    random.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }
}
