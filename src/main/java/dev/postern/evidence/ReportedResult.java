package dev.postern.evidence;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One result that a gateway of the firm wrote into the message (RFC 8601 §2.2). It is that
 * gateway's word, never ours, and no result of ours depends on it.
 *
 * @param authservId who says so, as configured in {@link Home#authservIds()}
 * @param method for example {@code dmarc}, lower case
 * @param result for example {@code pass}, lower case
 * @param reason the gateway's words; often empty
 * @param properties value by {@code ptype.property}, for example {@code smtp.mailfrom}; hostile
 */
public record ReportedResult(
    String authservId,
    String method,
    String result,
    String reason,
    SortedMap<String, String> properties) {

  /** Copies the map, so that a result never changes. */
  public ReportedResult {
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
  }

  /** On one line, {@code dmarc=fail header.from=a.example (no policy)}; hostile. */
  public String text() {
    StringBuilder text = new StringBuilder(method).append('=').append(result);
    properties.forEach((key, value) -> text.append(' ').append(key).append('=').append(value));
    return reason.isEmpty() ? text.toString() : text.append(" (").append(reason) + ")";
  }
}
