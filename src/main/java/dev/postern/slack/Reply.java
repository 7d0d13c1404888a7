package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What Slack is answered.
 *
 * @param status HTTP status; Socket Mode sends the body alone
 * @param type media type of the body
 * @param body empty for a bare acknowledgement
 */
record Reply(int status, String type, String body) {

  /** Taken; nothing more to say. */
  static Reply ok() {
    return new Reply(200, "text/plain", "");
  }

  /** Taken, with an answer. */
  static Reply json(ObjectNode body) {
    return new Reply(200, "application/json", body.toString());
  }

  /** Not taken (RFC 9457). */
  static Reply problem(int status, String title, String detail) {
    ObjectNode body = Kit.object().put("title", title).put("status", status).put("detail", detail);
    return new Reply(status, "application/problem+json", body.toString());
  }
}
