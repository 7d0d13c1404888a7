package dev.postern.app.command;

import dev.postern.web.PrecedentApi;
import picocli.CommandLine.Option;

/** How far a command looks back. */
final class LookBack {
  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How far to look back, 1 to 3650. Default: ${DEFAULT-VALUE}.")
  private int days = 90;

  /**
   * Days from now.
   *
   * @throws CommandFailure where nobody can look so far
   */
  int days() throws CommandFailure {
    if (days < 1 || days > PrecedentApi.MOST_DAYS) {
      throw CommandFailure.usage("--days must be from 1 to " + PrecedentApi.MOST_DAYS);
    }
    return days;
  }
}
