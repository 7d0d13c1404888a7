package dev.postern.approval;

import java.util.Map;

/**
 * Who keeps which mail back.
 *
 * @param bySource mail systems by the source of their holds
 * @param others keeps whatever comes from another source
 */
public record MailSystems(Map<String, Quarantine> bySource, Quarantine others) {
  /** Copies the map, so that it never changes. */
  public MailSystems {
    bySource = Map.copyOf(bySource);
  }

  /** The one that keeps this hold. */
  public Quarantine of(HoldRef hold) {
    return at(hold.source());
  }

  /** The one that keeps what comes from this source. */
  public Quarantine at(String source) {
    return bySource.getOrDefault(source, others);
  }
}
