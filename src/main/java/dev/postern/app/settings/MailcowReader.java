package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.quarantine.mailcow.MailcowSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads what is set for mailcow. */
final class MailcowReader {
  /** A message stands in a row as JSON, where every octet may take several. */
  private static final int AS_JSON = 2;

  private final Values values;
  private final List<Fault> faults;
  private final TrustReader common;

  /**
   * @param folder what a file name is relative to
   */
  MailcowReader(Values values, List<Fault> faults, Path folder) {
    this.values = values;
    this.faults = faults;
    this.common = new TrustReader(values, faults, folder);
  }

  /**
   * What is set; empty when it is off, or after a complaint.
   *
   * @param largest octets of one message
   */
  Optional<MailcowSettings> read(long largest) {
    int before = faults.size();
    Optional<MailcowSettings> settings =
        common.name(MailcowKeys.NAME, MailcowKeys.ALL).map(name -> settings(name, largest));
    return faults.size() > before ? Optional.empty() : settings;
  }

  private MailcowSettings settings(String name, long largest) {
    return new MailcowSettings(
        name,
        common.address(MailcowKeys.URL),
        common.secret(MailcowKeys.API_KEY),
        common.trust(MailcowKeys.CA_FILE, MailcowKeys.FINGERPRINT),
        values.get(MailcowKeys.TIMEOUT).orElseThrow(),
        (int) Math.min(Integer.MAX_VALUE, AS_JSON * largest));
  }
}
