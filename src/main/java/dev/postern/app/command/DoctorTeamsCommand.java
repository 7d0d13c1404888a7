package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.app.settings.TeamsInForce;
import dev.postern.card.Finding;
import dev.postern.teams.TeamsDoctor;
import dev.postern.teams.TeamsSettings;
import dev.postern.teams.door.Emulators;
import dev.postern.teams.door.TeamsEntrance;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern doctor teams}. */
@Command(
    name = "teams",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Looks Microsoft Teams over: sign-in, channels, people, clock, keys, the way in.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Says of each finding what it is, why it matters and what to click. Shows no secret. Changes"
            + " nothing in Teams, unless a test card is asked for. Exits with 0 when nothing is"
            + " wrong, 1 when something is, 2 for wrong usage or settings, 3 when Microsoft did not"
            + " answer everything and nothing else is wrong.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern doctor teams --card")
final class DoctorTeamsCommand implements Callable<Integer> {
  /** By which Teams comes. */
  static final WayIn WAY_IN =
      new WayIn(
          "Teams",
          TeamsEntrance.PATH,
          TeamsEntrance.UNPROVEN,
          "Set http.public-url to what stands before "
              + TeamsEntrance.PATH
              + " in the Azure bot's \"Configuration\" → \"Messaging endpoint\".");

  private final Terminal terminal;
  private final InstantSource clock;
  @Mixin private Settled settled = new Settled();

  @Option(
      names = "--card",
      description =
          "Post a test card into the channel that cards go to; a running Postern answers a press of"
              + " its button with the time it took.")
  private boolean card;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  DoctorTeamsCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws CommandFailure {
    Settings settings = CommandLineTool.settings(terminal, settled.file(), Mode.TRY);
    TeamsSettings access =
        settings
            .teams()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "Teams is off: set teams.app-id, teams.app-secret, teams.tenant-id and"
                            + " teams.channels.default (docs/teams.md)"));
    List<Finding> findings = new ArrayList<>();
    try (TeamsDoctor doctor =
        new TeamsDoctor(
            access,
            TeamsInForce.watched(access, CommandLineTool.policy(settings), settings.people()),
            TeamsInForce.emulators(access, settings.http()),
            clock)) {
      findings.addAll(doctor.look());
      if (!access.outside().emulatorIssuers().contains(Emulators.UNSIGNED)) {
        findings.add(WAY_IN.look(settings.http().publicUrl()));
      }
      if (card) {
        findings.add(doctor.testCard());
      }
    }
    return new Diagnosis(findings).tell(terminal, json);
  }
}
