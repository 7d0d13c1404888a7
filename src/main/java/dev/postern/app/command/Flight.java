package dev.postern.app.command;

import dev.postern.app.mail.CanaryFlight;
import dev.postern.app.mail.Connector;
import dev.postern.app.settings.HostPort;
import dev.postern.app.settings.Settings;
import dev.postern.card.Finding;
import dev.postern.mail.EmailAddress;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that let a canary fly. */
final class Flight {
  @Option(
      names = "--canary-to",
      paramLabel = "ADDRESS",
      description = "Send a canary to this address of your own, which gets it if nobody holds it.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--through",
      paramLabel = "SERVER",
      description = "Host and port where mail comes in, as 127.0.0.1:25; with --canary-to.")
  private Optional<String> through = Optional.empty();

  /** Whether one is asked for. */
  boolean asked() {
    return to.isPresent() || through.isPresent();
  }

  /**
   * Lets it fly.
   *
   * @throws CommandFailure when the options do not say whereto
   */
  List<Finding> fly(Settings settings, List<Connector> connectors) throws CommandFailure {
    HostPort gateway = gateway();
    if (settings.mail().milter().isPresent() && !gateway.loopback()) {
      throw CommandFailure.usage(
          "With mail.milter a canary comes from the mail server itself, or people would be asked"
              + " about it: run this there, with --through 127.0.0.1:25");
    }
    return new CanaryFlight(recipient(), gateway).fly(settings.smtp(), connectors);
  }

  private EmailAddress recipient() throws CommandFailure {
    return to.flatMap(EmailAddress::parse)
        .orElseThrow(
            () -> CommandFailure.usage("--canary-to must be an address: " + to.orElse("not said")));
  }

  private HostPort gateway() throws CommandFailure {
    return through
        .flatMap(text -> HostPort.parse(text, Optional.empty()))
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "--through must be like 127.0.0.1:25: " + through.orElse("not said")));
  }
}
