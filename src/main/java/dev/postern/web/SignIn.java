package dev.postern.web;

import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Signing in, by one-time link or access token, and out. */
final class SignIn {
  /** Only to a case: nobody may send people elsewhere through our sign-in. */
  private static final Pattern TARGET = Pattern.compile("/cases/PN-[0-9A-Z]{4}-[0-9A-Z]{4}");

  private static final int LONGEST_TOKEN = 512;

  private final WebParts parts;
  private final Site site;
  private final Gate gate;
  private final Pages pages;

  SignIn(WebParts parts, Site site, Gate gate, Pages pages) {
    this.parts = parts;
    this.site = site;
    this.gate = gate;
    this.pages = pages;
  }

  void form(Context ctx, String formToken) {
    show(ctx, 200, formToken, target(ctx.queryParam("to")), false);
  }

  void withToken(Context ctx, String formToken) {
    Optional<String> to = target(ctx.formParam("to"));
    String token = Optional.ofNullable(ctx.formParam("token")).orElse("").strip();
    Optional<Person> person =
        token.isEmpty() || token.length() > LONGEST_TOKEN
            ? Optional.empty()
            : parts.tokens().apply(token);
    if (person.isEmpty()) {
      show(ctx, 403, formToken, to, true);
      return;
    }
    enter(ctx, person.get(), to.orElse("/"));
  }

  void link(Context ctx, String formToken) {
    String code = ctx.pathParam("code");
    if (!parts.links().open(code)) {
      pages.problem(ctx, Problem.LINK_SPENT);
      return;
    }
    SignInScreen screen = new SignInScreen(site.name(), formToken, Optional.empty(), false);
    Frame frame = pages.bare("Sign in");
    pages.show(ctx, 200, "link.jte", Map.of("frame", frame, "screen", screen, "code", code));
  }

  void withLink(Context ctx) {
    Function<String, Optional<Person>> known = id -> parts.people().person(Identity.ofPostern(id));
    Optional<Person> person = parts.links().redeem(ctx.pathParam("code")).flatMap(known);
    if (person.isEmpty()) {
      pages.problem(ctx, Problem.LINK_SPENT);
      return;
    }
    enter(ctx, person.get(), "/");
  }

  void out(Context ctx) {
    gate.signOut(ctx);
    ctx.status(303).header("Location", "/login");
  }

  private void enter(Context ctx, Person person, String to) {
    gate.signIn(ctx, person);
    ctx.status(303).header("Location", to);
  }

  private void show(
      Context ctx, int status, String formToken, Optional<String> to, boolean failed) {
    SignInScreen screen = new SignInScreen(site.name(), formToken, to, failed);
    Frame frame = pages.bare("Sign in");
    pages.show(ctx, status, "login.jte", Map.of("frame", frame, "screen", screen));
  }

  private static Optional<String> target(@Nullable String path) {
    return Optional.ofNullable(path).filter(p -> TARGET.matcher(p).matches());
  }
}
