package dev.postern.policy;

import dev.postern.policy.Condition.Verdict;
import dev.postern.policy.PolicyProblem.Fault;
import dev.postern.policy.Ruling.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The rules of one policy file. Rules are tried in order and the first that matches decides; a
 * message that none matches is asked about, and so is one on which a rule fails with an error.
 * Immutable, safe for many threads; expressions are compiled when the file is parsed.
 */
public final class Policy implements Rules {
  /** Where the built-in policy stands on the class path. */
  public static final String BUILT_IN = "/policy/default.yaml";

  private static final List<String> KEYS =
      List.of("hours", "on-call", "chains", "rules", "otherwise", "may-freeze");
  private static final String OTHERWISE = "otherwise";
  private static final int LARGEST_FILE = 256 * 1024;

  private final String version;
  private final List<Rule> rules;
  private final List<Chain> chains;
  private final List<Rota> rotas;
  private final String otherwise;
  private final List<String> mayFreeze;

  private Policy(
      String version,
      List<Rule> rules,
      List<Chain> chains,
      List<Rota> rotas,
      String otherwise,
      List<String> mayFreeze) {
    this.version = version;
    this.rules = List.copyOf(rules);
    this.chains = List.copyOf(chains);
    this.rotas = List.copyOf(rotas);
    this.otherwise = otherwise;
    this.mayFreeze = List.copyOf(mayFreeze);
  }

  /**
   * Reads a policy.
   *
   * @param yaml the text of the file
   * @param fileName how complaints call it
   * @throws PolicyProblem with everything that is wrong
   */
  public static Policy parse(String yaml, String fileName) throws PolicyProblem {
    List<Fault> faults = new ArrayList<>();
    Optional<Policy> policy = compose(yaml, faults).flatMap(root -> read(root, yaml, faults));
    if (policy.isEmpty() || !faults.isEmpty()) {
      throw new PolicyProblem(fileName, faults);
    }
    return policy.get();
  }

  /** The policy that is in force where the settings name none. */
  public static Policy builtIn() {
    try (InputStream file = Policy.class.getResourceAsStream(BUILT_IN)) {
      byte[] octets = Objects.requireNonNull(file, BUILT_IN).readAllBytes();
      return parse(new String(octets, StandardCharsets.UTF_8), "default.yaml");
    } catch (IOException | PolicyProblem defect) {
      throw new IllegalStateException("the built-in policy is broken", defect);
    }
  }

  @Override
  public Ruling rule(Situation situation) {
    List<Step> trace = new ArrayList<>();
    try {
      View.ROOT.readAll(situation);
    } catch (Facts.TooLong tooLong) {
      trace.add(new Step(OTHERWISE, true, String.valueOf(tooLong.getMessage())));
      return ask(OTHERWISE, "A field of the message is too long for rules to read.", trace);
    }
    Effort effort = new Effort(Effort.OF_ONE_MESSAGE);
    for (Rule rule : rules) {
      switch (rule.when().judge(situation, effort)) {
        case Verdict.Fails(String part) -> trace.add(new Step(rule.name(), false, part));
        case Verdict.Holds _ -> {
          trace.add(new Step(rule.name(), true, rule.when().text()));
          return new Ruling(rule.action(), rule.name(), rule.reason(), version, trace);
        }
        case Verdict.Broken(String error) -> {
          // Later rules count on this one not matching, so none of them may decide.
          trace.add(new Step(rule.name(), false, "error: " + error));
          return ask(rule.name(), "Rule " + rule.name() + " met an error.", trace);
        }
      }
    }
    trace.add(new Step(OTHERWISE, true, "no rule matched"));
    return ask(OTHERWISE, "No rule covers this message.", trace);
  }

  @Override
  public Chain chain(String name) {
    return named(name).or(() -> named(otherwise)).orElseThrow();
  }

  private Optional<Chain> named(String name) {
    return chains.stream().filter(chain -> chain.name().equals(name)).findFirst();
  }

  @Override
  public Optional<Rota> rota(String name) {
    return rotas.stream().filter(rota -> rota.name().equals(name)).findFirst();
  }

  /** All rotas, in the order of the file. */
  public List<Rota> rotas() {
    return rotas;
  }

  /** All chains, in the order of the file. */
  public List<Chain> chains() {
    return chains;
  }

  /** Every stage of every chain, those that break the glass included. */
  public List<StagePlan> stages() {
    return chains.stream()
        .flatMap(chain -> Stream.concat(chain.stages().stream(), chain.breakGlass().stream()))
        .toList();
  }

  /** Names of the rules, in order. */
  public List<String> rules() {
    return rules.stream().map(Rule::name).toList();
  }

  @Override
  public Chain otherwise() {
    return chain(otherwise);
  }

  @Override
  public List<String> mayFreeze() {
    return mayFreeze;
  }

  /** Every entry that names whom to ask, or who may freeze, as the file has it. */
  public List<String> named() {
    Stream<String> asked = stages().stream().flatMap(stage -> stage.asked().approvers().stream());
    return Stream.concat(asked, mayFreeze.stream()).distinct().toList();
  }

  /** First 12 hexadecimal digits of the SHA-256 of the file. */
  public String version() {
    return version;
  }

  private Ruling ask(String rule, String reason, List<Step> trace) {
    return new Ruling(new Action.Ask(otherwise), rule, reason, version, trace);
  }

  /** Nodes only: no object is ever made from a tag, so nothing in the file can run. */
  private static Optional<Node> compose(String yaml, List<Fault> faults) {
    if (yaml.length() > LARGEST_FILE) {
      faults.add(new Fault(1, 1, "the file is larger than 256 KiB", Optional.empty()));
      return Optional.empty();
    }
    LoaderOptions bounds = new LoaderOptions();
    bounds.setNestingDepthLimit(16);
    bounds.setMaxAliasesForCollections(16);
    bounds.setAllowRecursiveKeys(false);
    try {
      Optional<Node> root = Optional.ofNullable(new Yaml(bounds).compose(new StringReader(yaml)));
      if (root.isEmpty()) {
        faults.add(new Fault(1, 1, "the file is empty", Optional.empty()));
      }
      return root;
    } catch (MarkedYAMLException broken) {
      Mark mark = Objects.requireNonNullElse(broken.getProblemMark(), broken.getContextMark());
      faults.add(Section.fault(mark, "not YAML: " + broken.getProblem(), Optional.empty()));
    } catch (YAMLException broken) {
      faults.add(new Fault(1, 1, "not YAML: " + broken.getMessage(), Optional.empty()));
    }
    return Optional.empty();
  }

  private static Optional<Policy> read(Node root, String yaml, List<Fault> faults) {
    Section file = Section.open(root, "the file", KEYS, faults);
    if (file.get("chains").isEmpty() || file.get("rules").isEmpty()) {
      file.fault(root, "a policy has chains and rules", Optional.empty());
      return Optional.empty();
    }
    Section named = Section.open(file.get("chains").get(), "chains", faults);
    Calendar calendar = new Calendar(file, faults);
    List<Chain> chains = new ChainReader(calendar, faults).read(named);
    List<Rule> rules = new RuleReader(yaml, named.keys(), faults).read(file.list("rules"));
    Optional<String> otherwise = otherwise(file, named);
    List<String> mayFreeze =
        new StageReader(calendar).people(file, "may-freeze", "may-freeze lists");
    return otherwise.map(
        chain -> new Policy(version(yaml), rules, chains, calendar.rotas(), chain, mayFreeze));
  }

  private static Optional<String> otherwise(Section file, Section chains) {
    Optional<String> named = file.scalar(OTHERWISE).map(node -> node.getValue());
    if (named.isPresent() && !chains.keys().contains(named.get())) {
      String what = "there is no chain \"" + named.get() + "\"";
      file.fault(file.get(OTHERWISE).get(), what, NearestWord.to(named.get(), chains.keys()));
    } else if (named.isEmpty() && chains.keys().isEmpty()) {
      file.fault(chains.node(), "a policy needs at least one chain", Optional.empty());
    } else if (named.isEmpty() && chains.keys().size() > 1) {
      String what = "there are several chains: \"otherwise: NAME\" says who is asked";
      file.fault(file.node(), what + " when no rule matches", Optional.empty());
    }
    return named.or(() -> chains.keys().stream().findFirst());
  }

  private static String version(String yaml) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(yaml.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
