package dev.postern.app.crash;

import dev.postern.app.crash.Replica.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Posterns on one database, with one folder of keys. */
final class Fleet implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(5);

  final List<Replica> replicas = new ArrayList<>();
  final Outside outside;
  final String storeUrl;
  private final Path folder;

  /**
   * Starts so many at once, none of them ready yet.
   *
   * @param storeUrl the database they share
   */
  Fleet(Outside outside, Path folder, String storeUrl, int count) throws IOException {
    this.outside = outside;
    this.folder = folder;
    this.storeUrl = storeUrl;
    for (int i = 0; i < count; i++) {
      add();
    }
  }

  /** One more. */
  Replica add() throws IOException {
    return add(Map.of());
  }

  /** One more, with settings of its own. */
  Replica add(Map<String, String> more) throws IOException {
    Path own = folder.resolve("replica" + replicas.size());
    outside.describe(own, storeUrl);
    Map<String, String> all = new HashMap<>(settings());
    all.putAll(more);
    Replica fresh = new Replica(own, all);
    replicas.add(fresh);
    return fresh;
  }

  /** What each is given besides its settings file: the folder with the keys. */
  Map<String, String> settings() {
    return Map.of("POSTERN_DATA", folder.resolve("data").toString());
  }

  void awaitReady() throws IOException, InterruptedException {
    for (Replica each : replicas) {
      each.awaitReady();
    }
  }

  /** Any that can take work; waits for one. Empty after a minute without. */
  Optional<Ports> any(RandomGenerator random) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (System.nanoTime() < end) {
      List<Ports> up = replicas.stream().flatMap(r -> r.ports().stream()).toList();
      if (!up.isEmpty()) {
        return Optional.of(up.get(random.nextInt(up.size())));
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
    return Optional.empty();
  }

  /** Stops all in order, so that the log is numbered to its end. */
  void terminate() throws InterruptedException {
    for (Replica each : replicas) {
      each.terminate();
    }
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
  }
}
