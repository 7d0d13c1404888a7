package dev.postern.app.settings;

import dev.postern.intake.rspamd.RspamdSettings;
import dev.postern.intake.rspamd.RspamdSettings.Keeper;
import java.util.Optional;
import java.util.Set;

/** Reads what is set for rspamd. */
final class RspamdReader {
  /** What mail is called that rspamd reports and nobody else holds. */
  private static final String OWN_SOURCE = "rspamd";

  /** Requests in memory at once: as many octets as the largest messages of so many take. */
  private static final long LARGEST_AT_ONCE = 8;

  private final Values values;

  RspamdReader(Values values) {
    this.values = values;
  }

  /**
   * What is set; empty when the entrance is off.
   *
   * @param largest octets of one message
   */
  Optional<RspamdSettings> read(long largest) {
    boolean queued = values.get(RspamdKeys.KEEP_IN).orElse("queue").equals("queue");
    return values
        .secret(RspamdKeys.PASSWORD, "")
        .map(
            password ->
                new RspamdSettings(
                    values.get(RspamdKeys.USER).orElse(""),
                    password.text(),
                    queued ? values.get(RspamdKeys.QUEUE).orElse("") : OWN_SOURCE,
                    queued ? Keeper.MAIL_SYSTEM : Keeper.POSTERN,
                    Set.copyOf(values.get(RspamdKeys.ACTIONS).orElseThrow()),
                    (int) largest,
                    LARGEST_AT_ONCE * largest));
  }
}
