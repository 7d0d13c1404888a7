package dev.postern.policy;

import dev.postern.evidence.Home;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a file of tests; finds everything that is wrong in one run, as with policies. */
final class TestFileReader {
  private static final List<String> KEYS = List.of("policy", "home", "cases");
  private static final List<String> HOME_KEYS =
      List.of("own-domains", "frequent-domains", "colleagues", "authserv-ids", "trusted-sealers");
  private static final List<String> EXPECT_KEYS = List.of("do", "rule", "chain", "shadows");
  private static final List<String> ACTIONS = List.of("release", "discard", "ask");

  private final Faults faults;
  private final Section file;
  private final Set<String> names = new HashSet<>();

  private TestFileReader(Faults faults, Section file) {
    this.faults = faults;
    this.file = file;
  }

  static TestFile read(String yaml, String fileName) throws PolicyProblem {
    Faults faults = new Faults(fileName);
    Optional<TestFile> read =
        SourceFiles.compose(yaml, faults)
            .map(root -> Section.open(root, "a file of tests", KEYS, faults))
            .map(section -> new TestFileReader(faults, section).read());
    if (read.isEmpty() || faults.any()) {
      throw faults.problem();
    }
    return read.get();
  }

  private TestFile read() {
    List<TestCase> cases = new ArrayList<>();
    List<Node> nodes = file.list("cases");
    if (nodes.isEmpty()) {
      fault(
          file.node(),
          "the file has no cases: a list, each with name, evidence or message, expect");
    }
    for (Node node : nodes) {
      oneCase(node).ifPresent(cases::add);
    }
    return new TestFile(file.scalar("policy").map(ScalarNode::getValue), home(), cases);
  }

  private Optional<TestCase> oneCase(Node node) {
    Section section = file.inside(node, "a case", GivenReader.KEYS);
    Optional<ScalarNode> name = section.required("name", "the case");
    name.filter(it -> !names.add(it.getValue()))
        .ifPresent(it -> fault(it, "there are two cases named \"" + it.getValue() + "\""));
    Optional<TestCase.Given> given = new GivenReader(section, faults).read();
    Optional<Expectation> expected = expectation(section);
    return name.isPresent() && given.isPresent() && expected.isPresent()
        ? Optional.of(
            new TestCase(
                name.get().getValue(),
                name.get().getStartMark().getLine() + 1,
                given.get(),
                expected.get()))
        : Optional.empty();
  }

  /** {@code expect: release}, or a mapping. */
  private Optional<Expectation> expectation(Section of) {
    Optional<Node> node = of.get("expect");
    if (node.isEmpty()) {
      fault(of.node(), "the case has no expect: { do: release, rule: NAME }");
      return Optional.empty();
    }
    if (node.get() instanceof ScalarNode word) {
      return action(word)
          .map(it -> new Expectation(it, Optional.empty(), Optional.empty(), Optional.empty()));
    }
    Section section = of.inside(node.get(), "expect", EXPECT_KEYS);
    Optional<String> action = section.required("do", "expect").flatMap(this::action);
    Optional<ScalarNode> chain = section.scalar("chain");
    if (chain.isPresent() && action.filter(it -> !it.equals("ask")).isPresent()) {
      fault(chain.get(), "only a message that is asked about has a chain");
    }
    return action.map(
        it ->
            new Expectation(
                it,
                section.scalar("rule").map(ScalarNode::getValue),
                chain.map(ScalarNode::getValue),
                section.get("shadows").map(_ -> section.words("shadows"))));
  }

  private Optional<String> action(ScalarNode node) {
    String word = node.getValue();
    if (ACTIONS.contains(word)) {
      return Optional.of(word);
    }
    String what = "do is release, discard or ask, not \"" + word + "\"";
    faults.add(node.getStartMark(), what, NearestWord.to(word, ACTIONS));
    return Optional.empty();
  }

  private Home home() {
    Optional<Section> home = file.get("home").map(it -> file.inside(it, "home", HOME_KEYS));
    return home.map(
            it ->
                new Home(
                    new LinkedHashSet<>(it.words("authserv-ids")),
                    domains(it, "trusted-sealers"),
                    domains(it, "own-domains"),
                    domains(it, "frequent-domains"),
                    it.words("colleagues")))
        .orElse(Home.unknown());
  }

  private Set<DomainName> domains(Section section, String key) {
    Set<DomainName> domains = new LinkedHashSet<>();
    for (String word : section.words(key)) {
      DomainName.parse(word)
          .ifPresentOrElse(
              domains::add,
              () -> fault(section.get(key).orElseThrow(), "\"" + word + "\" is no domain"));
    }
    return domains;
  }

  private void fault(Node node, String what) {
    faults.add(node.getStartMark(), what, Optional.empty());
  }
}
