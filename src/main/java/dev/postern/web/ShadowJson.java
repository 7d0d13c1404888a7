package dev.postern.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.policy.ShadowRule;
import dev.postern.policy.ShadowRule.Inline;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of rules in shadow, on its way from a running Postern to a command. */
public final class ShadowJson {
  private static final int LONGEST_NAME = 40;

  private ShadowJson() {}

  static String write(List<ShadowRule> rules) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (ShadowRule rule : rules) {
      ObjectNode it = all.withArray("rules").addObject().put("rule", rule.name());
      it.put("meaning", rule.meaning()).put("passed", rule.inline().passed());
      it.put("refused", rule.inline().refused());
      rule.since().ifPresent(since -> it.put("since", since.toString()));
    }
    return all.toString();
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException where it is something else
   */
  public static List<ShadowRule> read(JsonNode document) {
    List<ShadowRule> rules = new ArrayList<>();
    for (JsonNode it : document.path("rules")) {
      long passed = it.path("passed").asLong(-1);
      long refused = it.path("refused").asLong(-1);
      String name = it.path("rule").asText();
      if (passed < 0 || refused < 0 || name.isEmpty() || name.length() > LONGEST_NAME) {
        throw new IllegalArgumentException("this is no rule in shadow");
      }
      rules.add(
          new ShadowRule(
              name, "", it.path("meaning").asText(), since(it), new Inline(passed, refused)));
    }
    return rules;
  }

  private static Optional<Instant> since(JsonNode it) {
    try {
      return it.has("since")
          ? Optional.of(Instant.parse(it.path("since").asText()))
          : Optional.empty();
    } catch (DateTimeException noMoment) {
      throw new IllegalArgumentException("this is no rule in shadow", noMoment);
    }
  }
}
