package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.teams.AppPackage;
import dev.postern.teams.TeamsSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern teams package}. */
@Command(
    name = "package",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Writes the app package that is uploaded to Teams.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "A ZIP file with the manifest, filled from teams.app-id and http.public-url, and two icons."
            + " It holds no secret. Upload it in the Teams admin center under Manage apps, or in a"
            + " team under Manage team, Apps (docs/teams.md). Exits with 0 when the file is written,"
            + " 2 for wrong usage or settings, 3 when it cannot be written.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern teams package --out postern-teams.zip")
final class TeamsPackageCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Settled settled = new Settled();

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "File to write.")
  private String file = "";

  @Option(names = "--replace", description = "Write it in place of an older file of that name.")
  private boolean replace;

  TeamsPackageCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    Settings settings = CommandLineTool.settings(terminal, settled.file(), Mode.TRY);
    TeamsSettings teams =
        settings
            .teams()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "Teams is off: set teams.app-id and what belongs to it (docs/teams.md)"));
    URI publicUrl =
        settings
            .http()
            .publicUrl()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "http.public-url is not set: Teams must reach Postern from outside, and"
                            + " shows that address"));
    Path whole = terminal.workingFolder().resolve(file).toAbsolutePath().normalize();
    if (Files.exists(whole) && !replace) {
      throw CommandFailure.usage(file + " exists: choose another name, or say --replace");
    }
    try {
      byte[] octets = AppPackage.of(teams.app().id(), publicUrl, CommandLineTool.version());
      Files.write(whole, octets);
      terminal.out().println("wrote %s, %,d octets".formatted(file, octets.length));
      return Exit.OK;
    } catch (IllegalArgumentException unfit) {
      throw CommandFailure.usage(String.valueOf(unfit.getMessage()));
    } catch (IOException full) {
      throw CommandFailure.unavailable(file + " cannot be written: " + BackupCommand.reason(full));
    }
  }
}
