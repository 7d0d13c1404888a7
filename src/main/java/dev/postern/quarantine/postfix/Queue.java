package dev.postern.quarantine.postfix;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The queue of Postfix, listed by {@code postqueue -j}. It is read as it comes, one message at a
 * time, so that a queue of any length takes little memory.
 */
final class Queue {
  /** Addresses and delay reasons; Postfix bounds both to a few KiB. */
  private static final int LONGEST_TEXT = 64 * 1024;

  /** As many held messages as Postern takes notice of. */
  private static final int MOST = 200_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(LONGEST_TEXT)
                  .maxNumberLength(20)
                  .maxNestingDepth(5)
                  .build())
          .build();

  private final Program postqueue;

  /** Takes the program with what comes before its arguments. */
  Queue(Program postqueue) {
    this.postqueue = postqueue;
  }

  /**
   * Everything on hold.
   *
   * @throws MailSystemTrouble when it cannot be told
   */
  List<QueueEntry> held() {
    return list(QueueEntry::held);
  }

  /**
   * One message, wherever it is in the queue; empty where it is not listed. The queue is read
   * folder by folder, and a message that is moved meanwhile can be missed: so absence is looked at
   * twice.
   *
   * @throws MailSystemTrouble when it cannot be told
   */
  Optional<QueueEntry> find(QueueId id) {
    return first(id).or(() -> first(id));
  }

  private Optional<QueueEntry> first(QueueId id) {
    return list(entry -> entry.id().equals(id)).stream().findFirst();
  }

  private List<QueueEntry> list(Predicate<QueueEntry> wanted) {
    List<QueueEntry> found = new ArrayList<>();
    Program.Ran<Integer> ran =
        postqueue.run(
            printed ->
                each(
                    printed,
                    entry -> {
                      if (wanted.test(entry) && found.size() < MOST) {
                        found.add(entry);
                      }
                    }),
            "-j");
    if (ran.exit() != 0) {
      throw new MailSystemTrouble(
          "the queue of Postfix cannot be listed: "
              + ran.lastWord()
              + "; is it running, and is the user of Postern in its authorized_mailq_users?");
    }
    return List.copyOf(found);
  }

  /**
   * Reads a listing and returns the number of messages. Messages whose id is a short one are passed
   * over: nothing can be done with them.
   *
   * @throws MailSystemTrouble when it is not what Postfix prints
   */
  static int each(InputStream listing, Consumer<QueueEntry> taker) throws IOException {
    int count = 0;
    // A reader, since addresses may have octets that are no UTF-8 and must not end the listing.
    try (JsonParser json =
        JSON.createParser(new InputStreamReader(listing, StandardCharsets.UTF_8))) {
      while (json.nextToken() != null) {
        require(json.currentToken() == JsonToken.START_OBJECT, count);
        entry(json, count).ifPresent(taker);
        count++;
      }
    } catch (JsonProcessingException e) {
      throw new MailSystemTrouble(unreadable(count), e);
    }
    return count;
  }

  private static Optional<QueueEntry> entry(JsonParser json, int number) throws IOException {
    String queue = "";
    String id = "";
    String sender = "";
    long arrival = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "queue_name" -> queue = text(json, value, number);
        case "queue_id" -> id = text(json, value, number);
        case "sender" -> sender = text(json, value, number);
        case "arrival_time" -> {
          require(value == JsonToken.VALUE_NUMBER_INT, number);
          arrival = json.getLongValue();
        }
        default -> json.skipChildren();
      }
    }
    require(json.currentToken() == JsonToken.END_OBJECT, number);
    require(!queue.isEmpty() && !id.isEmpty() && arrival >= 0, number);
    Instant arrived = Instant.ofEpochSecond(Math.min(arrival, Integer.MAX_VALUE * 4L));
    String listed = queue;
    String from = sender;
    return QueueId.parse(id).map(known -> new QueueEntry(listed, known, arrived, from));
  }

  private static String text(JsonParser json, JsonToken value, int number) throws IOException {
    require(value == JsonToken.VALUE_STRING, number);
    return json.getText();
  }

  private static void require(boolean fits, int number) {
    if (!fits) {
      throw new MailSystemTrouble(unreadable(number));
    }
  }

  private static String unreadable(int number) {
    return "postqueue -j printed something else than messages behind message " + number;
  }
}
