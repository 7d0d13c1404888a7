package dev.postern.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a chat platform is reached that tells it only when somebody installs the app, or writes to
 * it. Durable, and the same for all replicas.
 */
public interface Conversations {

  /**
   * One place to write to.
   *
   * @param platform {@code teams}
   * @param place what it is known by here, unique on its platform; at most 300 characters
   * @param externalId what the platform calls it; at most 400 characters
   * @param address the URL at which the platform takes messages for it; at most 400 characters
   * @param within the place that this one is a part of; empty for one of its own
   */
  record Conversation(
      String platform, String place, String externalId, String address, String within) {}

  /** Remembers a place, instead of what was known of it. */
  void learn(Conversation conversation);

  /**
   * The same of a chat that is forgotten when nothing has been heard from it for long: anybody can
   * begin one.
   */
  void hear(Conversation chat, Instant now);

  /** Forgets a place and all that are within it. */
  void forget(String platform, String place);

  /** What is known of a place. */
  Optional<Conversation> find(String platform, String place);

  /** All places of a platform, by their names. */
  List<Conversation> all(String platform);
}
