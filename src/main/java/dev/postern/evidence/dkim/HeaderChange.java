package dev.postern.evidence.dkim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One guess at what happened to signed header fields.
 *
 * @param before the fields of each name that was touched, as they would have been, bottom-up
 * @param words what happened then, in our words
 */
record HeaderChange(Map<String, List<FieldText>> before, String words) {

  /** A change of one name. */
  static HeaderChange of(String name, List<FieldText> before, String words) {
    return new HeaderChange(Map.of(name, before), words);
  }

  /** Whether both can have happened: they touch different names. */
  boolean fits(HeaderChange other) {
    return before.keySet().stream().noneMatch(other.before.keySet()::contains);
  }

  /** Both happened. */
  HeaderChange and(HeaderChange other) {
    Map<String, List<FieldText>> both = new HashMap<>(before);
    both.putAll(other.before);
    return new HeaderChange(both, words + "; " + other.words);
  }
}
