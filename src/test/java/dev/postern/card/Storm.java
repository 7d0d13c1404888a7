package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.TokenId;
import dev.postern.approval.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * One storm: cases that change while the platform fails, two replicas that bring their cards, and
 * wake-ups that come early, late, twice or never. Time is a number.
 */
final class Storm {
  static final int CARDS = 6;

  private static final Instant START = Instant.parse("2026-11-24T07:00:00Z");
  private static final Duration LENGTH = Duration.ofMinutes(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Tokens TOKENS = new Tokens(List.of(new byte[32]));
  private static final CardPlace PLACE = new CardPlace("slack", "C0MAILOPS");

  private record Event(Instant at, long order, Runnable what) {}

  private final Random random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
  private final MemoryCardRows rows = new MemoryCardRows();
  private final ManyCases book = new ManyCases();
  private final Map<String, Integer> stages = new HashMap<>();
  private final Map<String, List<CaseFile>> courses = new HashMap<>();
  private final Set<String> removed = new HashSet<>();
  private final Set<String> asleep = new HashSet<>();
  private final List<CardKeeper> replicas = new ArrayList<>();
  private final StormySurface surface;
  private Instant now = START;
  private Instant allTrue = START;
  private long order;
  private int revisions;

  Storm(long seed) {
    random = new Random(seed);
    surface =
        new StormySurface(random, this::in, () -> now, () -> now.isBefore(START.plus(LENGTH)));
    int processes = 1 + random.nextInt(2);
    for (int i = 0; i < processes; i++) {
      replicas.add(
          new CardKeeper(
              rows,
              book,
              TOKENS,
              CardWriterTest.writer(),
              new Surfaces(List.of(surface), random),
              () -> now,
              random));
    }
  }

  private void in(Duration wait, Runnable what) {
    events.add(new Event(now.plus(wait), ++order, what));
  }

  private Duration sometime(Duration within) {
    return Duration.ofMillis(random.nextLong(within.toMillis()));
  }

  /** Plays the storm and what follows until nothing is left to happen. */
  void play() {
    for (int i = 0; i < CARDS; i++) {
      String card = "card-" + i;
      CaseId id = new CaseId("PN-AAAA-AAA" + "BCDEFG".charAt(i));
      in(sometime(LENGTH), () -> arrives(card, id));
    }
    for (Duration at = MINUTE; at.compareTo(LENGTH.multipliedBy(3)) < 0; at = at.plus(MINUTE)) {
      in(at, this::callTheRoll);
    }
    while (!events.isEmpty()) {
      Event next = events.poll();
      now = next.at();
      next.what().run();
    }
  }

  private void arrives(String card, CaseId id) {
    stages.put(card, 0);
    courses.put(card, SampleCases.stages(id));
    book.put(SampleCases.stages(id).getFirst());
    rows.put(
        new CardRow(
            card,
            id,
            PLACE,
            Optional.empty(),
            Optional.of(new TokenId("0123456789abcdef".repeat(2))),
            1,
            0));
    revisions++;
    wake(card, 1, Duration.ZERO);
    Duration left = Duration.between(now, START.plus(LENGTH));
    int changes = random.nextInt(10);
    for (int i = 0; i < changes; i++) {
      in(sometime(left.plus(MINUTE)), () -> changes(card));
    }
    if (random.nextInt(10) == 0) {
      removed.add(card);
      in(sometime(left.plusMillis(1)), () -> surface.wipe(card));
      in(left.plus(MINUTE.multipliedBy(2)), () -> changes(card));
    }
  }

  private void changes(String card) {
    List<CaseFile> course = Objects.requireNonNull(courses.get(card));
    book.put(course.get(Math.min(stages.merge(card, 1, Integer::sum), course.size() - 1)));
    int revision = rows.find(card).orElseThrow().desired() + 1;
    rows.desire(card, revision);
    revisions++;
    wake(card, revision, Duration.ZERO);
  }

  /** Writes a wake-up down as the queue does: one of a key, and sometimes it is lost or doubled. */
  private void wake(String card, int revision, Duration wait) {
    if (!asleep.add(card + "#" + revision)) {
      return;
    }
    if (random.nextInt(20) == 0) {
      asleep.remove(card + "#" + revision);
      return; // lost
    }
    in(wait, () -> woken(card, revision));
    if (random.nextInt(5) == 0) {
      in(sometime(MINUTE), () -> bring(card, revision)); // doubled, early or late
    }
  }

  private void woken(String card, int revision) {
    Optional<Duration> again = bring(card, revision);
    asleep.remove(card + "#" + revision);
    again.ifPresent(wait -> wake(card, revision, wait));
  }

  private Optional<Duration> bring(String card, int revision) {
    boolean behind = rows.find(card).filter(r -> r.applied() < r.desired()).isPresent();
    try {
      Optional<Duration> again =
          replicas.get(random.nextInt(replicas.size())).bring(card, revision);
      if (behind && rows.find(card).filter(r -> r.applied() == r.desired()).isPresent()) {
        allTrue = now;
      }
      int desired = rows.find(card).orElseThrow().desired();
      if (desired > revision && again.isEmpty()) {
        wake(card, desired, Duration.ZERO); // the row that came with the newer revision
      }
      return again;
    } catch (StormySurface.Died _) {
      return Optional.of(Duration.ofSeconds(8)); // another replica takes over
    }
  }

  private void callTheRoll() {
    for (int i = 0; i < CARDS; i++) {
      rows.find("card-" + i)
          .filter(r -> r.applied() < r.desired())
          .ifPresent(r -> wake(r.id(), r.desired(), Duration.ZERO));
    }
  }

  void verify() {
    for (int i = 0; i < CARDS; i++) {
      String card = "card-" + i;
      CardRow row = rows.find(card).orElseThrow();
      assertThat(row.applied()).as("revision of " + card).isEqualTo(row.desired());
      List<StormySurface.Message> messages = surface.of(card);
      CaseFile file = book.find(row.caseId()).orElseThrow();
      if (removed.contains(card) && file.openStage().isEmpty() && messages.isEmpty()) {
        continue; // what is over stays removed
      }
      assertThat(messages).as(card + " stands once").hasSize(1);
      StormySurface.Message shown = messages.getFirst();
      CardView truth =
          CardWriterTest.writer().write(file, row, row.token().map(TOKENS::seal), shown.drawn());
      assertThat(shown.view()).as(card).isEqualTo(truth);
    }
    if (replicas.size() == 1) {
      assertThat(surface.early()).as("calls before Retry-After").isZero();
    }
  }

  int mostCalls() {
    return surface.calls().values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  int calls() {
    return surface.calls().values().stream().mapToInt(Integer::intValue).sum();
  }

  int revisions() {
    return revisions;
  }

  /** From the end of the storm until the last card was true. */
  Duration settling() {
    Duration after = Duration.between(START.plus(LENGTH), allTrue);
    return after.isNegative() ? Duration.ZERO : after;
  }
}
