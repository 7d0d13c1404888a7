package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.card.Doctor;
import dev.postern.card.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern doctor} of a chat platform: what is looked over differs, how it is told not. */
abstract class ChatDoctorCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Settled settled = new Settled();

  @Option(
      names = "--card",
      description =
          "Post a test card into the channel that cards go to; a running Postern answers a press of"
              + " its button with the time it took.")
  private boolean card;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  ChatDoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Who looks the platform over.
   *
   * @throws CommandFailure where it is off, naming what to set
   */
  abstract Doctor doctor(Settings settings) throws CommandFailure;

  /** By which the platform comes, called where it is on; empty where that cannot be tried. */
  abstract Optional<WayIn> wayIn(Settings settings);

  @Override
  public final Integer call() throws CommandFailure {
    Settings settings = CommandLineTool.settings(terminal, settled.file(), Mode.TRY);
    try (Doctor doctor = doctor(settings)) {
      List<Finding> findings = new ArrayList<>(doctor.look());
      wayIn(settings).map(it -> it.look(settings.http().publicUrl())).ifPresent(findings::add);
      if (card) {
        findings.add(doctor.testCard());
      }
      return new Diagnosis(findings).tell(terminal, json);
    }
  }
}
