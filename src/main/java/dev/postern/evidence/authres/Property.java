package dev.postern.evidence.authres;

/**
 * One property of a result: which part of the message or of the session it is about (RFC 8601
 * §2.3).
 *
 * @param ptype {@code smtp}, {@code header}, {@code body}, {@code policy} or an unknown word; lower
 *     case
 * @param name for example {@code mailfrom}; lower case
 * @param value without comments and quotes, but a quoted local part keeps its quotes; hostile
 */
public record Property(String ptype, String name, String value) {

  /** {@code smtp.mailfrom}, as it is written. */
  public String key() {
    return ptype + "." + name;
  }
}
