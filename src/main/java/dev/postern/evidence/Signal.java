package dev.postern.evidence;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A plain fact that was derived from a message, never a score: {@code reply-to-elsewhere} with the
 * domains that differ. docs/evidence.md lists them.
 *
 * @param name what was found, in lower case with hyphens
 * @param values what it was found in, by name; texts of the message, hostile
 */
public record Signal(String name, SortedMap<String, String> values) {

  /** Copies the map, so that a signal never changes. */
  public Signal {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** A signal with these values. */
  public static Signal of(String name, Map<String, String> values) {
    return new Signal(name, new TreeMap<>(values));
  }
}
