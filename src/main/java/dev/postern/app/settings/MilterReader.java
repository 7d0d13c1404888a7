package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.approval.HoldRef;
import dev.postern.intake.milter.MilterSettings;
import dev.postern.intake.milter.MilterSettings.Keeping;
import dev.postern.intake.milter.MilterSettings.OnTrouble;
import dev.postern.mail.Network;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what is set for the milter. */
final class MilterReader {
  private static final int MOST_RECIPIENTS = 1000;

  private final Values values;
  private final List<Fault> faults;

  MilterReader(Values values, List<Fault> faults) {
    this.values = values;
    this.faults = faults;
  }

  /**
   * What is set; empty when the milter is off, or after a complaint.
   *
   * @param largest octets of one message
   */
  Optional<MilterSettings> read(long largest) {
    int before = faults.size();
    Optional<HostPort> listen = values.get(MilterKeys.LISTEN);
    Keeping keeping = keeping();
    OnTrouble onTrouble =
        OnTrouble.valueOf(fallback(MilterKeys.ON_TROUBLE).toUpperCase(Locale.ROOT));
    if (onTrouble == OnTrouble.HOLD && keeping instanceof Keeping.InStore) {
      refuse(
          MilterKeys.ON_TROUBLE,
          "mail.milter.on-trouble is hold, and mail.milter.keep-in is store: what Postern cannot"
              + " look at it cannot store. Set on-trouble to tempfail, or keep-in to queue");
    }
    return faults.size() > before
        ? Optional.empty()
        : listen.map(
            address ->
                new MilterSettings(
                    new InetSocketAddress(address.host(), address.port()),
                    networks(MilterKeys.PEERS),
                    keeping,
                    onTrouble,
                    scope(),
                    new MilterSettings.Results(
                        isOn(MilterKeys.RESULTS), values.get(MilterKeys.AUTHSERV_ID)),
                    new MilterSettings.Limits(
                        (int) largest, MOST_RECIPIENTS, fallback(MilterKeys.MAX_CONNECTIONS)),
                    MilterSettings.Timing.answering(fallback(MilterKeys.TIMEOUT))));
  }

  private Keeping keeping() {
    String queue = fallback(MilterKeys.QUEUE);
    if (HoldRef.OWN_SOURCES.contains(queue)) {
      refuse(MilterKeys.QUEUE, "mail.milter.queue: the name " + queue + " is Postern's own");
    }
    return fallback(MilterKeys.KEEP_IN).equals("store")
        ? new Keeping.InStore()
        : new Keeping.InQueue(queue);
  }

  private MilterSettings.Scope scope() {
    return new MilterSettings.Scope(
        isOn(MilterKeys.JUDGE_AUTHENTICATED), networks(MilterKeys.OWN_NETWORKS));
  }

  private Set<Network> networks(Key<List<String>> key) {
    return values.get(key).orElse(List.of()).stream()
        .flatMap(text -> Network.parse(text).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean isOn(Key<String> key) {
    return fallback(key).equals("on");
  }

  /** For settings with a default: where the value is wrong, the default stands in meanwhile. */
  private <T> T fallback(Key<T> key) {
    return values.get(key).orElseThrow();
  }

  private void refuse(Key<?> key, String sentence) {
    faults.add(new Fault(values.where(key.name()), sentence));
  }
}
