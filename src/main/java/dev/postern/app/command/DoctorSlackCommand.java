package dev.postern.app.command;

import dev.postern.app.settings.HostPort;
import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.app.settings.SlackInForce;
import dev.postern.card.Finding;
import dev.postern.slack.SlackDoctor;
import dev.postern.slack.SlackEntrance;
import dev.postern.slack.SlackSettings;
import dev.postern.slack.Surroundings;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
final class DoctorSlackCommand implements Callable<Integer> {
  /** By which Slack comes without Socket Mode. */
  static final WayIn WAY_IN =
      new WayIn(
          "Slack",
          SlackEntrance.PATH,
          SlackEntrance.UNSIGNED,
          "Set http.public-url; or connect by Socket Mode, which needs no address.");

  private static final int USUAL_PORT = 8080;

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

  DoctorSlackCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws CommandFailure {
    Settings settings = CommandLineTool.settings(terminal, settled.file(), Mode.TRY);
    Settings.SlackAccess access =
        settings
            .slack()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "Slack is off: set slack.bot-token and slack.channels.default"
                            + " (docs/slack.md)"));
    List<Finding> findings = new ArrayList<>();
    SlackSettings slack = SlackInForce.settings(access);
    try (SlackDoctor doctor =
        new SlackDoctor(
            slack,
            SlackInForce.watched(access, CommandLineTool.policy(settings)),
            around(settings, access),
            clock)) {
      findings.addAll(doctor.look());
      if (!slack.socketMode()) {
        findings.add(WAY_IN.look(settings.http().publicUrl()));
      }
      if (card) {
        findings.add(doctor.testCard());
      }
    }
    return new Diagnosis(findings).tell(terminal, json);
  }

  private static Surroundings around(Settings settings, Settings.SlackAccess access) {
    int port = settings.http().port() == 0 ? USUAL_PORT : settings.http().port();
    return new Surroundings(
        access.byEmail().link() || access.byEmail().ask(),
        URI.create("http://" + new HostPort("127.0.0.1", port)));
  }
}
