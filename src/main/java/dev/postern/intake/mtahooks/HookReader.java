package dev.postern.intake.mtahooks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.postern.intake.OwnFields;
import dev.postern.intake.Problem;
import dev.postern.intake.Problem.FieldProblem;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads a request of Stalwart's MTA Hooks, protocol version 1. Where its documentation and its
 * source differ (the case of stages, {@code ehlo} or {@code helo}), both are taken.
 */
final class HookReader {
  private static final Pattern QUEUE_ID = Pattern.compile("[0-9A-Za-z-]{1,40}");
  private static final int LONGEST_HELO = 255;
  private static final int MOST_FIELDS = 5000;

  private final MtaHooksSettings.Limits limits;
  private final Optional<String> authservId;
  private final ObjectMapper mapper;

  HookReader(MtaHooksSettings.Limits limits, Optional<String> authservId) {
    this.limits = limits;
    this.authservId = authservId;
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(limits.request())
                    .maxNestingDepth(20)
                    .maxNameLength(200)
                    .build())
            .build();
    this.mapper =
        JsonMapper.builder(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  }

  /** What a request comes to. */
  sealed interface Result {
    /** A message to judge. */
    record Shown(HookRequest request) implements Result {}

    /** Nothing to judge: another stage. */
    record Nothing() implements Result {}

    /** Mail that is not judged. */
    record Unjudged(OwnFields own) implements Result {}

    /** Mail that cannot be judged; the MTA is told what is set for that. */
    record Trouble(String why, OwnFields own) implements Result {}

    /** More fields that only we may write than any honest message has. */
    record Flooded() implements Result {}

    /** No request of MTA Hooks. */
    record Unfit(Problem problem) implements Result {}
  }

  /**
   * Reads one.
   *
   * @param judged says whose mail is judged
   */
  Result read(byte[] body, Predicate<HookRequest.Session> judged) {
    JsonNode root;
    try {
      root = mapper.readTree(body);
    } catch (JsonProcessingException broken) {
      return new Result.Unfit(
          Problem.of(
              HttpStatus.BAD_REQUEST,
              "broken JSON: " + broken.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (IOException otherThanUtf8) {
      return new Result.Unfit(
          Problem.of(HttpStatus.BAD_REQUEST, "broken JSON: it must be in UTF-8"));
    }
    JsonNode context = root.path("context");
    String stage = context.path("stage").asText("").toLowerCase(Locale.ROOT);
    if (stage.isEmpty()) {
      return unfit("context.stage", "is missing: this is no request of MTA Hooks");
    }
    if (!stage.equals("data")) {
      return new Result.Nothing();
    }
    Optional<InetAddress> client = address(context.path("client").path("ip").asText(""));
    if (client.isEmpty()) {
      return unfit("context.client.ip", "must be an address");
    }
    HookRequest.Session session =
        new HookRequest.Session(
            client.get(),
            context.path("server").path("port").asInt(0),
            !context.path("sasl").path("login").asText("").isEmpty());
    OwnFields own = own(root.path("message").path("headers"));
    if (own.tooMany()) {
      return new Result.Flooded();
    }
    return judged.test(session) ? shown(root, session, own) : new Result.Unjudged(own);
  }

  private Result shown(JsonNode root, HookRequest.Session session, OwnFields own) {
    JsonNode message = root.path("message");
    if (!message.path("headers").isArray() || !message.path("contents").isTextual()) {
      return unfit("message", "must have headers and contents at this stage");
    }
    if (message.path("headers").size() > MOST_FIELDS) {
      return new Result.Trouble("more than " + MOST_FIELDS + " header fields", own);
    }
    Optional<HookMessage> put = HookMessage.of(message);
    if (put.isEmpty()) {
      return unfit("message.headers", "must be pairs of name and value");
    }
    if (put.get().raw().size() > limits.message()) {
      return new Result.Trouble("larger than " + limits.message() + " octets", own);
    }
    return envelope(root, session)
        .<Result>map(
            envelope ->
                new Result.Shown(
                    new HookRequest(
                        session,
                        queueId(root.path("context").path("queue").path("id").asText("")),
                        envelope,
                        put.get().raw(),
                        put.get().exact(),
                        own)))
        .orElseGet(() -> new Result.Trouble("an address of the envelope is not one", own));
  }

  private OwnFields own(JsonNode headers) {
    OwnFields own = new OwnFields(authservId);
    headers.forEach(field -> own.see(field.path(0).asText(""), field.path(1).asText("")));
    return own;
  }

  /** Empty where an address cannot be read: somebody must not be lost who is to get the mail. */
  private Optional<Envelope> envelope(JsonNode root, HookRequest.Session session) {
    String from = root.path("envelope").path("from").path("address").asText("");
    Optional<EmailAddress> sender = EmailAddress.parse(from);
    Set<EmailAddress> recipients = new LinkedHashSet<>();
    JsonNode to = root.path("envelope").path("to");
    for (JsonNode one : to) {
      Optional<EmailAddress> recipient = EmailAddress.parse(one.path("address").asText(""));
      if (recipient.isEmpty()) {
        return Optional.empty();
      }
      recipients.add(recipient.get());
    }
    boolean fits =
        (sender.isPresent() || from.isEmpty())
            && !recipients.isEmpty()
            && recipients.size() <= limits.recipients();
    JsonNode client = root.path("context").path("client");
    String helo = client.path("helo").asText(client.path("ehlo").asText(""));
    return fits
        ? Optional.of(
            new Envelope(sender, List.copyOf(recipients), session.client(), bounded(helo)))
        : Optional.empty();
  }

  private static String bounded(String helo) {
    return helo.substring(0, Math.min(helo.length(), LONGEST_HELO));
  }

  private static String queueId(String text) {
    return QUEUE_ID.matcher(text).matches() ? text : "";
  }

  private static Result unfit(String field, String detail) {
    return new Result.Unfit(Problem.unfit(List.of(new FieldProblem(field, detail))));
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
