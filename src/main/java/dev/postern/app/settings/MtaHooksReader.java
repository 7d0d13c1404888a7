package dev.postern.app.settings;

import dev.postern.intake.mtahooks.MtaHooksSettings;
import dev.postern.mail.Network;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what is set for MTA Hooks. */
final class MtaHooksReader {
  private static final int MOST_RECIPIENTS = 1000;

  /** Requests in memory at once: as many octets as so many of the largest messages have. */
  private static final long LARGEST_AT_ONCE = 16;

  private final Values values;

  MtaHooksReader(Values values) {
    this.values = values;
  }

  /**
   * What is set; empty when the entrance is off.
   *
   * @param largest octets of one message
   */
  Optional<MtaHooksSettings> read(long largest) {
    return values
        .secret(MtaHooksKeys.SECRET, "")
        .map(
            secret ->
                new MtaHooksSettings(
                    fallback(MtaHooksKeys.USER),
                    secret.text(),
                    MtaHooksSettings.OnTrouble.valueOf(
                        fallback(MtaHooksKeys.ON_TROUBLE).toUpperCase(Locale.ROOT)),
                    scope(),
                    values.get(MtaHooksKeys.AUTHSERV_ID),
                    new MtaHooksSettings.Limits(
                        (int) largest, MOST_RECIPIENTS, LARGEST_AT_ONCE * largest),
                    fallback(MtaHooksKeys.TIMEOUT)));
  }

  private MtaHooksSettings.Scope scope() {
    return new MtaHooksSettings.Scope(
        fallback(MtaHooksKeys.JUDGE_AUTHENTICATED).equals("on"),
        values.get(MtaHooksKeys.OWN_NETWORKS).orElse(List.of()).stream()
            .flatMap(text -> Network.parse(text).stream())
            .collect(Collectors.toUnmodifiableSet()),
        values.get(MtaHooksKeys.RELEASE_PORT));
  }

  /** For settings with a default: where the value is wrong, the default stands in meanwhile. */
  private <T> T fallback(Key<T> key) {
    return values.get(key).orElseThrow();
  }
}
