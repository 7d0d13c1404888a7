package dev.postern.intake.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.intake.Problem;
import dev.postern.intake.Problem.FieldProblem;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads the JSON of {@code POST /v1/holds} into a hold, and that of {@code /v1/holds/withdrawn}
 * into what a hold is called, or says what is wrong with it.
 */
final class HoldJson {
  private static final int LONGEST_TEXT = 10_000;
  private static final int LONGEST_HELO = 255;
  private static final int MOST_RECIPIENTS = 1000;
  private static final int DEEPEST = 20;

  private final ObjectMapper mapper;
  private final Set<String> reserved;
  private final Function<RawMessage, MessageSummary> summariser;

  /**
   * @param reserved sources that nobody may report
   */
  HoldJson(int bodyLimit, Set<String> reserved, Function<RawMessage, MessageSummary> summariser) {
    this.reserved = Set.copyOf(reserved);
    this.summariser = summariser;
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(bodyLimit)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    mapper =
        JsonMapper.builder(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  }

  /** What a request comes to. */
  sealed interface Result<T> {}

  /** What was to be read. */
  record Fit<T>(T read) implements Result<T> {}

  /** Something else. */
  record Unfit<T>(Problem problem) implements Result<T> {}

  /** Reads the name of a hold alone. */
  Result<HoldRef> readReference(byte[] json) {
    return read(
        json,
        (fields, _) -> {
          fields.only("source", "id");
          return ref(fields);
        });
  }

  /**
   * Reads one document.
   *
   * @param json the octets of the document
   * @param part the raw message, where it came in a part of its own
   * @param now taken for the time of arrival where the document names none
   */
  Result<Hold> read(byte[] json, Optional<RawMessage> part, Instant now) {
    return read(
        json, (fields, document) -> hold(fields, part, now).map(hold -> withEvent(hold, document)));
  }

  private <T> Result<T> read(byte[] json, BiFunction<Fields, JsonNode, Optional<T>> reader) {
    JsonNode document;
    try {
      document = mapper.readTree(json);
    } catch (JsonProcessingException broken) {
      return new Unfit<>(broken(broken));
    } catch (IOException inMemory) {
      throw new IllegalStateException(inMemory);
    }
    Fields fields = Fields.of(document);
    Optional<T> read =
        fields.problems().isEmpty() ? reader.apply(fields, document) : Optional.empty();
    return read.isPresent() && fields.problems().isEmpty()
        ? new Fit<>(read.get())
        : new Unfit<>(Problem.unfit(fields.problems()));
  }

  private Optional<Hold> hold(Fields fields, Optional<RawMessage> part, Instant now) {
    fields.only("source", "id", "envelope", "raw", "message", "receivedAt");
    Optional<HoldRef> ref = ref(fields);
    Optional<Envelope> envelope = envelope(fields.object("envelope"));
    Optional<RawMessage> raw = raw(fields, part);
    Optional<MessageSummary> summary = summary(fields, raw);
    Instant receivedAt = receivedAt(fields).orElse(now);
    if (ref.isEmpty() || envelope.isEmpty() || summary.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Hold(
            ref.get(), envelope.get(), raw, summary.get(), ref.get().source(), receivedAt, ""));
  }

  private Optional<HoldRef> ref(Fields fields) {
    String source = fields.text("source", 64);
    String id = fields.text("id", 200);
    Optional<String> goodSource =
        fields.parsed(
            "source",
            Optional.of(source).filter(s -> s.matches("[A-Za-z0-9][A-Za-z0-9._-]*")),
            "must be letters, digits, dots, hyphens");
    if (reserved.contains(source)) {
      fields.problem(
          "source",
          "must not be "
              + source
              + ", which is the name of a built-in entrance or of a mail system that Postern asks"
              + " itself");
    }
    Optional<String> goodId =
        fields.parsed(
            "id",
            Optional.of(id)
                .filter(i -> !i.isEmpty() && i.chars().noneMatch(Character::isISOControl)),
            "must not be empty or hold control characters");
    return goodSource.flatMap(s -> goodId.map(i -> new HoldRef(s, i)));
  }

  private static Optional<Envelope> envelope(Fields fields) {
    fields.only("mailFrom", "recipients", "clientIp", "helo");
    String sender = fields.text("mailFrom", LONGEST_TEXT);
    Optional<EmailAddress> mailFrom = EmailAddress.parse(sender);
    if (!sender.isEmpty()) {
      fields.parsed("mailFrom", mailFrom, "must be an address, or empty for the null sender");
    }
    List<String> texts = fields.texts("recipients", MOST_RECIPIENTS);
    List<EmailAddress> recipients = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      fields
          .parsed("recipients[" + i + "]", EmailAddress.parse(texts.get(i)), "must be an address")
          .ifPresent(recipients::add);
    }
    Optional<InetAddress> client =
        fields.parsed(
            "clientIp", address(fields.text("clientIp", 64)), "must be an IPv4 or IPv6 address");
    String helo = fields.optionalText("helo", LONGEST_HELO);
    if (helo.chars().anyMatch(Character::isISOControl)) {
      fields.problem("helo", "must not hold control characters");
    }
    return recipients.isEmpty()
        ? Optional.empty()
        : client.map(ip -> new Envelope(mailFrom, recipients, ip, helo));
  }

  private static Optional<RawMessage> raw(Fields fields, Optional<RawMessage> part) {
    if (!fields.has("raw")) {
      part.ifPresent(raw -> checkOctets(fields, "message", raw.octets()));
      return part;
    }
    if (part.isPresent()) {
      fields.problem("raw", "must not be there beside the part message");
    }
    try {
      byte[] octets = Base64.getDecoder().decode(fields.text("raw", Integer.MAX_VALUE));
      checkOctets(fields, "raw", octets);
      return Optional.of(RawMessage.of(octets));
    } catch (IllegalArgumentException notBase64) {
      fields.problem("raw", "must be base 64 without line breaks (RFC 4648 §4)");
      return Optional.empty();
    }
  }

  private static void checkOctets(Fields fields, String name, byte[] octets) {
    if (octets.length == 0) {
      fields.problem(name, "must not be empty; leave it out where there is no raw message");
    } else if (endsLinesInLfOnly(octets)) {
      // As in a copy from a mail store: signatures fail on it, and SMTP must not carry it.
      fields.problem(name, "has lines that end in LF: send the octets of SMTP, which end in CRLF");
    }
  }

  private static boolean endsLinesInLfOnly(byte[] octets) {
    boolean any = false;
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == '\n') {
        if (i > 0 && octets[i - 1] == '\r') {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  /**
   * With the octets the message speaks for itself; what the reporter says of it is checked only.
   */
  private Optional<MessageSummary> summary(Fields fields, Optional<RawMessage> raw) {
    if (!fields.has("message")) {
      if (raw.isEmpty() && !fields.has("raw")) {
        fields.problem("message", "is missing, and so is raw: one of them is needed");
      }
      return raw.map(summariser);
    }
    Fields message = fields.object("message");
    message.only("from", "fromName", "replyTo", "subject", "messageId", "date", "size");
    MessageSummary reported =
        new MessageSummary(
            message.text("from", LONGEST_TEXT),
            message.optionalText("fromName", LONGEST_TEXT),
            message.optionalText("replyTo", LONGEST_TEXT),
            message.text("subject", LONGEST_TEXT),
            message.text("messageId", LONGEST_TEXT),
            message.text("date", LONGEST_TEXT),
            message.number("size"),
            List.of(),
            List.of());
    return Optional.of(raw.map(summariser).orElse(reported));
  }

  private static Optional<Instant> receivedAt(Fields fields) {
    if (!fields.has("receivedAt")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(fields.text("receivedAt", 40)));
    } catch (DateTimeParseException notATime) {
      fields.problem("receivedAt", "must be a time like 2026-11-25T10:00:00Z (RFC 3339)");
      return Optional.empty();
    }
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  private static Problem broken(JsonProcessingException broken) {
    var where = broken.getLocation();
    String place =
        where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
    String what = broken.getOriginalMessage().lines().findFirst().orElse("unreadable");
    String detail = "broken JSON" + place + ": " + what;
    return field(broken)
        .map(
            field ->
                new Problem(
                    HttpStatus.BAD_REQUEST,
                    detail,
                    List.of(new FieldProblem(field, "is where the document breaks")),
                    Optional.empty(),
                    Optional.empty()))
        .orElseGet(() -> Problem.of(HttpStatus.BAD_REQUEST, detail));
  }

  /** The field in which the parser stood, as the other problems name it. */
  private static Optional<String> field(JsonProcessingException broken) {
    if (!(broken.getProcessor() instanceof JsonParser parser)) {
      return Optional.empty();
    }
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    return pointer.isEmpty()
        ? Optional.empty()
        : Optional.of(pointer.substring(1).replaceAll("/([0-9]+)", "[$1]").replace('/', '.'));
  }

  /** The event for the record: the document without the octets, which are kept apart. */
  private static Hold withEvent(Hold hold, JsonNode document) {
    ((ObjectNode) document).remove("raw");
    return new Hold(
        hold.ref(),
        hold.envelope(),
        hold.raw(),
        hold.summary(),
        hold.gateway(),
        hold.receivedAt(),
        document.toString());
  }
}
