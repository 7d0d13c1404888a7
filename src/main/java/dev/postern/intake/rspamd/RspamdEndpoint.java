package dev.postern.intake.rspamd;

import dev.postern.approval.GatewayReports;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Received;
import dev.postern.evidence.GatewayReport;
import dev.postern.intake.MemoryBudget;
import dev.postern.intake.Problem;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.mail.RawMessage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/rspamd}: rspamd tells of a message while its mail system still waits for rspamd's
 * answer, so the message is in no queue yet. What rspamd found is kept under the queue id, durable
 * before the answer; the mail system is asked for the message a moment later. The answer is 200,
 * since rspamd 3.4 takes no other for success. Errors are problem documents (RFC 9457).
 */
public final class RspamdEndpoint {
  /** Where it stands. */
  public static final String PATH = "/v1/rspamd";

  /** What the head of a request may have: the symbols of a whole message stand in its head. */
  public static final int HEADER_OCTETS = 64 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(RspamdEndpoint.class);
  private static final Duration BUSY = Duration.ofSeconds(5);
  private static final Duration DOWN = Duration.ofSeconds(30);
  private static final String CHALLENGE = "Basic realm=\"postern\", charset=\"UTF-8\"";

  /** A request is in memory as a body, as JSON and as a message. */
  private static final int COPIES = 3;

  private final GatewayReports reports;
  private final Follow follow;
  private final RspamdSettings settings;
  private final EventReader reader;
  private final MemoryBudget memory;
  private final InstantSource clock;

  /** Who goes on with what was pushed. */
  public interface Follow {
    /** Has the mail system asked soon what it holds. */
    void soon();

    /** Takes a message that nobody else holds; durable when it returns. */
    Received receive(Hold hold);
  }

  /** Wires the endpoint. */
  public RspamdEndpoint(
      GatewayReports reports, Follow follow, RspamdSettings settings, InstantSource clock) {
    this.reports = reports;
    this.follow = follow;
    this.settings = settings;
    this.reader = new EventReader(settings.bodyLimit());
    this.memory = new MemoryBudget(settings.memory());
    this.clock = clock;
  }

  /** Adds the route. */
  public void register(RoutesConfig routes) {
    routes.post(PATH, this::post);
  }

  private void post(Context http) throws IOException {
    if (!known(http.header("Authorization"))) {
      Problem.unauthorized(
              CHALLENGE,
              "user or password are not those of mail.rspamd: set user and password in rspamd's"
                  + " metadata_exporter.conf")
          .answer(http);
      return;
    }
    try (MemoryBudget.Lease lease = memory.lease()) {
      take(http, lease);
    }
  }

  private boolean known(@Nullable String authorization) {
    String given = Optional.ofNullable(authorization).orElse("");
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (settings.user() + ":" + settings.password()).getBytes(StandardCharsets.UTF_8));
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  private void take(Context http, MemoryBudget.Lease lease) throws IOException {
    long announced = http.req().getContentLengthLong();
    long expected = announced < 0 ? settings.bodyLimit() : announced;
    if (expected > settings.bodyLimit()) {
      tooLarge().answer(http);
      return;
    }
    if (!lease.grow(COPIES * expected)) {
      Problem.later(BUSY, "too many messages at once, try again later").answer(http);
      return;
    }
    byte[] body = http.bodyInputStream().readNBytes(settings.bodyLimit() + 1);
    if (body.length > settings.bodyLimit()) {
      tooLarge().answer(http);
      return;
    }
    switch (reader.read(http::header, body)) {
      case EventReader.Result.Unfit(Problem problem) -> problem.answer(http);
      case EventReader.Result.Fit(RspamdEvent event) -> take(http, event);
    }
  }

  private void take(Context http, RspamdEvent event) {
    if (!settings.actions().contains(event.action())) {
      answer(http, "ignored");
      return;
    }
    Optional<String> missing = settings.missing(event.raw().isPresent());
    if (missing.isPresent()) {
      Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, missing.get()).answer(http);
      return;
    }
    try {
      HoldRef ref = new HoldRef(settings.source(), name(event));
      reports.keep(
          ref,
          new GatewayReport(settings.source(), event.action(), event.score(), event.symbols()),
          clock.instant());
      if (settings.keeper() == RspamdSettings.Keeper.MAIL_SYSTEM) {
        follow.soon();
        answer(http, "noted");
      } else {
        hold(ref, event).ifPresentOrElse(hold -> receive(http, hold), () -> noEnvelope(http));
      }
    } catch (RuntimeException trouble) {
      LOG.error("rspamd event put off event=rspamd.trouble id={}", event.queueId(), trouble);
      Problem.later(DOWN, "Postern cannot take this now, try again later").answer(http);
    }
  }

  /**
   * A short queue id comes again with another message, and two mail systems may give the same one.
   */
  private String name(RspamdEvent event) {
    return settings.keeper() == RspamdSettings.Keeper.MAIL_SYSTEM
        ? event.queueId()
        : event.queueId() + "-" + event.raw().orElseThrow().sha256();
  }

  private void receive(Context http, Hold hold) {
    Received received = follow.receive(hold);
    LOG.info(
        "rspamd hold received event=rspamd.received id={} case={} duplicate={}",
        hold.ref().id(),
        received.caseId(),
        received.duplicate());
    answer(http, received.caseId().text());
  }

  private Optional<Hold> hold(HoldRef ref, RspamdEvent event) {
    List<EmailAddress> recipients =
        event.recipients().stream().flatMap(r -> EmailAddress.parse(r).stream()).toList();
    RawMessage raw = event.raw().orElseThrow();
    Optional<EmailAddress> sender = EmailAddress.parse(event.from());
    boolean all =
        !recipients.isEmpty()
            && recipients.size() == event.recipients().size()
            && (sender.isPresent() || event.from().isEmpty());
    return all
        ? address(event.clientIp())
            .map(
                ip ->
                    new Hold(
                        ref,
                        new Envelope(sender, recipients, ip, ""),
                        Optional.of(raw),
                        MessageReader.summarise(raw),
                        settings.source(),
                        clock.instant(),
                        ""))
        : Optional.empty();
  }

  private static void noEnvelope(Context http) {
    Problem.of(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "from, rcpt and ip name no sender, no recipients or no client address: without them"
                + " nothing can be released")
        .answer(http);
  }

  private static Optional<InetAddress> address(String text) {

    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  private static void answer(Context http, String what) {
    http.status(HttpStatus.OK).contentType("application/json").result("{\"is\":\"" + what + "\"}");
  }

  private Problem tooLarge() {
    return Problem.of(
        HttpStatus.CONTENT_TOO_LARGE, "a request has at most " + settings.bodyLimit() + " octets");
  }
}
