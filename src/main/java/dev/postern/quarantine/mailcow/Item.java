package dev.postern.quarantine.mailcow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One row: one recipient's copy. All texts are hostile.
 *
 * @param id what it is called
 * @param sender as mailcow writes it
 * @param recipient the mailbox that it is for, aliases resolved
 * @param subject of the message
 * @param created when mailcow stored it; the epoch where only a list would tell
 */
record Item(ItemId id, String sender, String recipient, String subject, Instant created) {
  private static final int LONGEST_TEXT = 1000;

  /** Reads one; empty where it has no number. */
  static Optional<Item> of(JsonNode row) {
    return ItemId.of(row.path("id").asText(""), row.path("qid").asText(""))
        .map(
            id ->
                new Item(
                    id,
                    text(row, "sender"),
                    text(row, "rcpt"),
                    text(row, "subject"),
                    Instant.ofEpochSecond(row.path("created").asLong(0))));
  }

  private static String text(JsonNode row, String field) {
    String text = row.path(field).asText("");
    return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
  }
}
