package dev.postern.quarantine.m365;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.mail.EmailAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One message of the quarantine, as Get-QuarantineMessage shows it; every text is hostile.
 *
 * @param json the object as it came
 */
record Row(JsonNode json) {
  private static final int LONGEST_TEXT = 1000;
  private static final int MOST_RECIPIENTS = 1000;

  /** ISO 8601 with a fraction of up to nine digits, and with any offset or none. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[ ]")
          .appendOptional(offset("+HH:MM"))
          .appendOptional(offset("+HHMM"))
          .appendOptional(offset("+HHmm"))
          .toFormatter(Locale.ROOT);

  private static DateTimeFormatter offset(String pattern) {
    return new DateTimeFormatterBuilder().appendOffset(pattern, "Z").toFormatter(Locale.ROOT);
  }

  /** How far a release has come. */
  enum Status {
    /** Nobody let it go, or it was refused or did not work: it is still kept back. */
    KEPT,
    /** Somebody asks for its release. */
    REQUESTED,
    /** It goes, or has gone, to some recipient at least. */
    RELEASED,
    /** A word that is not known here. */
    UNKNOWN
  }

  Optional<MessageIdentity> identity() {
    return MessageIdentity.parse(text("Identity"));
  }

  Status status() {
    return switch (text("ReleaseStatus").toUpperCase(Locale.ROOT)) {
      case "NOTRELEASED", "DENIED", "ERROR" -> Status.KEPT;
      case "REQUESTED" -> Status.REQUESTED;
      case "APPROVED", "PREPARINGTORELEASE", "RELEASED" -> Status.RELEASED;
      default -> Status.UNKNOWN;
    };
  }

  List<EmailAddress> recipients() {
    return addresses("RecipientAddress");
  }

  /**
   * Whether it was let go to this recipient. Where the names of those who have it are not told, a
   * released message has gone to everybody.
   */
  boolean releasedTo(EmailAddress recipient) {
    List<EmailAddress> named = addresses("ReleasedUser");
    return holds(named, recipient)
        || (status() == Status.RELEASED
            && named.isEmpty()
            && !holds(addresses("QuarantinedUser"), recipient));
  }

  /** Whether it was deleted for this recipient, and is only remembered. */
  boolean deletedFor(EmailAddress recipient) {
    return holds(addresses("DeletedForRecipients"), recipient);
  }

  /**
   * Whom it waits for still. Each may let his own copy go or delete it, which is no word on the
   * copies of the others.
   */
  List<EmailAddress> waiting() {
    return recipients().stream().filter(one -> !releasedTo(one) && !deletedFor(one)).toList();
  }

  /** Whether somebody let it go to some recipient at least, or is about to. */
  boolean touched() {
    return status() == Status.RELEASED
        || json.path("ReleasedCount").asInt() > 0
        || !addresses("ReleasedUser").isEmpty();
  }

  /** Whether it was deleted for all of its recipients, and is only remembered. */
  boolean deleted() {
    List<EmailAddress> all = recipients();
    return !all.isEmpty() && all.stream().allMatch(this::deletedFor);
  }

  /** Exchange does not tell upper from lower case in addresses. */
  private static boolean holds(List<EmailAddress> all, EmailAddress one) {
    return all.stream().anyMatch(it -> it.toString().equalsIgnoreCase(one.toString()));
  }

  String text(String name) {
    String text = json.path(name).asText("");
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
  }

  long size() {
    return Math.max(0, json.path("Size").asLong());
  }

  /** When it was taken; empty where that cannot be read. */
  Optional<Instant> received() {
    try {
      return Optional.of(
          switch (TIME.parseBest(
              text("ReceivedTime").strip(), OffsetDateTime::from, LocalDateTime::from)) {
            case OffsetDateTime exact -> exact.toInstant();
            // Exchange tells times in UTC where it names no zone.
            case LocalDateTime utc -> utc.toInstant(ZoneOffset.UTC);
            default -> throw new DateTimeException("neither of the two that were asked for");
          });
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  private List<EmailAddress> addresses(String name) {
    JsonNode node = json.path(name);
    List<EmailAddress> read = new ArrayList<>();
    // One alone may stand without its list, as PowerShell unrolls it.
    Iterable<JsonNode> each = node.isTextual() ? List.of(node) : node;
    for (JsonNode one : each) {
      if (read.size() < MOST_RECIPIENTS) {
        EmailAddress.parse(one.asText("")).filter(it -> !read.contains(it)).ifPresent(read::add);
      }
    }
    return List.copyOf(read);
  }
}
