package dev.postern.intake.http;

import dev.postern.approval.CaseId;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Received;
import dev.postern.intake.MemoryBudget;
import dev.postern.intake.Problem;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/holds}: another mail system reports what it holds, and by {@code
 * /v1/holds/withdrawn} what it holds no longer. 202 only after that is durable; the same source and
 * id again is the same case, so that a sender repeats whatever it got no answer for, and a replay
 * does nothing. Errors are problem documents (RFC 9457).
 */
public final class HoldsEndpoint {
  /** Where it stands. */
  public static final String PATH = "/v1/holds";

  private static final Logger log = LoggerFactory.getLogger(HoldsEndpoint.class);
  private static final Duration BUSY = Duration.ofSeconds(5);
  private static final Duration DOWN = Duration.ofSeconds(30);

  private final Function<Hold, Received> desk;
  private final Function<HoldRef, Optional<CaseId>> gone;
  private final HoldsSettings settings;
  private final HoldJson reader;
  private final MemoryBudget memory;
  private final InstantSource clock;

  /**
   * Wires the endpoint.
   *
   * @param desk takes the hold: it is durable when this returns
   * @param gone takes back what is held no longer; empty for what was never reported
   * @param summariser reads what a raw message says of itself; total, for hostile input too
   */
  public HoldsEndpoint(
      Function<Hold, Received> desk,
      Function<HoldRef, Optional<CaseId>> gone,
      HoldsSettings settings,
      Function<RawMessage, MessageSummary> summariser,
      InstantSource clock) {
    this.desk = desk;
    this.gone = gone;
    this.settings = settings;
    this.reader = new HoldJson(settings.bodyLimit(), settings.reserved(), summariser);
    this.memory = new MemoryBudget(settings.memory());
    this.clock = clock;
  }

  /** Adds the routes. */
  public void register(RoutesConfig routes) {
    routes.post(PATH, http -> post(http, this::report));
    routes.post(PATH + "/withdrawn", http -> post(http, this::withdraw));
  }

  /** What is done with a body whose signature is right. */
  private interface Signed {
    void take(Context http, byte[] body, Set<String> signers);
  }

  private void post(Context http, Signed then) throws IOException {
    switch (WebhookSignature.read(http.header(WebhookSignature.HEADER), clock.instant())) {
      case WebhookSignature.Absent(String why) ->
          Problem.unauthorized(WebhookSignature.HEADER, why).answer(http);
      case WebhookSignature.Present(WebhookSignature signature) -> {
        try (MemoryBudget.Lease lease = memory.lease()) {
          take(http, signature, lease, then);
        }
      }
    }
  }

  private void take(Context http, WebhookSignature signature, MemoryBudget.Lease lease, Signed then)
      throws IOException {
    long announced = http.req().getContentLengthLong();
    if (announced > settings.bodyLimit()) {
      tooLarge().answer(http);
      return;
    }
    long expected = announced < 0 ? settings.bodyLimit() : announced;
    if (!lease.grow(HoldsSettings.COPIES * expected)) {
      Problem.later(BUSY, "too many reports at once, try again later").answer(http);
      return;
    }
    byte[] body = http.bodyInputStream().readNBytes(settings.bodyLimit() + 1);
    if (body.length > settings.bodyLimit()) {
      tooLarge().answer(http);
      return;
    }
    Set<String> signers = signature.signers(settings.secrets(), body);
    if (signers.isEmpty()) {
      Problem.unauthorized(
              WebhookSignature.HEADER,
              "the signature fits none of the secrets in force: sign \"t.body\" over the body as"
                  + " it is sent")
          .answer(http);
      return;
    }
    then.take(http, body, signers);
  }

  private void report(Context http, byte[] body, Set<String> signers) {
    String contentType = Optional.ofNullable(http.contentType()).orElse("");
    switch (read(contentType, body)) {
      case HoldJson.Unfit<Hold>(Problem problem) -> problem.answer(http);
      case HoldJson.Fit<Hold>(Hold hold) -> receive(http, hold, signers);
    }
  }

  private void withdraw(Context http, byte[] body, Set<String> signers) {
    switch (reader.readReference(body)) {
      case HoldJson.Unfit<HoldRef>(Problem problem) -> problem.answer(http);
      case HoldJson.Fit<HoldRef>(HoldRef hold) -> withdraw(http, hold, signers);
    }
  }

  private void withdraw(Context http, HoldRef hold, Set<String> signers) {
    if (mayNot(http, hold.source(), signers)) {
      return;
    }
    Optional<CaseId> id;
    try {
      id = gone.apply(hold);
    } catch (RuntimeException trouble) {
      log.error("webhook withdrawal put off source={}", hold.source(), trouble);
      Problem.later(DOWN, "Postern cannot take this now, try again later").answer(http);
      return;
    }
    log.info(
        "webhook hold withdrawn event=webhook.withdrawn source={} case={}",
        hold.source(),
        id.map(CaseId::text).orElse("unknown"));
    if (id.isEmpty()) {
      Problem.of(HttpStatus.NOT_FOUND, "nothing of that id was reported").answer(http);
    } else {
      accepted(http, "{\"case\":\"" + id.get() + "\"}");
    }
  }

  private static boolean mayNot(Context http, String source, Set<String> signers) {
    boolean may = signers.contains(source) || signers.contains(HoldsSettings.ANY);
    if (!may) {
      Problem.unauthorized(
              WebhookSignature.HEADER, "the signature is not by a secret of this source")
          .answer(http);
    }
    return !may;
  }

  private static void accepted(Context http, String json) {
    http.status(HttpStatus.ACCEPTED).contentType("application/json").result(json);
  }

  private HoldJson.Result<Hold> read(String contentType, byte[] body) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "application/json" -> reader.read(body, Optional.empty(), clock.instant());
      case "multipart/form-data" -> readForm(contentType, body);
      default ->
          new HoldJson.Unfit<>(
              Problem.of(
                  HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                  "send application/json, or multipart/form-data with parts hold and message"));
    };
  }

  private HoldJson.Result<Hold> readForm(String contentType, byte[] body) {
    Optional<Map<String, byte[]>> parts = Multipart.parse(contentType, body);
    if (parts.isEmpty()
        || !parts.get().containsKey("hold")
        || !Set.of("hold", "message").containsAll(parts.get().keySet())) {
      return new HoldJson.Unfit<>(
          Problem.of(
              HttpStatus.BAD_REQUEST,
              "broken form: it needs a part hold with the JSON and may have a part message with"
                  + " the raw message, and nothing else"));
    }
    byte[] json = parts.get().getOrDefault("hold", new byte[0]);
    Optional<RawMessage> raw = Optional.ofNullable(parts.get().get("message")).map(RawMessage::of);
    return reader.read(json, raw, clock.instant());
  }

  private void receive(Context http, Hold hold, Set<String> signers) {
    String source = hold.ref().source();
    if (mayNot(http, source, signers)) {
      return;
    }
    Received received;
    try {
      received = desk.apply(hold);
    } catch (RuntimeException trouble) {
      log.error("webhook hold put off event=webhook.trouble source={}", source, trouble);
      Problem.later(DOWN, "Postern cannot take holds now, try again later").answer(http);
      return;
    }
    log.info(
        "webhook hold received event=webhook.received source={} case={} duplicate={}",
        source,
        received.caseId(),
        received.duplicate());
    accepted(
        http,
        "{\"case\":\"" + received.caseId() + "\",\"duplicate\":" + received.duplicate() + "}");
  }

  private Problem tooLarge() {
    return Problem.of(
        HttpStatus.CONTENT_TOO_LARGE, "a request has at most " + settings.bodyLimit() + " octets");
  }
}
