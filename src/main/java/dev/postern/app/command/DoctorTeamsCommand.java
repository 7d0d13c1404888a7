package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.app.settings.TeamsInForce;
import dev.postern.card.Doctor;
import dev.postern.teams.TeamsDoctor;
import dev.postern.teams.TeamsSettings;
import dev.postern.teams.door.Emulators;
import dev.postern.teams.door.TeamsEntrance;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;

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
final class DoctorTeamsCommand extends ChatDoctorCommand {
  /** By which Teams comes. */
  static final WayIn WAY_IN =
      new WayIn(
          "Teams",
          TeamsEntrance.PATH,
          TeamsEntrance.UNPROVEN,
          "Set http.public-url to what stands before "
              + TeamsEntrance.PATH
              + " in the Azure bot's \"Configuration\" → \"Messaging endpoint\".");

  private final InstantSource clock;

  DoctorTeamsCommand(Terminal terminal, InstantSource clock) {
    super(terminal);
    this.clock = clock;
  }

  @Override
  Doctor doctor(Settings settings) throws CommandFailure {
    TeamsSettings access =
        settings
            .teams()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "Teams is off: set teams.app-id, teams.app-secret, teams.tenant-id and"
                            + " teams.channels.default (docs/teams.md)"));
    return new TeamsDoctor(
        access,
        TeamsInForce.watched(access, CommandLineTool.policy(settings), settings.people()),
        TeamsInForce.emulators(access, settings.http()),
        clock);
  }

  /** An entrance that needs no token tells nobody that it is Postern's. */
  @Override
  Optional<WayIn> wayIn(Settings settings) {
    return settings
        .teams()
        .filter(it -> !it.outside().emulatorIssuers().contains(Emulators.UNSIGNED))
        .map(_ -> WAY_IN);
  }
}
