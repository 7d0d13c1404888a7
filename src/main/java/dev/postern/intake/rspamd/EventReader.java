package dev.postern.intake.rspamd;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.evidence.GatewayReport.Finding;
import dev.postern.intake.Problem;
import dev.postern.intake.Problem.FieldProblem;
import dev.postern.mail.RawMessage;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the metadata exporter pushes: its fields as JSON ({@code formatter = "json"}), or the
 * message with its fields as {@code X-Rspamd-} headers ({@code formatter = "default"} with {@code
 * meta_headers}). What is absent is a word in rspamd's JSON: {@code "unknown"}.
 */
final class EventReader {
  private static final Pattern QUEUE_ID = Pattern.compile("[0-9A-Za-z-]{6,40}");
  private static final Pattern ACTION = Pattern.compile("[a-z][a-z _-]{0,39}");
  private static final String ABSENT = "unknown";
  private static final Set<String> FIELDS =
      Set.of("qid", "action", "score", "symbols", "from", "rcpt", "ip");
  private static final Set<String> STRUCTURED = Set.of("symbols", "rcpt", "score");
  private static final int MOST_SYMBOLS = 100;
  private static final int MOST_OPTIONS = 10;
  private static final int LONGEST_TEXT = 200;
  private static final int MOST_RECIPIENTS = 1000;

  private final ObjectMapper mapper;

  EventReader(int bodyLimit) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(bodyLimit)
                    .maxNestingDepth(20)
                    .build())
            .build();
    this.mapper =
        JsonMapper.builder(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  }

  /** What a request comes to. */
  sealed interface Result {
    /** An event. */
    record Fit(RspamdEvent event) implements Result {}

    /** Something else. */
    record Unfit(Problem problem) implements Result {}
  }

  /**
   * Reads one request.
   *
   * @param header finds the value of a header field of the request
   * @param body its octets
   */
  Result read(Function<String, @Nullable String> header, byte[] body) {
    boolean whole = header.apply("X-Rspamd-Qid") != null;
    JsonNode fields;
    try {
      fields = whole ? fromHeaders(header) : mapper.readTree(body);
    } catch (JsonProcessingException broken) {
      return new Result.Unfit(
          Problem.of(
              HttpStatus.BAD_REQUEST,
              "broken JSON: " + broken.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (IOException inMemory) {
      throw new IllegalStateException(inMemory);
    }
    Optional<RawMessage> raw = whole ? Optional.of(repaired(body)) : Optional.empty();
    List<FieldProblem> problems = new ArrayList<>();
    RspamdEvent event = event(fields, raw, problems);
    return problems.isEmpty() ? new Result.Fit(event) : new Result.Unfit(Problem.unfit(problems));
  }

  private JsonNode fromHeaders(Function<String, @Nullable String> header)
      throws JsonProcessingException {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    for (String name : FIELDS) {
      String value = header.apply("X-Rspamd-" + name);
      if (value != null && STRUCTURED.contains(name)) {
        fields.set(name, mapper.readTree(value));
      } else if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private static RspamdEvent event(
      JsonNode fields, Optional<RawMessage> raw, List<FieldProblem> problems) {
    if (!fields.isObject()) {
      problems.add(new FieldProblem("$", "must be the JSON of rspamd's metadata exporter"));
    }
    String queueId = fields.path("qid").asText("");
    if (queueId.isEmpty() || queueId.equals(ABSENT)) {
      problems.add(
          new FieldProblem(
              "qid",
              "is not known: rspamd must be asked by the mail system's milter, which names the"
                  + " queue id"));
    } else if (!QUEUE_ID.matcher(queueId).matches()) {
      problems.add(new FieldProblem("qid", "is no queue id"));
    }
    String action = fields.path("action").asText("");
    if (!ACTION.matcher(action).matches()) {
      problems.add(new FieldProblem("action", "must be an action of rspamd, such as quarantine"));
    }
    JsonNode score = fields.path("score");
    if (!score.isNumber() || !Double.isFinite(score.asDouble())) {
      problems.add(new FieldProblem("score", "must be a number"));
    }
    return new RspamdEvent(
        queueId,
        action,
        score.asDouble(),
        symbols(fields.path("symbols"), problems),
        fields.path("from").asText(""),
        recipients(fields.path("rcpt"), problems),
        present(fields.path("ip")),
        raw);
  }

  private static List<Finding> symbols(JsonNode symbols, List<FieldProblem> problems) {
    if (!symbols.isArray()) {
      problems.add(new FieldProblem("symbols", "must be a list"));
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (JsonNode symbol : symbols) {
      String name = symbol.path("name").asText("");
      if (name.isEmpty()) {
        problems.add(
            new FieldProblem("symbols[" + findings.size() + "].name", "is missing or empty"));
        return List.of();
      }
      findings.add(new Finding(shortened(name), symbol.path("score").asDouble(0), options(symbol)));
    }
    // The heaviest are those that anybody asks for.
    return findings.stream()
        .sorted((a, b) -> Double.compare(Math.abs(b.score()), Math.abs(a.score())))
        .limit(MOST_SYMBOLS)
        .toList();
  }

  private static List<String> options(JsonNode symbol) {
    List<String> options = new ArrayList<>();
    for (JsonNode option : symbol.path("options")) {
      if (options.size() < MOST_OPTIONS) {
        options.add(shortened(option.asText("")));
      }
    }
    return options;
  }

  private static List<String> recipients(JsonNode rcpt, List<FieldProblem> problems) {
    List<String> recipients = new ArrayList<>();
    rcpt.forEach(one -> recipients.add(one.asText("")));
    if (recipients.size() > MOST_RECIPIENTS) {
      problems.add(new FieldProblem("rcpt", "has more than " + MOST_RECIPIENTS + " recipients"));
      return List.of();
    }
    return recipients;
  }

  private static String present(JsonNode text) {
    String value = text.asText("");
    return value.equals(ABSENT) ? "" : value;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }

  /** rspamd ends the lines of folded fields in LF alone; SMTP must not carry that. */
  private static RawMessage repaired(byte[] body) {
    int bare = 0;
    for (int i = 0; i < body.length; i++) {
      bare += isBare(body, i) ? 1 : 0;
    }
    byte[] octets = new byte[body.length + bare];
    int at = 0;
    for (int i = 0; i < body.length; i++) {
      if (isBare(body, i)) {
        octets[at++] = '\r';
      }
      octets[at++] = body[i];
    }
    return RawMessage.of(octets);
  }

  private static boolean isBare(byte[] body, int i) {
    return body[i] == '\n' && (i == 0 || body[i - 1] != '\r');
  }
}
