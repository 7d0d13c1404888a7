package dev.postern.intake.http;

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
 */
record Problem(
    HttpStatus status, String detail, List<FieldProblem> fields, Optional<Duration> retryAfter) {

  /**
   * What is wrong with one field.
   *
   * @param field its path, for example {@code envelope.recipients[2]}
   * @param detail what it must be
   */
  record FieldProblem(String field, String detail) {}

  Problem {
    fields = List.copyOf(fields);
  }

  static Problem of(HttpStatus status, String detail) {
    return new Problem(status, detail, List.of(), Optional.empty());
  }

  static Problem later(Duration when, String detail) {
    return new Problem(HttpStatus.SERVICE_UNAVAILABLE, detail, List.of(), Optional.of(when));
  }

  static Problem unfit(List<FieldProblem> fields) {
    FieldProblem first = fields.getFirst();
    return new Problem(
        HttpStatus.UNPROCESSABLE_CONTENT,
        first.field() + " " + first.detail(),
        fields,
        Optional.empty());
  }

  void answer(Context http) {
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
    if (status == HttpStatus.UNAUTHORIZED) {
      http.header("WWW-Authenticate", WebhookSignature.HEADER);
    }
    http.status(status).contentType("application/problem+json").result(body.toString());
  }
}
