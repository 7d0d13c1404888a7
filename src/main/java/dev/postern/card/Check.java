package dev.postern.card;

import java.util.List;

/**
 * One check in words. Label and value are for the card; the sentence is for the evidence page and
 * for screen readers.
 *
 * @param label the check with its result, for example {@code SPF pass, not aligned}
 * @param value the domain that was checked
 * @param sentence what that means
 */
public record Check(String label, List<Run> value, List<Run> sentence) {
  /** Copies the lists, so that a check never changes. */
  public Check {
    value = List.copyOf(value);
    sentence = List.copyOf(sentence);
  }
}
