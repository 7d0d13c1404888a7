package dev.postern.evidence.authres;

import java.util.ArrayList;
import java.util.List;

/** The grammar of RFC 8601 §2.2, with what real fields take beyond it. */
final class ResultsParser {

  /** Longest value that is read. */
  static final int LONGEST = 65_536;

  /** Most results of one field: a message with more signatures is not verified either. */
  static final int MOST_RESULTS = 100;

  /** Most properties of one result; no registered method has more than a handful. */
  static final int MOST_PROPERTIES = 50;

  private final FieldText text;
  private final boolean tooLong;
  private final List<MethodResult> results = new ArrayList<>();
  private String authservId = "";
  private String version = "";

  ResultsParser(String value) {
    this.text = new FieldText(value);
    this.tooLong = value.length() > LONGEST;
  }

  Reading field() {
    read();
    return text.flaw(authservId)
        .orElseGet(
            () -> new Reading.Understood(new AuthenticationResults(authservId, version, results)));
  }

  /** The instance was judged by the chain already; here it only has to be passed. */
  Reading sealedField() {
    text.skipSpace();
    if (!text.keyword().equals("i")) {
      text.stop("instance is missing");
    }
    text.expect('=');
    if (text.digits().isEmpty()) {
      text.stop("instance is missing");
    }
    text.expect(';');
    return field();
  }

  private void read() {
    text.skipSpace();
    authservId = text.tokenOrQuoted();
    if (authservId.isEmpty()) {
      text.stop("authserv-id is missing");
    }
    if (tooLong) {
      // Only now, so that a field is known by its name even if it cannot be read.
      text.stop("longer than " + LONGEST + " characters");
    }
    text.skipSpace();
    version = text.digits();
    text.skipSpace();
    if (text.ended()) {
      text.stop("no result follows the authserv-id");
    }
    while (!text.ended()) {
      section();
    }
  }

  /** What stands between two semicolons. */
  private void section() {
    text.expect(';');
    if (text.ended() && !results.isEmpty()) {
      // A semicolon at the end is not in the grammar, but in many fields.
      return;
    }
    String method = text.keyword();
    if (method.isEmpty()) {
      text.stop("method is missing");
    }
    text.skipSpace();
    boolean none = method.equals("none") && text.ended() && results.isEmpty();
    if (!none) {
      result(method);
    }
  }

  private void result(String method) {
    String methodVersion = "";
    if (text.take('/')) {
      text.skipSpace();
      methodVersion = text.digits();
      if (methodVersion.isEmpty()) {
        text.stop("version of the method is missing");
      }
    }
    text.expect('=');
    String result = text.keyword();
    if (result.isEmpty()) {
      text.stop("result is missing");
    }
    Details details = details();
    if (results.size() == MOST_RESULTS) {
      text.stop("more than " + MOST_RESULTS + " results");
      return;
    }
    results.add(
        new MethodResult(method, methodVersion, result, details.reason(), details.properties()));
  }

  private record Details(String reason, List<Property> properties) {}

  /**
   * Reason and properties. What has no ptype is passed over: Microsoft writes {@code action=none}
   * and puts reasons anywhere.
   */
  private Details details() {
    String reason = "";
    List<Property> properties = new ArrayList<>();
    text.skipSpace();
    while (!text.ended() && !text.nextIs(';')) {
      String name = text.keyword();
      if (name.isEmpty()) {
        text.stop("property is missing");
      }
      text.skipSpace();
      if (text.take('.')) {
        add(name, properties);
      } else {
        text.expect('=');
        String value = text.value();
        reason = name.equals("reason") && reason.isEmpty() ? value : reason;
      }
      text.skipSpace();
    }
    return new Details(reason, properties);
  }

  private void add(String ptype, List<Property> properties) {
    text.skipSpace();
    String name = text.keyword();
    if (name.isEmpty()) {
      text.stop("name of the property is missing");
    }
    text.expect('=');
    if (properties.size() == MOST_PROPERTIES) {
      text.stop("more than " + MOST_PROPERTIES + " properties of one result");
    }
    properties.add(new Property(ptype, name, text.value()));
  }
}
