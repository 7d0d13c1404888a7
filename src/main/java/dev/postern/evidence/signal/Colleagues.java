package dev.postern.evidence.signal;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the names of the firm's own people in display names, however they are written: any order,
 * any case, with or without accents, in letters of other scripts that look the same.
 */
final class Colleagues {

  /** What cannot stand inside of a word of a name. */
  private static final Splitter WORDS =
      Splitter.on(CharMatcher.forPredicate(c -> !Character.isLetterOrDigit(c) && !mark(c)))
          .omitEmptyStrings();

  private static final int MOST_WORDS = 20;

  /** Both keys of a word: a capital I looks like a small l, but only before the case is dropped. */
  private record Word(String asWritten, String lowered) {
    static Word of(String text) {
      return new Word(Looks.key(text), Looks.key(text.toLowerCase(Locale.ROOT)));
    }

    boolean looksLike(Word other) {
      Set<String> mine = Set.copyOf(List.of(asWritten, lowered));
      return mine.contains(other.asWritten) || mine.contains(other.lowered);
    }
  }

  private record Colleague(String name, List<Word> words, Word joined) {}

  private final List<Colleague> colleagues = new ArrayList<>();

  Colleagues(List<String> names) {
    for (String name : names) {
      List<String> words = words(name);
      if (!words.isEmpty()) {
        colleagues.add(new Colleague(name, keys(words), Word.of(String.join("", words))));
      }
    }
  }

  /**
   * The colleague whose name a display name holds; a name of one word counts only where it is the
   * whole display name. Empty where there is none.
   */
  Optional<String> in(String displayName) {
    List<String> words = words(displayName);
    if (colleagues.isEmpty() || words.isEmpty()) {
      return Optional.empty();
    }
    List<Word> shown = keys(words);
    Word joined = Word.of(String.join("", words));
    return colleagues.stream()
        .filter(it -> it.joined().looksLike(joined) || (it.words().size() > 1 && holds(shown, it)))
        .map(Colleague::name)
        .findFirst();
  }

  private static boolean holds(List<Word> shown, Colleague colleague) {
    List<Word> left = new ArrayList<>(shown);
    for (Word word : colleague.words()) {
      Optional<Word> found = left.stream().filter(word::looksLike).findFirst();
      if (found.isEmpty()) {
        return false;
      }
      left.remove(found.get());
    }
    return true;
  }

  private static List<Word> keys(List<String> words) {
    return words.stream().map(Word::of).toList();
  }

  private static List<String> words(String name) {
    return WORDS.splitToStream(Looks.plain(name)).limit(MOST_WORDS).toList();
  }

  private static boolean mark(char c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
      default -> Character.isSurrogate(c);
    };
  }
}
