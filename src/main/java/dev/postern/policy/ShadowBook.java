package dev.postern.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What is known of rules in shadow besides cases. Safe for many threads. */
public interface ShadowBook {
  /** Where nothing is remembered. */
  ShadowBook NONE =
      new ShadowBook() {
        @Override
        public void note(List<Ruling.Shadow> shadows, Instant at, boolean passed) {}

        @Override
        public List<ShadowRule> seen() {
          return List.of();
        }

        @Override
        public Map<String, LocalDate> told() {
          return Map.of();
        }

        @Override
        public void told(Collection<String> rules, LocalDate day) {}
      };

  /**
   * Counts a message that has no case, soon: a crash loses the last second. Never throws.
   *
   * @param shadows the rules that matched
   * @param at when it came
   * @param passed whether another rule let it pass; otherwise one refused it
   */
  void note(List<Ruling.Shadow> shadows, Instant at, boolean passed);

  /** Each rule in shadow of the policy that was last put in force, by name. */
  List<ShadowRule> seen();

  /** The rules of which a digest has told what they would have done, with its day. */
  Map<String, LocalDate> told();

  /** The digest of this day has told of these rules. */
  void told(Collection<String> rules, LocalDate day);
}
