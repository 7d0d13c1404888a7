package dev.postern.evidence.authres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The grammar of Received-SPF (RFC 7208 §9.1), with what real fields take beyond it. */
final class ReceivedSpfParser {

  /** Most keys; the standard names eight. */
  private static final int MOST_PAIRS = 50;

  private final FieldText text;
  private final boolean tooLong;
  private final Map<String, String> pairs = new HashMap<>();

  ReceivedSpfParser(String value) {
    this.text = new FieldText(value);
    this.tooLong = value.length() > ResultsParser.LONGEST;
  }

  /** The field as results of its receiver: one of SPF, about the identity that was checked. */
  Reading field() {
    if (tooLong) {
      text.stop("longer than " + ResultsParser.LONGEST + " characters");
    }
    text.skipSpace();
    String result = text.keyword();
    if (result.isEmpty()) {
      text.stop("result is missing");
    }
    text.skipSpace();
    while (!text.ended()) {
      pair();
    }
    String receiver = of("receiver");
    if (receiver.isEmpty()) {
      text.stop("receiver is missing");
    }
    return text.flaw(receiver).orElseGet(() -> readable(receiver, result));
  }

  private Reading readable(String receiver, String result) {
    var spf = new MethodResult("spf", "", result, of("problem"), properties());
    return new Reading.Understood(new AuthenticationResults(receiver, "", List.of(spf)));
  }

  private void pair() {
    String key = text.dottedKeyword();
    if (key.isEmpty()) {
      text.stop("key is missing");
    }
    text.expect('=');
    String value = text.value();
    // Which of two receivers wrote it cannot be told, so it tells nothing.
    if (pairs.putIfAbsent(key, value) != null) {
      text.stop("two values of one key");
    } else if (pairs.size() > MOST_PAIRS) {
      text.stop("more than " + MOST_PAIRS + " keys");
    }
    text.skipSpace();
    if (text.take(';')) {
      text.skipSpace();
    }
  }

  /** In the words of RFC 8601 §2.7.2; the address as RFC 8617 §10.2 has it. */
  private List<Property> properties() {
    List<Property> properties = new ArrayList<>();
    if (of("identity").equalsIgnoreCase("helo")) {
      property("helo", of("helo"), properties);
    } else {
      property("mailfrom", of("envelope-from"), properties);
    }
    property("remote-ip", of("client-ip"), properties);
    return properties;
  }

  private static void property(String name, String value, List<Property> properties) {
    if (!value.isEmpty()) {
      properties.add(new Property("smtp", name, value));
    }
  }

  private String of(String key) {
    return pairs.getOrDefault(key, "");
  }
}
