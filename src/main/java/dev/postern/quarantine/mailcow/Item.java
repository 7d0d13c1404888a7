package dev.postern.quarantine.mailcow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.MailSystemTrouble;
import java.time.Instant;

/**
 * One row: one recipient's copy. All texts are hostile.
 *
 * @param id what it is called
 * @param recipient the mailbox that it is for, aliases resolved
 * @param created when mailcow stored it; the epoch where only a list would tell
 */
record Item(ItemId id, String recipient, Instant created) {

  /**
   * Reads one.
   *
   * @throws MailSystemTrouble when it is none
   */
  static Item of(JsonNode row) {
    return new Item(
        ItemId.of(row.path("id").asText(""), row.path("qid").asText(""))
            .orElseThrow(() -> new MailSystemTrouble("mailcow listed a row without an id")),
        row.path("rcpt").asText(""),
        Instant.ofEpochSecond(row.path("created").asLong(0)));
  }
}
