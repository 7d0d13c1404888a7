package dev.postern.evidence.signal;

import dev.postern.evidence.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The facts raised for one message, in the order in which they are looked for; bounded. */
final class Raised {

  /** One sentence says as much as a hundred of its kind. */
  private static final int MOST_OF_A_KIND = 10;

  private static final int LONGEST_VALUE = 300;

  private final List<Signal> all = new ArrayList<>();

  void add(SignalKind kind, Map<String, String> values) {
    SortedMap<String, String> bounded = new TreeMap<>();
    values.forEach((key, value) -> bounded.put(key, cut(value)));
    Signal signal = new Signal(kind.word(), bounded);
    long alike = all.stream().filter(it -> it.name().equals(signal.name())).count();
    if (alike < MOST_OF_A_KIND && !all.contains(signal)) {
      all.add(signal);
    }
  }

  List<Signal> signals() {
    return List.copyOf(all);
  }

  private static String cut(String value) {
    if (value.length() <= LONGEST_VALUE) {
      return value;
    }
    int end = Character.isHighSurrogate(value.charAt(LONGEST_VALUE - 1)) ? 1 : 0;
    return value.substring(0, LONGEST_VALUE - end);
  }
}
