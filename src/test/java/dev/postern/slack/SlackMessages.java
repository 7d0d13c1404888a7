package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages of the fake Slack, oldest first. */
final class SlackMessages {
  /** One message as the channel shows it. */
  record Message(
      String channel, String ts, String text, JsonNode blocks, JsonNode metadata, int edits) {

    /** The button of that action id. */
    JsonNode button(String actionId) {
      for (JsonNode block : blocks) {
        for (JsonNode element : block.path("elements")) {
          if (element.path("action_id").asText().equals(actionId)) {
            return element;
          }
        }
      }
      throw new AssertionError("no button " + actionId + " in " + blocks);
    }

    /** The block that holds the button of that action id. */
    String blockOf(String actionId) {
      for (JsonNode block : blocks) {
        if (block.findValuesAsText("action_id").contains(actionId)) {
          return block.path("block_id").asText();
        }
      }
      throw new AssertionError("no button " + actionId + " in " + blocks);
    }
  }

  /** When each is posted; it stands still, so that a test knows their names. */
  volatile InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_795_503_800));

  private final List<Message> all = new ArrayList<>();
  private int last;

  synchronized Message add(String channel, String text, JsonNode blocks, JsonNode metadata) {
    String ts = clock.instant().getEpochSecond() + ".%06d".formatted(++last);
    Message message = new Message(channel, ts, text, blocks, metadata, 0);
    all.add(message);
    return message;
  }

  synchronized Optional<Message> edit(String channel, String ts, String text, JsonNode blocks) {
    for (int i = 0; i < all.size(); i++) {
      Message old = all.get(i);
      if (old.channel().equals(channel) && old.ts().equals(ts)) {
        all.set(i, new Message(channel, ts, text, blocks, old.metadata(), old.edits() + 1));
        return Optional.of(all.get(i));
      }
    }
    return Optional.empty();
  }

  synchronized boolean remove(String channel, String ts) {
    return all.removeIf(m -> m.channel().equals(channel) && m.ts().equals(ts));
  }

  synchronized List<Message> all() {
    return List.copyOf(all);
  }
}
