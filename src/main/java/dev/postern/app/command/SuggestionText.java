package dev.postern.app.command;

import dev.postern.policy.Agreement;
import dev.postern.policy.Policy;
import dev.postern.policy.Suggestion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules that are proposed, for people and for programs. */
final class SuggestionText {
  private final Suggestion.Terms terms;
  private final int days;

  SuggestionText(Suggestion.Terms terms, int days) {
    this.terms = terms;
    this.days = days;
  }

  String text(List<Suggestion> all) {
    long ready = all.stream().filter(it -> it.missing(terms).isEmpty()).count();
    List<String> lines = new ArrayList<>();
    lines.add(
        ready == 0
            ? "Nothing is decided so much alike in the last %d days that a rule could do it."
                .formatted(days)
            : "%d of what people decided in the last %d days a rule could do:"
                .formatted(ready, days));
    for (int i = 0; i < all.size(); i++) {
      Suggestion it = all.get(i);
      if (i == ready) {
        lines.add("");
        lines.add("Not yet:");
      }
      if (i < ready) {
        lines.addAll(proposed(i + 1, it));
      } else {
        lines.add("  " + it.name() + ": " + it.missing(terms).orElse("") + "; " + figures(it));
      }
    }
    if (ready > 0) {
      lines.add("");
      lines.add("\"postern policy suggest --adopt 1\" writes the first one into the policy file.");
    }
    return String.join("\n", lines);
  }

  private static List<String> proposed(int number, Suggestion it) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(number + ". Above rule " + it.above() + ", in shadow; " + figures(it) + ":");
    it.lines().forEach(line -> lines.add("     " + line));
    lines.add(
        "   It saves %,d votes and %,d h of waiting; %,d more cases nobody decided."
            .formatted(
                it.past().saved().votes(),
                it.past().saved().waited().toHours(),
                it.past().undecided()));
    if (!it.past().exceptions().isEmpty()) {
      lines.add("   Decided the other way: " + String.join(", ", it.past().exceptions()));
    }
    return lines;
  }

  /** In one line without anything foreign. */
  static String figures(Suggestion it) {
    Agreement agreement = it.past().agreement();
    return "people decided so %,d of %,d times, at least %d %%"
        .formatted(agreement.with(), agreement.decided(), agreement.percent());
  }

  static String day(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  String document(Policy policy, List<Suggestion> all) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("days", days);
    document.put("policy", policy.version());
    document.put("suggestions", all.stream().map(this::json).toList());
    return Json.writeAscii(document);
  }

  private Map<String, Object> json(Suggestion it) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rule", it.name());
    json.put("says", it.says());
    json.put("above", it.above());
    json.put("yaml", String.join("\n", it.lines()));
    json.put("agreed", it.past().agreement().with());
    json.put("disagreed", it.past().agreement().against());
    json.put("agreementAtLeast", Math.floor(it.past().agreement().atLeast() * 1000) / 1000);
    json.put("undecided", it.past().undecided());
    json.put("exceptions", it.past().exceptions());
    json.put("votes", it.past().saved().votes());
    json.put("waitedSeconds", it.past().saved().waited().toSeconds());
    json.put("ready", it.missing(terms).isEmpty());
    it.missing(terms).ifPresent(why -> json.put("missing", why));
    return json;
  }
}
