package dev.postern.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules of one policy file. Rules are tried in order and the first that matches decides; a
 * message that none matches is asked about, and so is one on which a rule fails with an error.
 * Immutable, safe for many threads; expressions are compiled when the file is parsed.
 */
public final class Policy implements Rules {
  /** Where the built-in policy stands on the class path. */
  public static final String BUILT_IN = "/policy/default.yaml";

  /** How complaints would call it. */
  static final String BUILT_IN_NAME = "default.yaml";

  /** Where a policy does not say. */
  static final Duration USUAL_SHADOW_REPORT = Duration.ofDays(7);

  private final String version;
  private final ZoneId zone;
  private final List<Rule> rules;
  private final Grouping grouping;
  private final Chains chains;
  private final Optional<Duration> shadowReport;

  /**
   * Whom a policy knows.
   *
   * @param all in the order of the file
   * @param rotas in the order of the file
   * @param groups ids of people by the names of groups
   * @param otherwise the name of the chain that is asked when no rule matches
   * @param mayFreeze who may freeze releasing by rule
   * @param grants how exceptions are asked for
   */
  record Chains(
      List<Chain> all,
      List<Rota> rotas,
      Map<String, List<String>> groups,
      String otherwise,
      List<String> mayFreeze,
      GrantLaw grants) {
    Chains {
      all = List.copyOf(all);
      rotas = List.copyOf(rotas);
      groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
      mayFreeze = List.copyOf(mayFreeze);
    }
  }

  Policy(
      String version,
      ZoneId zone,
      List<Rule> rules,
      Chains chains,
      Grouping grouping,
      Optional<Duration> shadowReport) {
    this.version = version;
    this.zone = zone;
    this.rules = List.copyOf(rules);
    this.grouping = grouping;
    this.chains = chains;
    this.shadowReport = shadowReport;
  }

  /**
   * Reads a policy.
   *
   * @param yaml the text of the file
   * @param fileName how complaints call it
   * @throws PolicyProblem with everything that is wrong
   */
  public static Policy parse(String yaml, String fileName) throws PolicyProblem {
    return parse(yaml, fileName, PolicyFiles.NONE);
  }

  /**
   * Reads a policy with the files that it includes.
   *
   * @param folder where these stand
   * @throws PolicyProblem with everything that is wrong
   */
  public static Policy parse(String yaml, String fileName, PolicyFiles folder)
      throws PolicyProblem {
    return PolicyReader.read(yaml, fileName, folder);
  }

  /** The policy that is in force where the settings name none. */
  public static Policy builtIn() {
    try {
      return parse(builtInText(), BUILT_IN_NAME);
    } catch (PolicyProblem defect) {
      throw new IllegalStateException("the built-in policy is broken", defect);
    }
  }

  /** The file that it is read from. */
  static String builtInText() {
    try (InputStream file = Policy.class.getResourceAsStream(BUILT_IN)) {
      byte[] octets = Objects.requireNonNull(file, BUILT_IN).readAllBytes();
      return new String(octets, StandardCharsets.UTF_8);
    } catch (IOException defect) {
      throw new IllegalStateException("the built-in policy is broken", defect);
    }
  }

  @Override
  public Ruling rule(Situation situation) {
    return new Trial(situation.in(zone), version, chains.otherwise()).by(rules);
  }

  @Override
  public Chain chain(String name) {
    return named(name).or(() -> named(chains.otherwise())).orElseThrow();
  }

  private Optional<Chain> named(String name) {
    return chains.all().stream().filter(chain -> chain.name().equals(name)).findFirst();
  }

  @Override
  public Grouping grouping() {
    return grouping;
  }

  @Override
  public Optional<Rota> rota(String name) {
    return chains.rotas().stream().filter(rota -> rota.name().equals(name)).findFirst();
  }

  @Override
  public Optional<List<String>> group(String name) {
    return Optional.ofNullable(chains.groups().get(name));
  }

  /** Ids of people by the names of groups, in the order of the file. */
  public Map<String, List<String>> groups() {
    return chains.groups();
  }

  /** All rotas, in the order of the file. */
  public List<Rota> rotas() {
    return chains.rotas();
  }

  /** All chains, in the order of the file. */
  public List<Chain> chains() {
    return chains.all();
  }

  /** Every stage of every chain, those that break the glass included. */
  public List<StagePlan> stages() {
    return chains.all().stream()
        .flatMap(chain -> Stream.concat(chain.stages().stream(), chain.breakGlass().stream()))
        .toList();
  }

  /** Names of the rules, in order. */
  public List<String> rules() {
    return rules.stream().map(Rule::name).toList();
  }

  /** Names of the rules whose last day is over, in order: they decide nothing any more. */
  public List<String> ended(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    return rules.stream()
        .filter(rule -> rule.terms().until().filter(today::isAfter).isPresent())
        .map(Rule::name)
        .toList();
  }

  /** How long after it began a digest tells what a rule in shadow would have done; empty: never. */
  public Optional<Duration> shadowReport() {
    return shadowReport;
  }

  /** Rules that only record, in order. */
  public List<ShadowRule> shadows() {
    return rules.stream().filter(rule -> rule.terms().shadow()).map(ShadowRule::of).toList();
  }

  /** The rule of that name. */
  Optional<Rule> rule(String name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }

  /** The time zone of {@code until} and of the facts under {@code now}. */
  ZoneId zone() {
    return zone;
  }

  @Override
  public Chain otherwise() {
    return chain(chains.otherwise());
  }

  @Override
  public List<String> mayFreeze() {
    return chains.mayFreeze();
  }

  @Override
  public GrantLaw grants() {
    return chains.grants();
  }

  /** Every entry that names whom to ask, or who may freeze, as the file has it. */
  public List<String> named() {
    Stream<String> asked = stages().stream().flatMap(stage -> stage.asked().approvers().stream());
    return Stream.concat(asked, chains.mayFreeze().stream()).distinct().toList();
  }

  /** First 12 hexadecimal digits of the SHA-256 of its files. */
  public String version() {
    return version;
  }
}
