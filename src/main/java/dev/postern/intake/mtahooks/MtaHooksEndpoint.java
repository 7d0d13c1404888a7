package dev.postern.intake.mtahooks;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Message;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.authres.ResultsWriter;
import dev.postern.intake.InFlight;
import dev.postern.intake.MemoryBudget;
import dev.postern.intake.OwnFields;
import dev.postern.intake.Problem;
import dev.postern.intake.VerdictWatch;
import dev.postern.intake.mtahooks.MtaHooksSettings.OnTrouble;
import dev.postern.intake.mtahooks.Waiting.Verdict;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/mta-hooks}: Stalwart shows a message at its {@code data} stage and waits. What is
 * held is durable before it is told to drop the message; a release sends it to the next hop.
 * Requests that are none are answered with problem documents (RFC 9457), which Stalwart takes for a
 * reason to say "try later".
 */
public final class MtaHooksEndpoint implements AutoCloseable {
  /** Where it stands. */
  public static final String PATH = "/v1/mta-hooks";

  /** The source of its holds. */
  public static final String SOURCE = "mta-hooks";

  private static final Logger LOG = LoggerFactory.getLogger(MtaHooksEndpoint.class);
  private static final String CHALLENGE = "Basic realm=\"postern\", charset=\"UTF-8\"";
  private static final int ID_OCTETS = 16;

  /** As the milter says it. */
  private static final String FLOODED = "too many fields that only this server may write";

  private static final Duration TO_WRITE = Duration.ofSeconds(1);

  /** A request is in memory as a body, as JSON and as a message. */
  private static final int COPIES = 3;

  /** For the card, beside evidence that nobody could compute. */
  private static final String CHANGED = "MTA Hooks, which lost octets that are no UTF-8";

  private final MtaHooksSettings settings;
  private final VerdictWatch watch;
  private final InFlight answering = new InFlight();
  private final HookReader reader;
  private final Waiting waiting;
  private final MemoryBudget memory;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * Wires the endpoint.
   *
   * @param random cryptographic, since ids of holds must not be guessed
   */
  public MtaHooksEndpoint(
      MtaHooksDesk desk,
      MtaHooksSettings settings,
      VerdictWatch watch,
      InstantSource clock,
      RandomGenerator random) {
    this.settings = settings;
    this.watch = watch;
    this.reader = new HookReader(settings.limits(), settings.authservId());
    this.waiting = new Waiting(desk, settings.patience());
    this.memory = new MemoryBudget(settings.limits().memory());
    this.clock = clock;
    this.random = random;
  }

  /** Adds the route. */
  public void register(RoutesConfig routes) {
    routes.post(PATH, this::post);
  }

  private void post(Context http) throws IOException {
    if (!known(http.header("Authorization"))) {
      Problem.unauthorized(
              CHALLENGE,
              "user or secret are not those of mail.mta-hooks: set username and secret of the hook"
                  + " in Stalwart")
          .answer(http);
      return;
    }
    MemoryBudget.Lease lease = memory.lease();
    boolean waited = false;
    try {
      waited = take(http, lease);
    } finally {
      if (!waited) {
        lease.close();
      }
    }
  }

  private boolean known(@Nullable String authorization) {
    String given = Optional.ofNullable(authorization).orElse("");
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (settings.user() + ":" + settings.secret()).getBytes(StandardCharsets.UTF_8));
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the lease is the judgement's from now on. */
  private boolean take(Context http, MemoryBudget.Lease lease) throws IOException {
    int limit = settings.limits().request();
    long begun = System.nanoTime();
    long announced = http.req().getContentLengthLong();
    long expected = announced < 0 ? limit : announced;
    if (expected > limit) {
      trouble(http, nothing(), "a request of more than " + limit + " octets", since(begun));
      return false;
    }
    if (!lease.grow(COPIES * expected)) {
      trouble(http, nothing(), "too many messages at once", since(begun));
      return false;
    }
    byte[] body = http.bodyInputStream().readNBytes(limit + 1);
    if (body.length > limit) {
      trouble(http, nothing(), "a request of more than " + limit + " octets", since(begun));
      return false;
    }
    long since = System.nanoTime();
    switch (reader.read(body, this::judged)) {
      case HookReader.Result.Unfit(Problem problem) -> problem.answer(http);
      case HookReader.Result.Nothing() -> answer(http, HookAnswer.accept());
      case HookReader.Result.Unjudged(OwnFields own) -> {
        answer(http, HookAnswer.accept(own));
        watch.answered("unjudged", since(since));
      }
      case HookReader.Result.Trouble(String why, OwnFields own) ->
          trouble(http, own, why, since(since));
      case HookReader.Result.Flooded() -> {
        answer(http, HookAnswer.refuse(550, "5.7.1", FLOODED));
        watch.answered("reject", since(since));
      }
      case HookReader.Result.Shown(HookRequest request) -> {
        answering.begin();
        try {
          tell(http, request, lease, since);
        } finally {
          answering.end();
        }
        return true;
      }
    }
    return false;
  }

  /** What was released came in before; only a port of its own tells it from what is new. */
  private boolean judged(HookRequest.Session session) {
    MtaHooksSettings.Scope scope = settings.scope();
    boolean released = scope.releasePort().filter(port -> port == session.port()).isPresent();
    boolean own = scope.own().stream().anyMatch(it -> it.contains(session.client()));
    return !released && !own && (!session.signedIn() || scope.authenticated());
  }

  private void tell(Context http, HookRequest request, MemoryBudget.Lease lease, long since)
      throws IOException {
    HoldRef ref = reference(request);
    Message message =
        new Message(
            ref,
            request.envelope(),
            request.raw(),
            clock.instant(),
            request.exact() ? Optional.empty() : Optional.of(CHANGED));
    Verdict verdict = waiting.verdict(message, lease);
    try {
      answer(http, json(verdict, request));
    } catch (IOException gone) {
      // Stalwart says "try later" to its client, and comes again with another queue id.
      if (verdict instanceof Verdict.Held(_, boolean fresh) && fresh) {
        waiting.withdraw(message);
      }
      throw gone;
    } finally {
      told(request, verdict, since(since));
    }
  }

  private String json(Verdict verdict, HookRequest request) {
    return switch (verdict) {
      case Verdict.Pass(Evidence evidence, var grant) ->
          HookAnswer.accept(request.own(), grant, results(request, evidence));
      case Verdict.Reject(String reason) -> HookAnswer.refuse(550, "5.7.1", reason);
      case Verdict.Held _ -> HookAnswer.discard();
      case Verdict.Trouble _ -> troubled(request.own());
    };
  }

  /** Where octets were lost, a signature that fails says nothing of the message. */
  private Optional<String> results(HookRequest request, Evidence evidence) {
    return settings
        .authservId()
        .filter(_ -> request.exact())
        .map(id -> ResultsWriter.write(id, evidence));
  }

  /** The same request twice is one hold; a queue id alone may come again another day. */
  private HoldRef reference(HookRequest request) {
    String name = request.queueId();
    if (name.isEmpty()) {
      byte[] bits = new byte[ID_OCTETS];
      random.nextBytes(bits);
      name = HexFormat.of().formatHex(bits);
    }
    return new HoldRef(SOURCE, name + "-" + request.raw().sha256());
  }

  private void told(HookRequest request, Verdict verdict, Duration took) {
    String word =
        switch (verdict) {
          case Verdict.Pass _ -> "pass";
          case Verdict.Reject _ -> "reject";
          case Verdict.Held _ -> "held";
          case Verdict.Trouble _ -> "trouble";
        };
    watch.answered(word, took);
    if (verdict instanceof Verdict.Trouble(String why)) {
      warn(request.queueId(), why);
    } else {
      LOG.info(
          "hooked message judged event=mta-hooks.judged queue_id={} exact={} judgement={} case={}"
              + " ms={}",
          request.queueId(),
          request.exact(),
          word,
          verdict instanceof Verdict.Held(var id, _) ? id : "",
          took.toMillis());
    }
  }

  private void trouble(Context http, OwnFields own, String why, Duration took) throws IOException {
    answer(http, troubled(own));
    watch.answered("trouble", took);
    warn("", why);
  }

  /** Of a message that was not read. */
  private OwnFields nothing() {
    return new OwnFields(settings.authservId());
  }

  private void warn(String queueId, String why) {
    LOG.warn(
        "hooked message not judged event=mta-hooks.trouble queue_id={} told={} why={}",
        queueId,
        settings.onTrouble(),
        why);
  }

  private String troubled(OwnFields own) {
    return settings.onTrouble() == OnTrouble.ACCEPT
        ? HookAnswer.accept(own)
        : HookAnswer.refuse(451, "4.7.1", "cannot be looked at now, try again later");
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /**
   * Writes the answer out.
   *
   * @throws IOException where nobody is there to read it
   */
  private static void answer(Context http, String json) throws IOException {
    byte[] octets = json.getBytes(StandardCharsets.UTF_8);
    http.status(HttpStatus.OK).contentType("application/json");
    http.res().setContentLength(octets.length);
    http.res().getOutputStream().write(octets);
    http.res().flushBuffer();
  }

  /** Lets those who wait have their answers, for some seconds; whoever comes now comes again. */
  @Override
  public void close() {
    waiting.close();
    try {
      if (!answering.drain(TO_WRITE)) {
        LOG.warn("answers to hooked messages are not all out event=mta-hooks.trouble");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
