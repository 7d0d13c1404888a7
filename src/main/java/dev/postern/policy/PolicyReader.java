package dev.postern.policy;

import dev.postern.policy.RuleOrder.Placed;
import dev.postern.policy.SourceFiles.SourceFile;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a policy from its files. */
final class PolicyReader {
  private static final String OTHERWISE = "otherwise";
  private static final String SHADOW_REPORT = "shadow-report";

  private final SourceFiles files;
  private final Section first;

  private PolicyReader(SourceFiles files, Section first) {
    this.files = files;
    this.first = first;
  }

  static Policy read(String yaml, String fileName, PolicyFiles folder) throws PolicyProblem {
    Faults faults = new Faults(fileName);
    SourceFiles files = SourceFiles.read(yaml, fileName, folder, faults);
    Optional<Policy> policy =
        files.all().stream()
            .findFirst()
            .flatMap(file -> new PolicyReader(files, file.section()).read());
    if (policy.isEmpty() || faults.any()) {
      throw faults.problem();
    }
    return policy.get();
  }

  private Optional<Policy> read() {
    boolean chains = files.all().stream().anyMatch(it -> it.section().get("chains").isPresent());
    if (!chains || first.get("rules").isEmpty()) {
      String needed = "a policy has chains and rules";
      boolean neither = !chains && first.get("rules").isEmpty();
      String what =
          neither ? needed : needed + ", and this has no " + (chains ? "rules" : "chains");
      first.fault(first.node(), what, Optional.empty());
      return Optional.empty();
    }
    Calendar calendar = new Calendar(files.all());
    ChainReader reader = new ChainReader(calendar);
    for (SourceFile file : files.all()) {
      file.section().named("chains").ifPresent(reader::read);
    }
    Map<String, List<String>> groups = GroupReader.read(files.all());
    new QuorumCheck(groups).check(reader.chains(), files.all());
    Map<String, NamedList> lists = ListReader.read(files);
    List<Placed> rules = new RuleReader(files, lists, reader.names()).read();
    RuleOrder.check(rules);
    Optional<String> otherwise = otherwise(reader.names());
    List<String> mayFreeze =
        new StageReader(calendar).people(first, "may-freeze", "may-freeze lists");
    Grouping grouping = GroupingReader.read(first);
    GrantLaw grants = new GrantLawReader(first, reader.names()).read();
    return otherwise.map(
        name ->
            new Policy(
                files.version(),
                zone(),
                rules.stream().map(Placed::rule).toList(),
                new Policy.Chains(
                    reader.chains(), calendar.rotas(), groups, name, mayFreeze, grants),
                grouping,
                shadowReport()));
  }

  private Optional<Duration> shadowReport() {
    Optional<ScalarNode> after = first.scalar(SHADOW_REPORT);
    return after.isPresent() && after.get().getValue().equals("off")
        ? Optional.empty()
        : after.isPresent()
            ? Scalars.duration(first, after.get(), SHADOW_REPORT)
            : Optional.of(Policy.USUAL_SHADOW_REPORT);
  }

  private ZoneId zone() {
    return first.scalar("time-zone").flatMap(at -> Scalars.zone(first, at)).orElse(ZoneOffset.UTC);
  }

  private Optional<String> otherwise(List<String> chains) {
    Optional<String> named = first.scalar(OTHERWISE).map(ScalarNode::getValue);
    if (named.isPresent() && !chains.contains(named.get())) {
      String what = NearestWord.none("chain", named.get(), chains);
      first.fault(first.get(OTHERWISE).get(), what, NearestWord.to(named.get(), chains));
    } else if (named.isEmpty() && chains.isEmpty()) {
      first.fault(first.node(), "a policy needs at least one chain", Optional.empty());
    } else if (named.isEmpty() && chains.size() > 1) {
      String what = "there are several chains: \"otherwise: NAME\" says who is asked";
      first.fault(first.node(), what + " when no rule matches", Optional.empty());
    }
    return named.or(() -> chains.stream().findFirst());
  }
}
