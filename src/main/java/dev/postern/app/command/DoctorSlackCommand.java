package dev.postern.app.command;

import dev.postern.app.settings.HostPort;
import dev.postern.app.settings.Settings;
import dev.postern.app.settings.SlackInForce;
import dev.postern.card.Doctor;
import dev.postern.slack.SlackDoctor;
import dev.postern.slack.SlackEntrance;
import dev.postern.slack.Surroundings;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code postern doctor slack}. */
@Command(
    name = "slack",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Looks Slack over: tokens, scopes, channels, user groups, clock, the way in.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Says of each finding what it is, why it matters and what to click. Shows no secret. Changes"
            + " nothing in Slack, unless a test card is asked for. Exits with 0 when nothing is"
            + " wrong, 1 when something is, 2 for wrong usage or settings, 3 when Slack did not"
            + " answer everything and nothing else is wrong.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern doctor slack --card")
final class DoctorSlackCommand extends ChatDoctorCommand {
  /** By which Slack comes without Socket Mode. */
  static final WayIn WAY_IN =
      new WayIn(
          "Slack",
          SlackEntrance.PATH,
          SlackEntrance.UNSIGNED,
          "Set http.public-url; or connect by Socket Mode, which needs no address.");

  private static final int USUAL_PORT = 8080;

  private final InstantSource clock;

  DoctorSlackCommand(Terminal terminal, InstantSource clock) {
    super(terminal);
    this.clock = clock;
  }

  @Override
  Doctor doctor(Settings settings) throws CommandFailure {
    Settings.SlackAccess access =
        settings
            .slack()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "Slack is off: set slack.bot-token and slack.channels.default"
                            + " (docs/slack.md)"));
    return new SlackDoctor(
        SlackInForce.settings(access),
        SlackInForce.watched(access, CommandLineTool.policy(settings)),
        around(settings, access),
        clock);
  }

  /** With Socket Mode nothing comes from outside. */
  @Override
  Optional<WayIn> wayIn(Settings settings) {
    return settings
        .slack()
        .filter(access -> !SlackInForce.settings(access).socketMode())
        .map(_ -> WAY_IN);
  }

  private static Surroundings around(Settings settings, Settings.SlackAccess access) {
    int port = settings.http().port() == 0 ? USUAL_PORT : settings.http().port();
    return new Surroundings(
        access.byEmail().link() || access.byEmail().ask(),
        URI.create("http://" + new HostPort("127.0.0.1", port)));
  }
}
