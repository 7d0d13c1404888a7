package dev.postern.app.command;

import dev.postern.policy.PolicyProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern policy test}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    descriptionHeading = "%n",
    description =
        "Asks a policy about the messages of *.policy-test.yaml files and shows where it does not"
            + " say what they expect. Needs no server and no network. Exits with 0 when all cases"
            + " are as expected, 1 when some are not, 2 when a file cannot be used.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern policy test policy.policy-test.yaml",
      "  postern policy test . --policy new.yaml"
    })
final class PolicyTestCommand implements Callable<Integer> {
  private static final String ENDING = ".policy-test.yaml";
  private static final int DEEPEST = 16;

  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description =
          "Files of tests, or folders that have some, also further below. This folder if left"
              + " out.")
  private List<Path> files = List.of();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Asks this policy in place of those that the files name.")
  private Optional<Path> policy = Optional.empty();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  PolicyTestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    Optional<Path> other = policy.map(it -> terminal.workingFolder().resolve(it));
    try {
      List<PolicyTestRun> runs = new ArrayList<>();
      for (Path file : found()) {
        runs.add(PolicyTestRun.of(terminal.workingFolder(), file, other));
      }
      terminal
          .out()
          .println(
              json ? Json.writeAscii(PolicyTestReport.json(runs)) : PolicyTestReport.text(runs));
      return runs.stream().allMatch(PolicyTestRun::good) ? Exit.OK : Exit.NO;
    } catch (PolicyProblem problem) {
      if (json) {
        Object faults = PolicyCheckCommand.faults(problem);
        terminal.out().println(Json.writeAscii(Map.of("ok", false, "problems", faults)));
        return Exit.USAGE;
      }
      throw CommandFailure.usage(String.valueOf(problem.getMessage()));
    } catch (IOException unreadable) {
      throw CommandFailure.usage(String.valueOf(unreadable.getMessage()));
    }
  }

  /** Every file once, those of a folder in the order of their names. */
  private Set<Path> found() throws CommandFailure, IOException {
    Set<Path> found = new LinkedHashSet<>();
    for (Path each : files.isEmpty() ? List.of(Path.of(".")) : files) {
      Path path = terminal.workingFolder().resolve(each).normalize();
      if (Files.isDirectory(path)) {
        List<Path> inside = below(path);
        if (inside.isEmpty()) {
          throw CommandFailure.usage(
              "there is no *" + ENDING + " in the folder " + each + " or below it");
        }
        found.addAll(inside);
      } else {
        found.add(path);
      }
    }
    return found;
  }

  /** The files of tests in a folder and below it, in the order of their names. */
  static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
      return all.filter(Files::isRegularFile)
          .filter(path -> path.getFileName().toString().endsWith(ENDING))
          .sorted()
          .toList();
    } catch (UncheckedIOException unreadable) {
      throw new IOException("the folder " + folder + " cannot be read", unreadable);
    }
  }
}
