package dev.postern.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Single values that stand in several places of a policy file: durations, dates, words. */
final class Scalars {
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,3}) ?(m|h|d)");
  private static final Duration LONGEST = Duration.ofDays(30);

  private Scalars() {}

  /** A duration such as {@code 30m}, {@code 4h} or {@code 2d}, at most thirty days. */
  static Optional<Duration> duration(Section section, Node node, String what) {
    String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    Matcher form = DURATION.matcher(text);
    if (form.matches()) {
      long amount = Long.parseLong(form.group(1));
      Duration duration =
          switch (form.group(2)) {
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
          };
      if (duration.compareTo(LONGEST) <= 0) {
        return Optional.of(duration);
      }
    }
    String form1 = " is a duration such as 30m, 4h or 2d, at most 30d, not \"" + text + "\"";
    section.fault(node, what + form1, Optional.empty());
    return Optional.empty();
  }

  /** The constant that a key names, in lower case; {@code usual} where the key is not there. */
  static <E extends Enum<E>> E word(Section section, String key, E usual) {
    List<E> all = List.of(usual.getDeclaringClass().getEnumConstants());
    List<String> words = all.stream().map(Scalars::word).toList();
    Optional<ScalarNode> node = section.scalar(key);
    if (node.isEmpty()) {
      return usual;
    }
    int at = words.indexOf(node.get().getValue());
    if (at >= 0) {
      return all.get(at);
    }
    String what = key + " is one of " + String.join(", ", words);
    section.fault(node.get(), what, NearestWord.to(node.get().getValue(), words));
    return usual;
  }

  /** How a file names a constant: {@code MAJORITY} is {@code majority}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Splits at commas and strips each part. */
  static List<String> parts(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  /** The time zone that a node names. */
  static Optional<ZoneId> zone(Section section, ScalarNode node) {
    return parsed(section, node, ZoneId::of, "a time zone such as Europe/Berlin");
  }

  /** What a node says, read by {@code parser}; a fault where it is not of that form. */
  static <T> Optional<T> parsed(
      Section section, ScalarNode node, Function<String, T> parser, String form) {
    try {
      return Optional.of(parser.apply(node.getValue()));
    } catch (DateTimeException notOfThatForm) {
      section.fault(node, "\"" + node.getValue() + "\" is not " + form, Optional.empty());
    }
    return Optional.empty();
  }
}
