package dev.postern.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Why a request was not taken (RFC 9457).
 *
 * @param status the HTTP status
 * @param detail what is wrong and how to mend it; holds nothing of a message
 * @param fields the fields that are wrong, the first one first
 * @param retryAfter when to try again
 * @param challenge how to say who one is, for {@code WWW-Authenticate}
 */
public record Problem(
    HttpStatus status,
    String detail,
    List<FieldProblem> fields,
    Optional<Duration> retryAfter,
    Optional<String> challenge) {

  /**
   * What is wrong with one field.
   *
   * @param field its path, for example {@code envelope.recipients[2]}
   * @param detail what it must be
   */
  public record FieldProblem(String field, String detail) {}

  /** Copies the list, so that a problem never changes. */
  public Problem {
    fields = List.copyOf(fields);
  }

  /** One that concerns the whole request. */
  public static Problem of(HttpStatus status, String detail) {
    return new Problem(status, detail, List.of(), Optional.empty(), Optional.empty());
  }

  /** Nobody knows who asks. */
  public static Problem unauthorized(String challenge, String detail) {
    return new Problem(
        HttpStatus.UNAUTHORIZED, detail, List.of(), Optional.empty(), Optional.of(challenge));
  }

  /** Not now. */
  public static Problem later(Duration when, String detail) {
    return new Problem(
        HttpStatus.SERVICE_UNAVAILABLE, detail, List.of(), Optional.of(when), Optional.empty());
  }

  /** The request can be read and makes no sense. */
  public static Problem unfit(List<FieldProblem> fields) {
    FieldProblem first = fields.getFirst();
    return new Problem(
        HttpStatus.UNPROCESSABLE_CONTENT,
        first.field() + " " + first.detail(),
        fields,
        Optional.empty(),
        Optional.empty());
  }

  /** Answers a request with it. */
  public void answer(Context http) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", "about:blank");
    body.put("title", status.getMessage());
    body.put("status", status.getCode());
    body.put("detail", detail);
    if (!fields.isEmpty()) {
      body.put("field", fields.getFirst().field());
      var errors = body.putArray("errors");
      fields.forEach(f -> errors.addObject().put("field", f.field()).put("detail", f.detail()));
    }
    retryAfter.ifPresent(when -> http.header("Retry-After", String.valueOf(when.toSeconds())));
    challenge.ifPresent(how -> http.header("WWW-Authenticate", how));
    http.status(status).contentType("application/problem+json").result(body.toString());
  }
}
