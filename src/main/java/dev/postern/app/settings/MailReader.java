package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import java.nio.file.Path;
import java.util.List;

/** Reads what is set for the mail systems that hold mail. */
final class MailReader {
  private final Values values;
  private final List<Fault> faults;
  private final Path folder;

  /**
   * @param folder what a file name is relative to
   */
  MailReader(Values values, List<Fault> faults, Path folder) {
    this.values = values;
    this.faults = faults;
    this.folder = folder;
  }

  /** What is set. */
  MailSettings read(Settings.Smtp smtp) {
    return new MailSettings(
        new MilterReader(values, faults).read(smtp.maxSize()),
        new PostfixReader(values, faults, folder).read(smtp),
        new RspamdReader(values).read(smtp.maxSize()));
  }
}
