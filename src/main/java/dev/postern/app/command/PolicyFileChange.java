package dev.postern.app.command;

import dev.postern.app.settings.PolicyInForce;
import dev.postern.policy.Policy;
import dev.postern.policy.PolicyEdit;
import dev.postern.policy.PolicyEdit.Edited;
import dev.postern.policy.PolicyEdit.Edited.Changed;
import dev.postern.policy.PolicyProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A change of a policy file on its way: first tried, then shown, then written. */
final class PolicyFileChange {
  private final Terminal terminal;
  private final Path file;
  private final PolicyEdit edit;
  private Optional<Changed> changed = Optional.empty();
  private boolean written;

  private PolicyFileChange(Terminal terminal, Path file, PolicyEdit edit) {
    this.terminal = terminal;
    this.file = file;
    this.edit = edit;
  }

  /**
   * Reads the policy.
   *
   * @param file empty where the built-in policy is in force
   * @throws CommandFailure where there is no file, or it has mistakes
   */
  static PolicyFileChange of(Terminal terminal, Optional<Path> file) throws CommandFailure {
    if (file.isEmpty()) {
      throw CommandFailure.no(
          "the built-in policy is in force, which cannot be changed: start a file from a copy of it"
              + " (docs/policy.md) and name it in policy.file, or here with --policy");
    }
    Path whole = terminal.workingFolder().resolve(file.get());
    try {
      return new PolicyFileChange(terminal, whole, PolicyInForce.edit(whole));
    } catch (PolicyProblem problem) {
      throw CommandFailure.no(
          "the policy has mistakes already; mend them first:\n" + problem.getMessage());
    } catch (IOException unreadable) {
      throw CommandFailure.usage(String.valueOf(unreadable.getMessage()));
    }
  }

  /** The policy as a text that can be changed. */
  PolicyEdit policy() {
    return edit;
  }

  /** The policy as it is. */
  Policy before() {
    return edit.policy();
  }

  /** Tries a change. */
  void edit(Function<PolicyEdit, Edited> how) throws CommandFailure {
    changed =
        switch (how.apply(edit)) {
          case Edited.Refused(String why) -> throw CommandFailure.no(why);
          case Changed it -> Optional.of(it);
        };
  }

  /** What would come of it. */
  Changed changed() {
    return changed.orElseThrow();
  }

  /** The lines that differ. */
  List<String> diff() {
    return LineDiff.of(changed().file(), changed().before(), changed().after());
  }

  /**
   * The tests in the folder of the policy and below it that name it, hold now and would not then.
   */
  List<PolicyTestRun> failedTests() throws CommandFailure {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
    List<PolicyTestRun> failed = new ArrayList<>();
    try {
      for (Path tests : PolicyTestCommand.below(folder)) {
        Optional<PolicyTestRun> now = tried(tests, before());
        tried(tests, changed().policy())
            .map(then -> now.map(then::beyond).orElse(then))
            .filter(run -> !run.good())
            .ifPresent(failed::add);
      }
      return failed;
    } catch (PolicyProblem problem) {
      throw CommandFailure.no("tests beside the policy have mistakes:\n" + problem.getMessage());
    } catch (IOException unreadable) {
      throw CommandFailure.usage(String.valueOf(unreadable.getMessage()));
    }
  }

  private Optional<PolicyTestRun> tried(Path tests, Policy policy)
      throws PolicyProblem, IOException {
    return PolicyTestRun.of(terminal.workingFolder(), tests, file, policy);
  }

  /** Replaces the file. */
  void write() throws CommandFailure {
    Changed it = changed();
    boolean first = it.file().equals(String.valueOf(file.getFileName()));
    PolicyText.put(first ? file : file.resolveSibling(it.file()), it.before(), it.after());
    written = true;
  }

  boolean written() {
    return written;
  }
}
