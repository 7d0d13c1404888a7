package dev.postern.policy;

import dev.postern.policy.SourceFiles.SourceFile;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Changes one rule in the text of a policy: remarks, order and layout of all else stay. What comes
 * out is read again, and has to differ in that one rule only. Reads no file by itself and writes
 * none.
 */
public final class PolicyEdit {
  private static final String RULES = "rules";

  private final String first;
  private final PolicyFiles folder;
  private final SourceFiles files;
  private final Policy policy;

  private PolicyEdit(String first, PolicyFiles folder, SourceFiles files, Policy policy) {
    this.first = first;
    this.folder = folder;
    this.files = files;
    this.policy = policy;
  }

  /** What came of it. */
  public sealed interface Edited {
    /**
     * It can be changed like this.
     *
     * @param file the one that changes, as the policy calls it
     * @param before its text
     * @param after its new text
     * @param policy the whole policy as it would be
     */
    record Changed(String file, String before, String after, Policy policy) implements Edited {}

    /**
     * It cannot.
     *
     * @param why in sentences, with the place where there is one
     */
    record Refused(String why) implements Edited {}
  }

  /**
   * How far a rule that leaves its shadow shall go.
   *
   * @param until its last day; empty: as the file has it
   * @param limit the most automatic actions of an hour; empty: as the file has it
   */
  public record Terms(Optional<LocalDate> until, OptionalInt limit) {}

  /**
   * A rule and where it stands.
   *
   * @param rules all of its file
   * @param at which of them
   */
  private record Placed(SourceFile file, SequenceNode rules, int at) {
    Node node() {
      return rules.getValue().get(at);
    }

    boolean named(String name) {
      return node() instanceof MappingNode rule
          && rule.getValue().stream()
              .anyMatch(
                  entry ->
                      PlainYaml.of(entry.getKeyNode()).equals("name")
                          && entry.getValueNode() instanceof ScalarNode word
                          && word.getValue().equals(name));
    }

    String place() {
      return file.name() + ":" + (node().getStartMark().getLine() + 1);
    }
  }

  /**
   * Reads the policy that is to be changed.
   *
   * @throws PolicyProblem with everything that is wrong in it as it is
   */
  public static PolicyEdit of(String yaml, String fileName, PolicyFiles folder)
      throws PolicyProblem {
    Policy policy = Policy.parse(yaml, fileName, folder);
    SourceFiles files = SourceFiles.read(yaml, fileName, folder, new Faults(fileName));
    return new PolicyEdit(fileName, folder, files, policy);
  }

  /** The built-in policy, of which changes can be tried. */
  public static PolicyEdit builtIn() {
    try {
      return of(Policy.builtInText(), Policy.BUILT_IN_NAME, PolicyFiles.NONE);
    } catch (PolicyProblem defect) {
      throw new IllegalStateException("the built-in policy is broken", defect);
    }
  }

  /** The same after a change, for a further one. */
  PolicyEdit then(Edited.Changed it) throws PolicyProblem {
    boolean atFirst = it.file().equals(first);
    PolicyFiles changed =
        name -> name.equals(it.file()) && !atFirst ? it.after() : folder.read(name);
    return of(atFirst ? it.after() : files.all().getFirst().text(), first, changed);
  }

  /** The policy as it is. */
  public Policy policy() {
    return policy;
  }

  /**
   * Lets a rule that only records decide.
   *
   * @param now when that begins
   */
  public Edited promote(String name, Terms terms, Instant now) {
    Optional<Placed> found = find(name);
    if (found.isEmpty()) {
      String near =
          NearestWord.to(name, policy.rules()).map(it -> "; did you mean " + it + "?").orElse("");
      return new Edited.Refused("the policy has no rule \"" + name + "\"" + near);
    }
    Rule rule = policy.rule(name).orElseThrow();
    LocalDate today = now.atZone(policy.zone()).toLocalDate();
    Optional<String> why = refusal(rule, terms, today);
    if (why.isPresent()) {
      return new Edited.Refused(found.get().place() + ": " + why.get());
    }
    Map<String, String> more = new LinkedHashMap<>();
    terms.until().ifPresent(day -> more.put("until", day.toString()));
    terms.limit().ifPresent(limit -> more.put("limit", Integer.toString(limit)));
    return promoted(found.get(), more);
  }

  private static Optional<String> refusal(Rule rule, Terms terms, LocalDate today) {
    Optional<LocalDate> until = terms.until().or(() -> rule.terms().until());
    if (!rule.terms().shadow()) {
      return Optional.of(
          "rule " + rule.name() + " decides already: it has no \"shadow: true\" to take off");
    }
    if (until.filter(today::isAfter).isPresent()) {
      return Optional.of(
          "rule " + rule.name() + " ended on " + until.get() + ": give it a later day to end");
    }
    return rule.action() instanceof Action.Ask && terms.limit().isPresent()
        ? Optional.of("rule " + rule.name() + " asks, and a rule that asks needs no limit")
        : Optional.empty();
  }

  private Edited promoted(Placed found, Map<String, String> more) {
    MappingNode node = (MappingNode) found.node();
    List<Object> rules = PlainYaml.list(found.rules());
    Map<Object, Object> rule = PlainYaml.map(node);
    rule.remove(ShadowLift.SHADOW);
    rule.putAll(more);
    rules.set(found.at(), rule);
    return checked(found.file(), ShadowLift.of(found.file().text(), node, more), rules);
  }

  /**
   * Puts one more rule in front of another.
   *
   * @param rule its lines as in a list; the first one, or the first below remarks, has the dash
   * @param above the rule in front of which it stands; where there is none of that name, it stands
   *     behind all others
   */
  public Edited insert(List<String> rule, String above) {
    Optional<Placed> before = find(above);
    Optional<Placed> beside = before.or(this::last);
    Optional<Node> added = SourceFiles.compose(String.join("\n", rule), new Faults("rule"));
    Optional<String> after =
        before
            .flatMap(it -> RuleSlot.before(it.file().text(), it.node()))
            .or(
                () ->
                    beside
                        .filter(_ -> before.isEmpty())
                        .flatMap(it -> RuleSlot.after(it.file().text(), it.node())))
            .map(slot -> slot.with(rule));
    if (after.isEmpty()) {
      return new Edited.Refused(
          "the rules of this policy do not stand below each other (- name: …): paste it yourself");
    }
    Placed place = beside.orElseThrow();
    List<Object> rules = PlainYaml.list(place.rules());
    rules.addAll(
        before.isPresent() ? place.at() : rules.size(),
        PlainYaml.list((SequenceNode) added.orElseThrow()));
    return checked(place.file(), after.get(), rules);
  }

  private Optional<Placed> find(String name) {
    return files.all().stream()
        .flatMap(file -> rules(file).stream())
        .filter(it -> it.named(name))
        .findFirst();
  }

  private Optional<Placed> last() {
    List<Placed> rules = rules(files.all().getFirst());
    return rules.isEmpty() ? Optional.empty() : Optional.of(rules.getLast());
  }

  private static List<Placed> rules(SourceFile file) {
    List<Placed> rules = new ArrayList<>();
    if (file.section().get(RULES).orElse(file.section().node()) instanceof SequenceNode list) {
      for (int i = 0; i < list.getValue().size(); i++) {
        rules.add(new Placed(file, list, i));
      }
    }
    return rules;
  }

  /** Whether it says what it is to say, nothing else is changed, and the whole can be used. */
  private Edited checked(SourceFile file, String after, List<Object> rules) {
    Object wanted = said(file.section().node(), rules);
    Optional<Node> root = SourceFiles.compose(after, new Faults(file.name()));
    if (root.filter(it -> says(it, wanted)).isPresent()) {
      PolicyFiles changed =
          name -> name.equals(file.name()) && !name.equals(first) ? after : folder.read(name);
      String start = file.name().equals(first) ? after : files.all().getFirst().text();
      try {
        return new Edited.Changed(
            file.name(), file.text(), after, Policy.parse(start, first, changed));
      } catch (PolicyProblem problem) {
        return new Edited.Refused(
            "the policy could not be used then; mend this first:\n" + problem.getMessage());
      }
    }
    return new Edited.Refused(
        file.name() + " is written in a way that cannot be changed here: change it yourself");
  }

  private static Object said(Node root, List<Object> rules) {
    Map<Object, Object> all = PlainYaml.map((MappingNode) root);
    all.put(RULES, rules.stream().map(PolicyEdit::withoutFalse).toList());
    return all;
  }

  private static boolean says(Node root, Object wanted) {
    return root instanceof MappingNode map
        && PlainYaml.map(map).get(RULES) instanceof List<?> rules
        && said(map, List.copyOf(rules)).equals(wanted);
  }

  /** {@code shadow: false} says the same as nothing. */
  private static Object withoutFalse(Object rule) {
    if (rule instanceof Map<?, ?> map && "false".equals(map.get(ShadowLift.SHADOW))) {
      Map<Object, Object> rest = new LinkedHashMap<>(map);
      rest.remove(ShadowLift.SHADOW);
      return rest;
    }
    return rule;
  }
}
