package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.quarantine.proxmox.ProxmoxSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads what is set for Proxmox Mail Gateway. */
final class ProxmoxReader {
  private final Values values;
  private final List<Fault> faults;
  private final TrustReader common;

  /**
   * @param folder what a file name is relative to
   */
  ProxmoxReader(Values values, List<Fault> faults, Path folder) {
    this.values = values;
    this.faults = faults;
    this.common = new TrustReader(values, faults, folder);
  }

  /**
   * What is set; empty when it is off, or after a complaint.
   *
   * @param largest octets of one message
   */
  Optional<ProxmoxSettings> read(long largest) {
    int before = faults.size();
    Optional<ProxmoxSettings> settings =
        common.name(ProxmoxKeys.NAME, ProxmoxKeys.ALL).map(name -> settings(name, largest));
    return faults.size() > before ? Optional.empty() : settings;
  }

  private ProxmoxSettings settings(String name, long largest) {
    return new ProxmoxSettings(
        name,
        common.address(ProxmoxKeys.URL),
        fallback(ProxmoxKeys.USER),
        common.secret(ProxmoxKeys.PASSWORD),
        fallback(ProxmoxKeys.KINDS),
        fallback(ProxmoxKeys.WINDOW),
        common.trust(ProxmoxKeys.CA_FILE, ProxmoxKeys.FINGERPRINT),
        fallback(ProxmoxKeys.TIMEOUT),
        (int) largest);
  }

  /** For settings with a default: where the value is wrong, the default stands in meanwhile. */
  private <T> T fallback(Key<T> key) {
    return values.get(key).orElseThrow();
  }
}
