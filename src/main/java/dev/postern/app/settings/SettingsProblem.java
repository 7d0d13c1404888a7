package dev.postern.app.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used, with everything that is wrong in them. Names no secret. */
public final class SettingsProblem extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;

  /**
   * One thing that is wrong.
   *
   * @param where file and line, or the environment; empty where nothing was given
   * @param what one sentence that names the setting, what is wrong and how to mend it
   */
  public record Fault(String where, String what) {

    /** Whether the setting is one of {@code section}, such as {@code dns}; names stand first. */
    boolean isOf(String section) {
      return what.startsWith(section + ".") || what.startsWith(Key.variable(section) + "_");
    }

    @Override
    public String toString() {
      return where.isEmpty() ? what : where + ": " + what;
    }
  }

  SettingsProblem(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** All of them. */
  public List<Fault> faults() {
    return faults;
  }
}
