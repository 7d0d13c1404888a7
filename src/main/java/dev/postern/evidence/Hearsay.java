package dev.postern.evidence;

import dev.postern.evidence.authres.AuthenticationResults;
import dev.postern.evidence.authres.Claim;
import dev.postern.evidence.authres.FieldTrust;
import dev.postern.evidence.authres.MethodResult;
import dev.postern.evidence.authres.Reading;
import dev.postern.evidence.authres.Testimony;
import dev.postern.evidence.signal.SignalKind;
import dev.postern.mail.HeaderFields;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Authentication-Results and Received-SPF fields of a message claim (RFC 8601, RFC 7208 §9.1).
 *
 * @param reported results of gateways of the firm, topmost field first
 * @param forgeries fields that pass for such a gateway's
 */
record Hearsay(List<ReportedResult> reported, List<Signal> forgeries) {
  static final Hearsay NONE = new Hearsay(List.of(), List.of());

  private static final int MOST_RESULTS = 100;
  private static final int MOST_FORGERIES = 5;
  private static final int LONGEST_TEXT = 300;

  /** Copies the lists, so that it never changes. */
  Hearsay {
    reported = List.copyOf(reported);
    forgeries = List.copyOf(forgeries);
  }

  static Hearsay of(HeaderFields header, Home home) {
    if (home.authservIds().isEmpty()) {
      return NONE;
    }
    Testimony testimony = new FieldTrust(home.authservIds()).hear(header);
    return new Hearsay(
        testimony.trusted().stream().flatMap(Hearsay::results).limit(MOST_RESULTS).toList(),
        testimony.forged().stream()
            .limit(MOST_FORGERIES)
            .map(Hearsay::forgery)
            .distinct()
            .toList());
  }

  private static Stream<ReportedResult> results(Claim claim) {
    return read(claim).results().stream()
        .filter(MethodResult::knownVersion)
        .map(
            it ->
                new ReportedResult(
                    claim.authservId(),
                    cut(it.method()),
                    cut(it.result()),
                    cut(it.reason()),
                    properties(it)));
  }

  /** Where a property is given twice, the first counts: no registered one may be. */
  private static SortedMap<String, String> properties(MethodResult result) {
    SortedMap<String, String> properties = new TreeMap<>();
    result.properties().forEach(it -> properties.putIfAbsent(cut(it.key()), cut(it.value())));
    return properties;
  }

  private static Signal forgery(Claim claim) {
    return Signal.of(
        SignalKind.FORGED_AUTHENTICATION_RESULTS.word(),
        Map.of(
            "authserv-id", claim.authservId(),
            "field", claim.field().name(),
            "claims", read(claim).claims()));
  }

  private static AuthenticationResults read(Claim claim) {
    return switch (claim.reading()) {
      case Reading.Understood(AuthenticationResults field) -> field;
      case Reading.Garbled _ -> new AuthenticationResults(claim.authservId(), "", List.of());
    };
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0;
    return text.substring(0, LONGEST_TEXT - end);
  }
}
