package dev.postern.app.witness;

import dev.postern.app.settings.Settings;
import dev.postern.audit.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All places besides the store that the settings send checkpoints to. */
public final class SecondPlaces implements Witness, AutoCloseable {
  private static final int NOTES_FOR_THE_FILE = 10_000;
  private static final int NOTES_FOR_THE_WITNESS = 1; // it wants the newest, not a history
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final List<Courier> couriers;

  private SecondPlaces(List<Courier> couriers) {
    this.couriers = couriers;
  }

  /** The places that these settings name, if any; nothing is opened yet. */
  public static SecondPlaces of(Settings.Audit settings) {
    List<Courier> couriers = new ArrayList<>();
    settings
        .checkpointCopy()
        .map(CheckpointFile::new)
        .map(file -> new Courier("audit.checkpoint-copy", file, NOTES_FOR_THE_FILE, PAUSE))
        .ifPresent(couriers::add);
    settings
        .witness()
        .map(WitnessAddress::new)
        .map(url -> new Courier("audit.witness-url", url, NOTES_FOR_THE_WITNESS, PAUSE))
        .ifPresent(couriers::add);
    return new SecondPlaces(List.copyOf(couriers));
  }

  @Override
  public void witness(String note) {
    couriers.forEach(courier -> courier.witness(note));
  }

  /** What keeps each place from having the newest checkpoint, by the name of its setting. */
  public Map<String, Supplier<Optional<String>>> troubles() {
    Map<String, Supplier<Optional<String>>> troubles = new LinkedHashMap<>();
    couriers.forEach(courier -> troubles.put(courier.name(), courier::trouble));
    return troubles;
  }

  @Override
  public void close() {
    couriers.forEach(Courier::close);
  }
}
