package dev.postern.app.command;

import dev.postern.app.command.Simulation.Head;
import dev.postern.app.command.Simulation.Named;
import dev.postern.policy.Action;
import dev.postern.policy.Precedent.Said;
import dev.postern.policy.Replayed;
import dev.postern.policy.Replayed.Change;
import dev.postern.policy.Replayed.Line;
import dev.postern.policy.Replayed.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A simulation for programs. */
final class SimulationJson {
  private final Head head;
  private final int named;

  private SimulationJson(Head head, int named) {
    this.head = head;
    this.named = named;
  }

  static String of(Simulation it, int named) {
    return Json.writeAscii(new SimulationJson(it.head(), named).document(it.result()));
  }

  private Map<String, Object> document(Replayed result) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("days", head.days());
    all.put("since", head.when().since().toString());
    all.put("until", head.when().until().toString());
    head.before().ifPresent(policy -> all.put("before", policy(policy)));
    all.put("policy", policy(head.after()));
    head.elsewhere().ifPresent(version -> all.put("inForceElsewhere", version));
    all.put("cases", result.read().cases());
    all.put("withoutHistory", result.read().partial());
    all.put("skipped", skipped(result.read()));
    all.put("rules", result.lines().stream().map(SimulationJson::line).toList());
    all.put("shadows", result.shadows().stream().map(SimulationJson::line).toList());
    Map<String, Object> confusion = new LinkedHashMap<>();
    for (String says : List.of("release", "discard", "ask")) {
      confusion.put(says, tally(result.people(says)));
    }
    all.put("people", confusion);
    all.put("changed", changed(result.changed()));
    all.put("saved", saved(result.saved()));
    all.put("sha256", result.digest());
    return all;
  }

  private static Map<String, Object> policy(Named policy) {
    return ordered("name", policy.name(), "version", policy.policy().version());
  }

  private static Map<String, Object> skipped(Replayed.Read read) {
    return ordered(
        "total",
        read.skipped(),
        "named",
        read.named().stream().map(it -> ordered("case", it.id(), "why", it.why())).toList());
  }

  private static Map<String, Object> line(Line line) {
    Map<String, Object> it = ordered("rule", line.rule(), "says", line.says());
    it.put("before", line.before());
    it.put("now", line.after().cases());
    it.put("people", tally(line.after()));
    return it;
  }

  static Map<String, Object> tally(Tally tally) {
    return ordered(
        "released", tally.released(), "discarded", tally.discarded(), "nothing", tally.nobody());
  }

  private Map<String, Object> changed(Replayed.Changed changed) {
    List<Map<String, Object>> turns =
        changed.turns().stream()
            .map(
                turn ->
                    ordered(
                        "before",
                        turn.before(),
                        "now",
                        turn.after(),
                        "people",
                        tally(turn.people())))
            .toList();
    List<Map<String, Object>> cases =
        Stream.of(changed.grave(), changed.named())
            .flatMap(some -> some.stream().limit(named))
            .map(this::change)
            .toList();
    return ordered("total", changed.total(), "turns", turns, "cases", cases);
  }

  private Map<String, Object> change(Change change) {
    Map<String, Object> it = ordered("case", change.id(), "url", head.link(change.id()));
    it.put("before", said(change.before()));
    it.put("now", said(change.after()));
    it.put("people", change.people().name().toLowerCase(Locale.ROOT));
    it.put("againstPeople", change.grave());
    return it;
  }

  private static Map<String, Object> said(Said said) {
    Map<String, Object> it = ordered("does", said.action().word());
    if (said.action() instanceof Action.Ask ask) {
      it.put("chain", ask.chain());
    }
    it.put("rule", said.rule());
    return it;
  }

  private static Map<String, Object> saved(Replayed.Saved saved) {
    return ordered(
        "cases",
        saved.cases(),
        "moreCases",
        saved.more(),
        "votes",
        saved.votes(),
        "waitedSeconds",
        saved.waited().toSeconds());
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> it = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      it.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return it;
  }
}
