package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.policy.Policy;

/** Starts the service, for {@code serve} and {@code try}. */
@FunctionalInterface
public interface Starter {

  /**
   * Runs until the process is told to stop.
   *
   * @param settings checked
   * @param policy the rules in force, checked against the people
   * @return the exit code: 0 after an orderly stop, 3 when something needed is not to be had
   * @throws CommandFailure when it cannot start; the sentence is shown to the administrator
   */
  int run(Settings settings, Policy policy, Mode mode) throws CommandFailure;
}
