package dev.postern.approval;

import dev.postern.approval.Sighting.Fate;
import dev.postern.policy.SenderHistory;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Counts what is in memory anew at every question; it forgets nothing. */
final class MemorySenders implements SenderBook {
  private final Supplier<Stream<Sighting>> ofCases;
  private final Queue<Sighting> noted = new ConcurrentLinkedQueue<>();

  MemorySenders(Supplier<Stream<Sighting>> ofCases) {
    this.ofCases = ofCases;
  }

  @Override
  public Before before(Sender sender, Instant at) {
    return new Before(history(sender, Sender::domain), history(sender, Sender::address));
  }

  private SenderHistory history(Sender sender, Function<Sender, String> name) {
    List<Sighting> all =
        Stream.concat(ofCases.get(), noted.stream())
            .filter(it -> it.sender().proved() == sender.proved())
            .filter(it -> name.apply(it.sender()).equals(name.apply(sender)))
            .toList();
    return new SenderHistory(
        all.size(),
        all.stream().filter(it -> it.fate() == Fate.PASSED).count(),
        all.stream().filter(it -> it.fate().asked()).count(),
        all.stream().filter(it -> it.fate() == Fate.RELEASED).count(),
        all.stream().filter(it -> it.fate().discarded()).count(),
        all.stream().map(Sighting::at).min(Comparator.naturalOrder()),
        all.stream().map(Sighting::at).max(Comparator.naturalOrder()));
  }

  @Override
  public void note(Sighting sighting) {
    noted.add(sighting);
  }
}
