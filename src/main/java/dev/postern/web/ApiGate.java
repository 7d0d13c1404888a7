package dev.postern.web;

import dev.postern.approval.Person;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every address of the API: access token, header fields, answers to what breaks.
 *
 * @param tokens the person of an access token
 */
record ApiGate(Function<String, Optional<Person>> tokens) {
  private static final Logger LOG = LoggerFactory.getLogger(ApiGate.class);
  private static final int LONGEST_BODY = 65_536;

  /** What is answered to one person. */
  interface Personal {
    void answer(Context ctx, Person person);
  }

  Handler person(Personal page) {
    return ctx -> {
      ctx.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
      Optional<Person> person = bearer(ctx).flatMap(tokens);
      if (person.isEmpty()) {
        ApiProblem.NO_TOKEN.write(ctx);
        return;
      }
      try {
        page.answer(ctx, person.get());
      } catch (HttpResponseException tooLarge) {
        ApiProblem.TOO_LARGE.write(ctx);
      } catch (RuntimeException broken) {
        LOG.atError().addKeyValue("path", ctx.path()).setCause(broken).log("api call failed");
        ApiProblem.BROKEN.write(ctx);
      }
    };
  }

  /**
   * The octets that were sent, read as far as the listener reads any before they are found too
   * many: who still sends when a connection ends may never see why.
   *
   * @throws HttpResponseException where there are too many, which the gate answers
   */
  static byte[] body(Context ctx) {
    byte[] body = ctx.bodyAsBytes();
    if (body.length > LONGEST_BODY) {
      throw new ContentTooLargeResponse();
    }
    return body;
  }

  private static Optional<String> bearer(Context ctx) {
    String field = Optional.ofNullable(ctx.header("Authorization")).orElse("");
    boolean bearer = field.regionMatches(true, 0, "Bearer ", 0, 7);
    return bearer ? Optional.of(field.substring(7).strip()) : Optional.empty();
  }
}
