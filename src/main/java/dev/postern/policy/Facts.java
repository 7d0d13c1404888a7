package dev.postern.policy;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Named, typed facts of one kind of thing: what a rule may write, and how it is read. Types are
 * checked when a policy is loaded, so that a misspelt fact is found before any message comes.
 *
 * @param <S> the thing that the facts are read from
 * @param name the type's name in messages
 * @param all the facts, in the order of the documentation
 * @param lengthy those of them that may be longer than rules read
 */
record Facts<S>(String name, List<Fact<S>> all, List<Fact<S>> lengthy) {

  /** Longest text that rules read; a message with a longer one is asked about. */
  static final int LONGEST_TEXT = 8192;

  /** Finds by itself which may be long. */
  Facts(String name, List<Fact<S>> all) {
    this(name, all, all.stream().filter(Fact::mayBeLong).toList());
  }

  /**
   * One fact.
   *
   * @param <S> the thing that it is read from
   * @param name as rules write it
   * @param type what it is compared with
   * @param words the only values that it or its items can have; empty where they can have any
   * @param meaning for the documentation
   * @param read how it is read
   * @param parts the facts it consists of; empty for a plain value
   */
  record Fact<S>(
      String name,
      CelType type,
      List<String> words,
      String meaning,
      Function<S, Object> read,
      Optional<Facts<?>> parts) {

    /** What it is of a thing, which the checker of expressions has promised to be one of these. */
    @SuppressWarnings("unchecked")
    Object of(Object thing) {
      return read.apply((S) thing);
    }

    /** Whether it is text of which nobody says what it can be, or has such below it. */
    private boolean mayBeLong() {
      boolean text = type.kind() == CelKind.STRING || type.kind() == CelKind.LIST;
      return parts.map(it -> !it.lengthy().isEmpty()).orElse(text && words.isEmpty());
    }
  }

  /** A text longer than rules read. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLong(String fact, int length) {
      super(fact + " has " + length + " characters; rules read at most " + LONGEST_TEXT);
    }
  }

  static <S> Fact<S> text(String name, String meaning, Function<S, String> read) {
    Function<S, Object> bounded = s -> bounded(name, read.apply(s));
    return new Fact<>(name, SimpleType.STRING, List.of(), meaning, bounded, Optional.empty());
  }

  static <S> Fact<S> texts(String name, String meaning, Function<S, List<String>> read) {
    Function<S, Object> bounded =
        s -> {
          List<String> all = read.apply(s);
          all.forEach(text -> bounded(name, text));
          return all;
        };
    CelType type = ListType.create(SimpleType.STRING);
    return new Fact<>(name, type, List.of(), meaning, bounded, Optional.empty());
  }

  /** Texts that are all among {@code words}. */
  static <S> Fact<S> words(
      String name, List<String> words, String meaning, Function<S, List<String>> read) {
    CelType type = ListType.create(SimpleType.STRING);
    return new Fact<>(name, type, words, meaning, read.andThen(it -> it), Optional.empty());
  }

  static <S, E extends Enum<E>> Fact<S> word(
      String name, E[] values, String meaning, Function<S, E> read, Function<E, String> word) {
    List<String> words = Arrays.stream(values).map(word).toList();
    Function<S, Object> text = s -> word.apply(read.apply(s));
    return new Fact<>(name, SimpleType.STRING, words, meaning, text, Optional.empty());
  }

  static <S> Fact<S> flag(String name, String meaning, Function<S, Boolean> read) {
    return new Fact<>(
        name, SimpleType.BOOL, List.of(), meaning, read.andThen(b -> b), Optional.empty());
  }

  static <S> Fact<S> number(String name, String meaning, Function<S, Long> read) {
    return new Fact<>(
        name, SimpleType.INT, List.of(), meaning, read.andThen(n -> n), Optional.empty());
  }

  static <S> Fact<S> real(String name, String meaning, Function<S, Double> read) {
    return new Fact<>(
        name, SimpleType.DOUBLE, List.of(), meaning, read.andThen(n -> n), Optional.empty());
  }

  static <S, T> Fact<S> group(String name, Facts<T> parts, String meaning, Function<S, T> read) {
    CelType type = StructTypeReference.create(parts.name());
    return new Fact<>(name, type, List.of(), meaning, read.andThen(it -> it), Optional.of(parts));
  }

  static <S, T> Fact<S> list(
      String name, Facts<T> parts, String meaning, Function<S, List<T>> read) {
    CelType type = ListType.create(StructTypeReference.create(parts.name()));
    return new Fact<>(name, type, List.of(), meaning, read.andThen(it -> it), Optional.of(parts));
  }

  /**
   * Reads everything that may be too long.
   *
   * @throws TooLong when a text is longer than rules read
   */
  void readAll(Object thing) {
    for (Fact<S> fact : lengthy) {
      Object value = fact.of(thing);
      if (fact.parts().isPresent()) {
        Facts<?> parts = fact.parts().get();
        if (value instanceof List<?> items) {
          items.forEach(parts::readAll);
        } else {
          parts.readAll(value);
        }
      }
    }
  }

  /** The type that the checker of expressions knows. */
  StructType type() {
    ImmutableMap<String, CelType> types =
        all.stream().collect(ImmutableMap.toImmutableMap(Fact::name, Fact::type));
    return StructType.create(name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
  }

  /** The names that can be written after the dot. */
  List<String> names() {
    return all.stream().map(Fact::name).toList();
  }

  /** Whether one of the facts can be this word. */
  boolean hasWord(String word) {
    return all.stream().anyMatch(fact -> fact.words().contains(word));
  }

  /** The fact of that name. */
  Optional<Fact<S>> find(String fact) {
    return all.stream().filter(f -> f.name().equals(fact)).findFirst();
  }

  private static String bounded(String name, String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new TooLong(name, text.length());
    }
    return text;
  }
}
