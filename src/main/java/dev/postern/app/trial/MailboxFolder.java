package dev.postern.app.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.mail.RawMessage;
import dev.postern.web.Mailbox.Delivered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of delivered messages: {@code <queue id>.eml} with the octets, {@code <queue id>.json}
 * with the rest. Keeps the newest ones only. Safe for any number of threads of one process.
 */
public final class MailboxFolder {
  /** How many messages are kept. */
  public static final int MOST = 200;

  private static final Logger log = LoggerFactory.getLogger(MailboxFolder.class);
  private static final String MAIL = ".eml";
  private static final String FACTS = ".json";

  private final Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private final Deque<Delivered> newestFirst = new ArrayDeque<>();

  /** Opens the folder, creates it where it is not there, and reads what is in it. */
  public MailboxFolder(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(folder)) {
        // Queue ids grow with time, so the order of names is the order of arrival.
        files
            .filter(f -> f.toString().endsWith(FACTS))
            .sorted()
            .map(this::read)
            .flatMap(Optional::stream)
            .forEach(newestFirst::addFirst);
      }
      prune();
    } catch (IOException unusable) {
      throw new UncheckedIOException("mailbox folder " + folder + " cannot be used", unusable);
    }
  }

  /** What is in it, newest first. */
  public synchronized List<Delivered> newestFirst() {
    return new ArrayList<>(newestFirst);
  }

  /** The octets of one message; empty when it is not there any more. */
  public Optional<RawMessage> octets(String queueId) {
    if (!queueId.matches("[0-9a-f]{1,40}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(RawMessage.of(Files.readAllBytes(folder.resolve(queueId + MAIL))));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Keeps a message; it is in the folder when this returns. */
  public synchronized void add(Delivered delivered, RawMessage raw) {
    try {
      write(delivered.queueId() + MAIL, raw.octets());
      write(delivered.queueId() + FACTS, json.writeValueAsBytes(facts(delivered)));
      newestFirst.addFirst(delivered);
      prune();
    } catch (IOException full) {
      throw new UncheckedIOException("mailbox folder " + folder + " cannot be written", full);
    }
  }

  private void prune() throws IOException {
    while (newestFirst.size() > MOST) {
      String oldest = newestFirst.removeLast().queueId();
      Files.deleteIfExists(folder.resolve(oldest + FACTS));
      Files.deleteIfExists(folder.resolve(oldest + MAIL));
    }
  }

  private void write(String name, byte[] octets) throws IOException {
    Path half = folder.resolve(name + ".part");
    Files.write(half, octets);
    Files.move(half, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private ObjectNode facts(Delivered delivered) {
    ObjectNode facts = json.createObjectNode();
    facts.put("queueId", delivered.queueId());
    facts.put("at", delivered.at().toString());
    facts.put("mailFrom", delivered.mailFrom());
    delivered.recipients().forEach(facts.putArray("recipients")::add);
    facts.put("subject", delivered.subject());
    facts.put("size", delivered.size());
    facts.put("sha256", delivered.sha256());
    return facts;
  }

  private Optional<Delivered> read(Path file) {
    try {
      JsonNode facts = json.readTree(file.toFile());
      List<String> recipients = new ArrayList<>();
      facts.path("recipients").forEach(r -> recipients.add(r.asText()));
      return Optional.of(
          new Delivered(
              facts.path("queueId").asText(),
              Instant.parse(facts.path("at").asText()),
              facts.path("mailFrom").asText(),
              recipients,
              facts.path("subject").asText(),
              facts.path("size").asLong(),
              facts.path("sha256").asText()));
    } catch (IOException | DateTimeParseException unreadable) {
      log.warn("mailbox entry left out event=mailbox.unreadable file={}", file.getFileName());
      return Optional.empty();
    }
  }
}
