package dev.postern.web;

import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import dev.postern.policy.Policy;
import dev.postern.policy.Precedents;
import dev.postern.policy.Precedents.Span;
import dev.postern.policy.ShadowBook;
import dev.postern.web.PrecedentFrames.Opening;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the cases of the past to an administrator, whose command replays them: only the process
 * that has an H2 database open can read it, and it has other things to do.
 */
public final class PrecedentApi {
  /** Most days that can be asked for: ten years. */
  public static final int MOST_DAYS = 3650;

  private static final Logger LOG = LoggerFactory.getLogger(PrecedentApi.class);
  private static final int BUFFER = 64 << 10;
  private static final ApiProblem NOT_ALLOWED =
      new ApiProblem(403, "Only members of the group admins may read all cases.", "", "");

  private final ApiGate gate;
  private final Precedents precedents;
  private final ShadowBook shadows;
  private final Supplier<Policy> policy;
  private final InstantSource clock;
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * Takes its parts.
   *
   * @param tokens the person of an access token
   * @param shadows what is known of rules in shadow
   * @param policy the one in force
   */
  public PrecedentApi(
      Function<String, Optional<Person>> tokens,
      Precedents precedents,
      ShadowBook shadows,
      Supplier<Policy> policy,
      InstantSource clock) {
    this.gate = new ApiGate(tokens);
    this.precedents = precedents;
    this.shadows = shadows;
    this.policy = policy;
    this.clock = clock;
  }

  /** Adds the addresses. */
  public void register(RoutesConfig routes) {
    routes.get("/v1/policy/precedents", gate.person(this::precedents));
    routes.get("/v1/policy/shadows", gate.person(this::shadows));
  }

  private void shadows(Context ctx, Person person) {
    if (Reading.admin(person)) {
      ctx.contentType("application/json").result(ShadowJson.write(shadows.seen()));
    } else {
      NOT_ALLOWED.write(ctx);
    }
  }

  private void precedents(Context ctx, Person person) {
    String days = Optional.ofNullable(ctx.queryParam("days")).orElse("");
    if (!Reading.admin(person)) {
      NOT_ALLOWED.write(ctx);
    } else if (!days.matches("[1-9][0-9]{0,3}") || Integer.parseInt(days) > MOST_DAYS) {
      ApiProblem.field("days", "A number from 1 to " + MOST_DAYS + ".").write(ctx);
    } else if (!busy.compareAndSet(false, true)) {
      new ApiProblem(409, "Somebody else replays cases. Wait until that is done.", "", "")
          .write(ctx);
    } else {
      try {
        LOG.atInfo()
            .addKeyValue("person", person.id())
            .addKeyValue("days", days)
            .log("cases are given for a replay");
        send(ctx, span(Integer.parseInt(days)));
      } catch (IOException goneAway) {
        LOG.info("whoever asked for cases has gone away: {}", goneAway.toString());
      } finally {
        busy.set(false);
      }
    }
  }

  private Span span(int days) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Span(now.minus(Duration.ofDays(days)), now);
  }

  /** Past Javalin, which would keep all of it in memory. */
  private void send(Context ctx, Span when) throws IOException {
    Opening opening = new Opening(when, precedents.count(when), policy.get().version());
    ctx.res().setContentType(PrecedentFrames.TYPE);
    OutputStream out = new BufferedOutputStream(ctx.res().getOutputStream(), BUFFER);
    PrecedentFrames.write(opening, precedents, out);
    out.flush();
  }
}
