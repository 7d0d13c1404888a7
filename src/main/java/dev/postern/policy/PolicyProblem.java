package dev.postern.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A policy file that cannot be used, with everything that is wrong in it. */
public final class PolicyProblem extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;

  /**
   * One thing that is wrong.
   *
   * @param file its name
   * @param line in the file, from 1
   * @param column in the line, from 1
   * @param what what is wrong, in one sentence
   * @param nearest the right word that was probably meant
   */
  public record Fault(String file, int line, int column, String what, Optional<String> nearest) {
    /** What is wrong, with the word that was probably meant. */
    public String sentence() {
      return what + nearest.map(word -> "; did you mean " + word + "?").orElse("");
    }

    /** File, line and column. */
    public String place() {
      return file + ":" + line + ":" + column;
    }

    @Override
    public String toString() {
      return place() + ": " + sentence();
    }
  }

  PolicyProblem(String first, List<Fault> faults) {
    List<String> files =
        Stream.concat(Stream.of(first), faults.stream().map(Fault::file)).distinct().toList();
    List<Fault> sorted =
        faults.stream()
            .distinct()
            .sorted(
                Comparator.comparingInt((Fault it) -> files.indexOf(it.file()))
                    .thenComparingInt(Fault::line)
                    .thenComparingInt(Fault::column))
            .toList();
    super(sorted.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = sorted;
  }

  /** All of them, file by file in the order of the file. */
  public List<Fault> faults() {
    return faults;
  }
}
