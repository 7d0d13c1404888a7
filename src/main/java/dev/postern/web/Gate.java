package dev.postern.web;

import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.SameSite;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before every page: header fields, host, origin, sign-in, form token. */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final int WHILE_BROWSER_RUNS = -1;

  private final Site site;
  private final Sessions sessions;
  private final Directory people;
  private final InstantSource clock;
  private final Pages pages;

  /** A page for people who are signed in. */
  interface SignedIn {
    void answer(Context ctx, Reader reader);
  }

  /** A page for everybody; forms on it are bound to a visit. */
  interface Open {
    void answer(Context ctx, String formToken);
  }

  Gate(Site site, Sessions sessions, Directory people, InstantSource clock, Pages pages) {
    this.site = site;
    this.sessions = sessions;
    this.people = people;
    this.clock = clock;
    this.pages = pages;
  }

  Handler signedIn(SignedIn page) {
    return guarded(
        ctx -> {
          Optional<Reader> reader = reader(ctx);
          if (reader.isEmpty()) {
            sendToSignIn(ctx);
          } else if (forged(ctx, reader.get().formToken())) {
            pages.problem(ctx, Problem.FORGED_FORM);
          } else {
            page.answer(ctx, reader.get());
          }
        });
  }

  Handler open(Open page) {
    return guarded(
        ctx -> {
          String visit = visit(ctx);
          if (forged(ctx, sessions.formToken(visit))) {
            pages.problem(ctx, Problem.FORGED_FORM);
          } else {
            page.answer(ctx, sessions.formToken(visit));
          }
        });
  }

  /** Who is signed in; read anew each time, so that a person removed from the settings is out. */
  Optional<Reader> reader(Context ctx) {
    return Optional.ofNullable(ctx.cookie(cookieName("session")))
        .flatMap(c -> sessions.read(c, clock.instant()))
        .flatMap(
            s ->
                people
                    .person(Identity.ofPostern(s.personId()))
                    .map(p -> new Reader(p, sessions.formToken(s.id()))));
  }

  void signIn(Context ctx, Person person) {
    String value = sessions.open(person.id(), clock.instant());
    ctx.cookie(cookie("session", value, Math.toIntExact(Sessions.LIFETIME.toSeconds())));
    LOG.atInfo().addKeyValue("person", person.id()).log("signed in to the console");
  }

  void signOut(Context ctx) {
    ctx.cookie(cookie("session", "", 0));
  }

  private Handler guarded(Handler inner) {
    return ctx -> {
      WebHeaders.set(ctx, site.tls());
      if (!site.serves(Optional.ofNullable(ctx.header("Host")))) {
        pages.problem(ctx, Problem.WRONG_HOST);
        return;
      }
      try {
        inner.handle(ctx);
      } catch (HttpResponseException refused) { // the body is too large or cannot be read
        pages.problem(ctx, Problem.badRequest(refused.getStatus()));
      } catch (RuntimeException broken) {
        LOG.atError().addKeyValue("path", ctx.path()).setCause(broken).log("page failed");
        pages.problem(ctx, Problem.BROKEN);
      }
    };
  }

  /** A changing request that no form of ours made: from elsewhere, or without our token. */
  private boolean forged(Context ctx, String formToken) {
    if (ctx.method().equals(HandlerType.GET) || ctx.method().equals(HandlerType.HEAD)) {
      return false;
    }
    String host = Optional.ofNullable(ctx.header("Host")).orElse("");
    boolean ours =
        site.ownPage(
            Optional.ofNullable(ctx.header("Sec-Fetch-Site")),
            Optional.ofNullable(ctx.header("Origin")),
            host);
    String given = Optional.ofNullable(ctx.formParam("csrf")).orElse("");
    return !ours || !Sessions.same(formToken, given);
  }

  /** The browser's visit; begins here when there is none yet. */
  private String visit(Context ctx) {
    return Optional.ofNullable(ctx.cookie(cookieName("visit")))
        .filter(v -> v.matches("[A-Za-z0-9_-]{22}"))
        .orElseGet(
            () -> {
              String fresh = sessions.randomId();
              ctx.cookie(cookie("visit", fresh, WHILE_BROWSER_RUNS));
              return fresh;
            });
  }

  private void sendToSignIn(Context ctx) {
    if (ctx.header("HX-Request") != null) {
      // A redirect would put the sign-in page into the middle of the page that asked.
      ctx.status(401);
      return;
    }
    boolean comeBack = ctx.method().equals(HandlerType.GET) && !ctx.path().equals("/");
    String to = comeBack ? "?to=" + URLEncoder.encode(ctx.path(), StandardCharsets.UTF_8) : "";
    ctx.status(303).header("Location", "/login" + to);
  }

  private Cookie cookie(String name, String value, int maxAge) {
    Cookie cookie = new Cookie(cookieName(name), value);
    cookie.setPath("/");
    cookie.setMaxAge(maxAge);
    cookie.setHttpOnly(true);
    cookie.setSecure(site.tls());
    cookie.setSameSite(SameSite.LAX);
    return cookie;
  }

  /** The prefix makes browsers refuse the cookie from other hosts; it works with TLS only. */
  private String cookieName(String name) {
    return site.tls() ? "__Host-postern-" + name : "postern-" + name;
  }
}
