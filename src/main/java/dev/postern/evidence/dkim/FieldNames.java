package dev.postern.evidence.dkim;

import java.util.List;
import java.util.regex.Pattern;

/** How names of header fields, which the message chooses, are shown. */
final class FieldNames {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9-]{1,40}");

  private static final int MOST_SHOWN = 5;

  private FieldNames() {}

  /** The name as written; our own words for one that is no plain word. */
  static String shown(FieldText field) {
    String name = field.field().name();
    return PLAIN.matcher(name).matches() ? name : "a header field";
  }

  /** The first of many, and how many more there are. */
  static String few(String separator, List<String> all) {
    int more = all.size() - MOST_SHOWN;
    return more <= 0
        ? String.join(separator, all)
        : String.join(separator, all.subList(0, MOST_SHOWN)) + " and " + more + " more";
  }

  /** The sentence about a field whose value changed. */
  static String changed(FieldText field) {
    return shown(field) + " changed after signing";
  }
}
