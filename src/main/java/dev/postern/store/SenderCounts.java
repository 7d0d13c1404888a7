package dev.postern.store;

import dev.postern.approval.Sender;
import dev.postern.approval.Sighting;
import dev.postern.approval.Sighting.Fate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** By how much rows of senders are to change. Sorted, so that writers never wait in a circle. */
final class SenderCounts {
  private final NavigableMap<Key, Count> counts = new TreeMap<>();

  /** A row. */
  record Key(String sender, boolean proved, LocalDate day) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::sender).thenComparing(Key::proved).thenComparing(Key::day);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * What is added to it.
   *
   * @param first when the first of these messages came
   * @param last when the last of them came
   */
  record Count(
      int seen, int passed, int asked, int released, int discarded, Instant first, Instant last) {

    static Count of(Sighting it, int sign) {
      Fate fate = it.fate();
      return new Count(
          sign,
          fate == Fate.PASSED ? sign : 0,
          fate.asked() ? sign : 0,
          fate == Fate.RELEASED ? sign : 0,
          fate.discarded() ? sign : 0,
          it.at(),
          it.at());
    }

    Count plus(Count more) {
      return new Count(
          seen + more.seen,
          passed + more.passed,
          asked + more.asked,
          released + more.released,
          discarded + more.discarded,
          first.isBefore(more.first) ? first : more.first,
          last.isAfter(more.last) ? last : more.last);
    }
  }

  void add(Sighting it) {
    put(it, 1);
  }

  /** Takes back what was added for this message before. */
  void take(Sighting it) {
    put(it, -1);
  }

  private void put(Sighting it, int sign) {
    Count one = Count.of(it, sign);
    keys(it).forEach(key -> counts.merge(key, one, Count::plus));
  }

  /** Those of the domain and of the address. */
  private static Stream<Key> keys(Sighting it) {
    LocalDate day = LocalDate.ofInstant(it.at(), ZoneOffset.UTC);
    Sender sender = it.sender();
    return Stream.of(sender.domain(), sender.address())
        .filter(name -> !name.isEmpty())
        .map(name -> new Key(name, sender.proved(), day));
  }

  /** Whether these rows take a message in without becoming more than so many. */
  boolean hasRoomFor(Sighting it, int most) {
    return counts.size() + 2 <= most || keys(it).allMatch(counts::containsKey);
  }

  int size() {
    return counts.size();
  }

  /** In the order in which they must be written. */
  List<Map.Entry<Key, Count>> sorted() {
    return List.copyOf(counts.entrySet());
  }

  void clear() {
    counts.clear();
  }

  void put(Map.Entry<Key, Count> row) {
    counts.merge(row.getKey(), row.getValue(), Count::plus);
  }
}
