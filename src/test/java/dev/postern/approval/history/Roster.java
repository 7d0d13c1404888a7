package dev.postern.approval.history;

import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The people of a history, as they are now. */
final class Roster implements Directory {
  private final Map<String, Set<String>> groups = new LinkedHashMap<>();

  Roster(Setting setting) {
    setting.groups().forEach((who, in) -> groups.put(who, new TreeSet<>(in)));
  }

  void move(Step.Moves step) {
    Set<String> in = groups.getOrDefault(step.who(), new TreeSet<>());
    if (step.joins()) {
      in.add(step.group());
    } else {
      in.remove(step.group());
    }
  }

  void strike(String who) {
    groups.remove(who);
  }

  boolean knows(String who) {
    return groups.containsKey(who);
  }

  /** Whether an entry of a policy names that person now. */
  boolean names(String entry, String who) {
    return knows(who) && (entry.equals(who) || groups.getOrDefault(who, Set.of()).contains(entry));
  }

  List<String> everybody() {
    return List.copyOf(groups.keySet());
  }

  Person person(String who) {
    Set<String> in = new TreeSet<>();
    groups.getOrDefault(who, Set.of()).forEach(g -> in.add(g.substring("group:".length())));
    return new Person(
        who, "The " + who, Optional.of(Setting.address(who)), Optional.of("U" + who), in);
  }

  @Override
  public Optional<Person> person(Identity account) {
    String who = account.platform().equals("slack") ? account.user().substring(1) : account.user();
    return knows(who) ? Optional.of(person(who)) : Optional.empty();
  }

  @Override
  public List<Person> named(String entry) {
    return everybody().stream().filter(who -> names(entry, who)).map(this::person).toList();
  }
}
