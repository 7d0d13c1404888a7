package dev.postern.policy;

import dev.postern.policy.PolicyProblem.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;

/** What is wrong in a policy so far; one view of it per file. */
final class Faults {
  private final String first;
  private final String file;
  private final List<Fault> all;

  /** Nothing is wrong in this file yet. */
  Faults(String file) {
    this(file, file, new ArrayList<>());
  }

  private Faults(String first, String file, List<Fault> all) {
    this.first = first;
    this.file = file;
    this.all = all;
  }

  /** The same collection for what is wrong in another file. */
  Faults in(String other) {
    return new Faults(first, other, all);
  }

  /**
   * Takes one.
   *
   * @param line in the file, from 1
   * @param column in the line, from 1
   */
  void add(int line, int column, String what, Optional<String> nearest) {
    all.add(new Fault(file, line, column, what, nearest));
  }

  void add(Mark mark, String what, Optional<String> nearest) {
    add(mark.getLine() + 1, mark.getColumn() + 1, what, nearest);
  }

  boolean any() {
    return !all.isEmpty();
  }

  /** What tells the reader of the file all of it. */
  PolicyProblem problem() {
    return new PolicyProblem(first, all);
  }
}
