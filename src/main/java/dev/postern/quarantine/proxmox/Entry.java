package dev.postern.quarantine.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One recipient's copy as Proxmox tells of it. All texts are hostile.
 *
 * @param id what it is called
 * @param sender the MAIL FROM; empty for the null sender
 * @param receiver who it is for
 * @param time when Proxmox took the message, in whole seconds
 * @param bytes size of the message as it came, with line ends of one octet
 * @param header its header section, where the whole entry was asked for; empty otherwise
 */
record Entry(MailId id, String sender, String receiver, Instant time, long bytes, String header) {

  /** Reads one; empty where it has no id or no time. */
  static Optional<Entry> of(JsonNode node) {
    JsonNode time = node.path("time");
    return MailId.parse(node.path("id").asText(""))
        .filter(_ -> time.isIntegralNumber() && time.canConvertToLong())
        .map(
            id ->
                new Entry(
                    id,
                    node.path("envelope_sender").asText(""),
                    node.path("receiver").asText(""),
                    Instant.ofEpochSecond(time.asLong()),
                    node.path("bytes").asLong(-1),
                    node.path("header").asText("")));
  }
}
