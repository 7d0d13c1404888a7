package dev.postern.app.command;

import dev.postern.app.settings.PolicyInForce;
import dev.postern.policy.Chain;
import dev.postern.policy.Policy;
import dev.postern.policy.PolicyProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern policy check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    descriptionHeading = "%n",
    description =
        "Reads a policy file and shows every mistake in it with line and column, or says what it"
            + " contains. Exits with 0 when it can be used, else with 1.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern policy check policy.yaml")
final class PolicyCheckCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final InstantSource clock;

  @Parameters(paramLabel = "FILE", description = "The policy file.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  PolicyCheckCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws CommandFailure {
    try {
      Policy policy = PolicyInForce.read(terminal.workingFolder().resolve(file));
      terminal.out().println(json ? Json.write(contents(policy)) : sentence(policy));
      return Exit.OK;
    } catch (PolicyProblem problem) {
      if (json) {
        terminal.out().println(Json.write(Map.of("ok", false, "problems", faults(problem))));
        return Exit.NO;
      }
      throw CommandFailure.no(String.valueOf(problem.getMessage()));
    } catch (IOException unreadable) {
      throw CommandFailure.usage(String.valueOf(unreadable.getMessage()));
    }
  }

  private String sentence(Policy policy) {
    int rules = policy.rules().size();
    String fine =
        "%s is fine: %d %s, chains %s, version %s"
            .formatted(
                file.getFileName(),
                rules,
                rules == 1 ? "rule" : "rules",
                policy.chains().stream().map(Chain::name).collect(Collectors.joining(", ")),
                policy.version());
    List<String> ended = policy.ended(clock.instant());
    return ended.isEmpty()
        ? fine
        : fine + "\nover by their until, and deciding nothing: " + String.join(", ", ended);
  }

  private Map<String, Object> contents(Policy policy) {
    Map<String, Object> contents = new LinkedHashMap<>();
    contents.put("ok", true);
    contents.put("version", policy.version());
    contents.put("rules", policy.rules());
    contents.put("ended", policy.ended(clock.instant()));
    contents.put("chains", policy.chains().stream().map(Chain::name).toList());
    return contents;
  }

  static List<Map<String, Object>> faults(PolicyProblem problem) {
    return problem.faults().stream().map(PolicyCheckCommand::fault).toList();
  }

  private static Map<String, Object> fault(PolicyProblem.Fault fault) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("file", fault.file());
    members.put("line", fault.line());
    members.put("column", fault.column());
    members.put("what", fault.what());
    fault.nearest().ifPresent(word -> members.put("nearest", word));
    return members;
  }
}
