package dev.postern.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads how far a rule goes: {@code until}, {@code shadow}, {@code limit} and more. */
final class TermsReader {
  private static final List<String> TRUTHS = List.of("true", "false");

  private final Section section;

  TermsReader(Section section) {
    this.section = section;
  }

  Rule.Terms read(Optional<Action> action) {
    Optional<LocalDate> until =
        section
            .scalar("until")
            .flatMap(
                at -> Scalars.parsed(section, at, LocalDate::parse, "a date such as 2026-12-31"));
    boolean asks = action.filter(Action.Ask.class::isInstance).isPresent();
    int limit = section.scalar("limit").map(at -> limit(at, asks)).orElse(0);
    boolean force = truth("force");
    if (force && action.filter(Action.Discard.class::isInstance).isEmpty()) {
      fault("force", "only a rule that discards needs force");
    }
    boolean overGrants = truth("overrides-grants");
    if (overGrants && action.filter(Action.Discard.class::isInstance).isPresent()) {
      fault("overrides-grants", "no grant lets pass what a rule discards: leave it out");
    }
    return new Rule.Terms(until, truth("shadow"), limit, force, overGrants);
  }

  private int limit(ScalarNode at, boolean asks) {
    if (asks) {
      fault("limit", "a rule that asks needs no limit");
    }
    if (at.getValue().matches("[1-9][0-9]{0,5}")) {
      return Integer.parseInt(at.getValue());
    }
    fault("limit", "limit is the most automatic actions of an hour, a number from 1 to 999999");
    return 0;
  }

  /** Whether a key says true; false where it is not there. */
  boolean truth(String key) {
    Optional<String> word = section.scalar(key).map(ScalarNode::getValue);
    if (word.filter(it -> !TRUTHS.contains(it)).isPresent()) {
      fault(key, key + " is true or false, not \"" + word.get() + "\"");
    }
    return word.filter("true"::equals).isPresent();
  }

  private void fault(String key, String what) {
    section.get(key).ifPresent(at -> section.fault(at, what, Optional.empty()));
  }
}
