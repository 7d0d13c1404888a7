package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.quarantine.amavis.AmavisSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads what is set for amavis's quarantine. */
final class AmavisReader {
  private final Values values;
  private final List<Fault> faults;
  private final Path folder;

  /**
   * @param folder what a file name is relative to
   */
  AmavisReader(Values values, List<Fault> faults, Path folder) {
    this.values = values;
    this.faults = faults;
    this.folder = folder;
  }

  /** What is set; empty when it is off, or after a complaint. */
  Optional<AmavisSettings> read(Settings.Smtp smtp) {
    return new SourceName(values, faults)
        .read(AmavisKeys.NAME, AmavisKeys.ALL)
        .map(
            source ->
                new AmavisSettings(
                    source,
                    values.get(AmavisKeys.RELEASE).orElseThrow(),
                    folder.resolve(values.get(AmavisKeys.QUARANTINE).orElseThrow()),
                    values.get(AmavisKeys.KINDS).orElseThrow(),
                    (int) smtp.maxSize()));
  }
}
