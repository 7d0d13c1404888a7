package dev.postern.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * An RFC 9457 problem document. Its title is the status in words; what is wrong stands in the
 * detail.
 *
 * @param status the HTTP status
 * @param detail what is wrong and how to mend it
 * @param member name of a further member, such as {@code field} or {@code refusal}; empty without
 * @param value of that member
 */
record ApiProblem(int status, String detail, String member, String value) {
  static final ApiProblem NO_TOKEN =
      new ApiProblem(401, "Send a person's access token: Authorization: Bearer <token>", "", "");

  /** The same for what does not exist and what this person may not read. */
  static final ApiProblem NOT_FOUND =
      new ApiProblem(404, "There is no such case, or it is not for you to read.", "", "");

  /** What cannot be read: removed long ago, or {@link #NOT_FOUND}. */
  static ApiProblem notThere(Optional<Instant> removed) {
    return removed
        .map(at -> new ApiProblem(410, Problem.removedBy(at), "removedAt", at.toString()))
        .orElse(NOT_FOUND);
  }

  static final ApiProblem TOO_LARGE =
      new ApiProblem(413, "A request is at most 65,536 octets.", "", "");

  static final ApiProblem BROKEN =
      new ApiProblem(500, "Postern could not answer. The reason is in its log.", "", "");

  /** A member that is missing, unknown or wrong. */
  static ApiProblem field(String field, String detail) {
    return new ApiProblem(422, detail, "field", field);
  }

  void write(Context ctx) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("type", "about:blank");
    document.put("title", HttpStatus.forStatus(status).getMessage());
    document.put("status", status);
    document.put("detail", detail);
    if (!member.isEmpty()) {
      document.put(member, value);
    }
    if (status == 401) {
      ctx.header("WWW-Authenticate", "Bearer realm=\"postern\"");
    }
    ctx.status(status).contentType("application/problem+json").result(document.toString());
  }
}
