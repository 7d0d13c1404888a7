package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.quarantine.exim.EximSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads what is set for Exim's frozen messages. */
final class EximReader {
  private final Values values;
  private final List<Fault> faults;
  private final Path folder;

  /**
   * @param folder what a file name is relative to
   */
  EximReader(Values values, List<Fault> faults, Path folder) {
    this.values = values;
    this.faults = faults;
    this.folder = folder;
  }

  /** What is set; empty when it is off, or after a complaint. */
  Optional<EximSettings> read(Settings.Smtp smtp) {
    return new SourceName(values, faults)
        .read(EximKeys.NAME, EximKeys.ALL)
        .map(
            source ->
                new EximSettings(
                    source,
                    List.of(values.get(EximKeys.HELPER).orElseThrow().strip().split(" +", -1)),
                    values.get(EximKeys.LOG).map(folder::resolve),
                    (int) smtp.maxSize()));
  }
}
