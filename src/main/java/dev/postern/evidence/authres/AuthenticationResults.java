package dev.postern.evidence.authres;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One field of results: of Authentication-Results, of ARC-Authentication-Results, or of
 * Received-SPF, which says the same of SPF alone. What it holds are claims until {@link FieldTrust}
 * has found who wrote it.
 *
 * @param authservId who claims it, as written, without comments and quotes; hostile
 * @param version of the field, digits; empty where none is written, which means 1
 * @param results in the order of the field; empty for "none"
 */
public record AuthenticationResults(String authservId, String version, List<MethodResult> results) {

  /** The one version there is (RFC 8601 §2.6). */
  static final String VERSION = "1";

  private static final int MOST_CLAIMS = 20;
  private static final int LONGEST_CLAIM = 60;

  /** Copies the list, so that a field never changes. */
  public AuthenticationResults {
    results = List.copyOf(results);
  }

  /** Whether the field has a version that may be acted on (RFC 8601 §2.6). */
  public boolean knownVersion() {
    return version.isEmpty() || version.equals(VERSION);
  }

  /** What it claims, {@code spf=pass dkim=fail dmarc=pass}; bounded, and of plain letters only. */
  public String claims() {
    return results.stream()
        .limit(MOST_CLAIMS)
        .map(it -> it.method() + "=" + it.result())
        .filter(it -> it.length() <= LONGEST_CLAIM)
        .collect(Collectors.joining(" "));
  }

  /**
   * Reads the value of an Authentication-Results field, folded or not. Never throws, takes linear
   * time.
   */
  public static Reading read(String value) {
    return new ResultsParser(value).field();
  }

  /**
   * Reads the value of an ARC-Authentication-Results field: the same after an instance (RFC 8617
   * §4.1.1). Never throws, takes linear time.
   */
  public static Reading readSealed(String value) {
    return new ResultsParser(value).sealedField();
  }

  /** Reads the value of a Received-SPF field (RFC 7208 §9.1). Never throws, takes linear time. */
  public static Reading readReceivedSpf(String value) {
    return new ReceivedSpfParser(value).field();
  }
}
