package dev.postern.evidence.authres;

import java.util.List;

/**
 * What one method found (RFC 8601 §2.2, resinfo).
 *
 * @param method for example {@code dkim}; lower case, known or not
 * @param version of the method, digits; empty where none is written, which means 1
 * @param result for example {@code pass}; lower case, known or not
 * @param reason free text; hostile, often empty
 * @param properties in the order of the field
 */
public record MethodResult(
    String method, String version, String result, String reason, List<Property> properties) {

  /** Copies the list, so that a result never changes. */
  public MethodResult {
    properties = List.copyOf(properties);
  }

  /**
   * Whether the method has the version that the registry knows. Another version may mean anything
   * by the same words, so that nobody may act on it (RFC 8601 §2.6).
   */
  public boolean knownVersion() {
    return version.isEmpty() || version.equals(AuthenticationResults.VERSION);
  }
}
