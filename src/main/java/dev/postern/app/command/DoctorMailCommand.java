package dev.postern.app.command;

import dev.postern.app.mail.Connector;
import dev.postern.app.mail.Connectors;
import dev.postern.app.mail.WayOut;
import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.card.Finding;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern doctor mail}. */
@Command(
    name = "mail",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Looks the mail system over: its settings, queue, helper, log, the way back.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Says of each finding what it is, why it matters and what to do. Run it as the user of"
            + " Postern. Exits with 0 when nothing is wrong, 1 when something is,"
            + " 2 for wrong usage or settings, 3 when something could not be asked and nothing else"
            + " is wrong. Changes nothing, unless a canary is asked for: a marked message that is"
            + " given to the gateway, is to be held, and is deleted again (docs/operating.md).",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern doctor mail --config /etc/postern.conf")
final class DoctorMailCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Settled settled = new Settled();
  @Mixin private Flight flight = new Flight();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  DoctorMailCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    Settings settings = CommandLineTool.settings(terminal, settled.file(), Mode.TRY);
    List<Connector> connectors = Connectors.of(settings.mail(), InstantSource.system());
    if (connectors.isEmpty() && (flight.asked() || settings.smtp().nextHop().isEmpty())) {
      throw CommandFailure.usage(
          "No mail system is followed: set mail.postfix.name, or that of another one (docs/mail)");
    }
    List<Finding> findings = new ArrayList<>(WayOut.check(settings.smtp()).stream().toList());
    connectors.forEach(one -> findings.addAll(named(one, connectors.size())));
    if (flight.asked()) {
      findings.addAll(flight.fly(settings, connectors));
    }
    return new Diagnosis(findings).tell(terminal, json);
  }

  /** Where there are several, each finding says whose it is. */
  private static List<Finding> named(Connector one, int among) {
    return one.check().get().stream()
        .map(
            it ->
                among == 1
                    ? it
                    : new Finding(it.grade(), one.source() + ": " + it.what(), it.why(), it.mend()))
        .toList();
  }
}
