package dev.postern.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code campaigns}: {@code on}, {@code off}, or a mapping with the bounds. */
final class GroupingReader {
  private static final List<String> KEYS = List.of("window", "gather", "most");
  private static final Pattern SECONDS = Pattern.compile("([1-9][0-9]{0,2}) ?s");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");
  private static final Duration LONGEST_WINDOW = Duration.ofDays(1);
  private static final int FEWEST = 2;

  private GroupingReader() {}

  /** What the policy says; nothing together where it says nothing. */
  static Grouping read(Section policy) {
    Optional<Node> node = policy.get("campaigns");
    if (node.isEmpty()) {
      return Grouping.OFF;
    }
    if (node.get() instanceof ScalarNode word) {
      return word(policy, word);
    }
    Section section = policy.inside(node.get(), "campaigns", KEYS);
    return new Grouping(true, window(section), gather(section), most(section));
  }

  private static Grouping word(Section policy, ScalarNode word) {
    return switch (word.getValue()) {
      case "on" -> Grouping.USUAL;
      case "off" -> Grouping.OFF;
      default -> {
        String what = "campaigns is on, off, or has the keys " + String.join(", ", KEYS);
        policy.fault(word, what, NearestWord.to(word.getValue(), List.of("on", "off")));
        yield Grouping.OFF;
      }
    };
  }

  private static Duration window(Section section) {
    Optional<Duration> window =
        section.get("window").flatMap(node -> Scalars.duration(section, node, "window"));
    if (window.filter(w -> w.compareTo(LONGEST_WINDOW) > 0).isPresent()) {
      section.fault(section.get("window").get(), "window is at most 1d", Optional.empty());
    }
    return window.orElse(Grouping.USUAL_WINDOW);
  }

  private static Duration gather(Section section) {
    Optional<ScalarNode> node = section.scalar("gather");
    if (node.isEmpty()) {
      return Grouping.USUAL_GATHER;
    }
    Matcher form = SECONDS.matcher(node.get().getValue());
    if (form.matches()) {
      return Duration.ofSeconds(Long.parseLong(form.group(1)));
    }
    section.fault(node.get(), "gather is a number of seconds such as 20s", Optional.empty());
    return Grouping.USUAL_GATHER;
  }

  private static int most(Section section) {
    Optional<ScalarNode> node = section.scalar("most");
    if (node.isEmpty()) {
      return Grouping.USUAL_MOST;
    }
    String text = node.get().getValue();
    int most = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (most < FEWEST || most > Grouping.USUAL_MOST) {
      String what = "most is a number from " + FEWEST + " to " + Grouping.USUAL_MOST;
      section.fault(node.get(), what, Optional.empty());
      return Grouping.USUAL_MOST;
    }
    return most;
  }
}
