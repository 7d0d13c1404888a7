package dev.postern.evidence.dkim;

import java.util.regex.Pattern;

/** How names of header fields, which the message chooses, are shown. */
final class FieldNames {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9-]{1,40}");

  private FieldNames() {}

  /** The name as written; our own words for one that is no plain word. */
  static String shown(FieldText field) {
    String name = field.field().name();
    return PLAIN.matcher(name).matches() ? name : "a header field";
  }

  /** The sentence about a field whose value changed. */
  static String changed(FieldText field) {
    return shown(field) + " changed after signing";
  }
}
