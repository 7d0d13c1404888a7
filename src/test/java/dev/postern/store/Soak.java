package dev.postern.store;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.People;
import dev.postern.audit.SigningKey;
import dev.postern.card.CardView;
import dev.postern.card.Notice;
import dev.postern.card.Surface;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A hundred days of mail in a few minutes: cases are held, examined, asked about, voted on, carried
 * out and drawn by the real queue, and removed when their time has come. Prints ten lines, and
 * fails where memory, rows or the file grow with the cases that have been, and not with those that
 * are kept. The log alone grows, as it is meant to.
 */
final class Soak {
  private static final int CASES_A_DAY = 1000;
  private static final int DAYS_KEPT = 8;
  private static final int AT_ONCE = 50;
  private static final Retention.Terms TERMS =
      new Retention.Terms(Duration.ofDays(2), Duration.ofDays(DAYS_KEPT), Duration.ofDays(2));
  private static final int MOST_OCTETS_A_LOG_ENTRY = 1500;

  private final World world;
  private final Store.Access access;
  private final SigningKey key = SigningKey.generate("postern/log", new SecureRandom());
  private final List<Line> lines = new ArrayList<>();

  /** How things stand after a tenth. */
  private record Line(int cases, long rate, long heap, long file, Map<String, Long> rows) {
    long of(String table) {
      return rows.getOrDefault(table, 0L);
    }
  }

  private Soak(Store.Access access) {
    this.access = access;
    this.world = new World(access, new People().and("kim").and("noor"), Dnses.NOTHING);
  }

  /** Takes {@code h2} or {@code postgres}, and how many cases. */
  public static void main(String[] args) throws IOException {
    int cases = Integer.parseInt(args[1]);
    Path folder = Files.createTempDirectory("postern-soak");
    Store.Access access = args[0].equals("postgres") ? Databases.postgres() : Databases.h2(folder);
    List<String> wrong = new Soak(access).run(cases);
    wrong.forEach(System.out::println);
    System.out.println(wrong.isEmpty() ? "soak: flat" : "soak: NOT flat");
    Runtime.getRuntime().halt(wrong.isEmpty() ? 0 : 1);
  }

  private List<String> run(int cases) throws IOException {
    WorkQueue queue = world.store().queue(workers(), () -> world.now);
    queue.start();
    Sequencer sequencer = world.store().sequencer(key, _ -> {}, () -> world.now);
    long begin = System.nanoTime();
    for (int done = AT_ONCE; done <= cases; done += AT_ONCE) {
      some(done);
      if (done % CASES_A_DAY == 0) {
        endOfDay(sequencer);
      }
      if (done % (cases / 10) == 0) {
        long nanos = Math.max(1, System.nanoTime() - begin);
        lines.add(line(done, cases / 10 * 1_000_000_000L / nanos));
        begin = System.nanoTime();
      }
    }
    queue.close();
    world.close();
    return wrong();
  }

  /** A few people at once, and the clock goes on. */
  private void some(int number) {
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 2; thread++) {
      int first = number + thread;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < AT_ONCE; i += 2) {
                      one(first + "-" + i, i);
                    }
                  }));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    settle();
    world.now = world.now.plus(Duration.ofDays(1).dividedBy(CASES_A_DAY / AT_ONCE));
    world.story.clear();
    synchronized (world.quarantine) {
      world.quarantine.calls.clear();
    }
  }

  private void one(String name, int kind) {
    if (kind % 10 == 0) {
      CaseId id = world.desk.receive(world.hold(name)).caseId();
      world.desk.gone(world.find(id).hold());
      return;
    }
    CaseId id = world.held(name);
    Click click =
        world.click(
            "kim",
            world.token(id, CardPlace.WEB),
            kind % 6 == 0 ? new Choice.Discard() : new Choice.ReleaseAll());
    if (!(world.desk.click(click) instanceof Answer.Decided)) {
      throw new IllegalStateException(id + " was not decided");
    }
    world.desk.click(click); // the platform delivers it once more
  }

  /**
   * Until nothing is due: a clock that leaps under running work looks like a replica that died, and
   * under one that stands still the queue does not look again.
   */
  private void settle() {
    long patience = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (due() > 0) {
      LockSupport.parkNanos(5_000_000);
      world.now = world.now.plusMillis(5);
      if (System.nanoTime() > patience) {
        throw new IllegalStateException(due() + " wake-ups are not answered");
      }
    }
  }

  private long due() {
    return world
        .store()
        .rows()
        .withHandle(
            h ->
                h.createQuery("SELECT COUNT(*) FROM work WHERE execution_time <= :now")
                    .bind("now", Rows.utc(world.now))
                    .mapTo(Long.class)
                    .one());
  }

  private void endOfDay(Sequencer sequencer) {
    if (world.records.count(Set.of(CaseState.DECIDED)) > 0) {
      throw new IllegalStateException("decisions are not carried out");
    }
    while (sequencer.number() > 0) {
      world.story.clear();
    }
    try (Retention retention = world.store().retention(TERMS, () -> world.now)) {
      retention.sweep();
    }
  }

  private Workers workers() {
    People people = new People().and("kim").and("noor");
    return CardRoom.in(world, people, List.of(new Wall()), new SecureRandom()).workers();
  }

  /** Where cards are put up and nobody looks. */
  private static final class Wall implements Surface {
    @Override
    public String name() {
      return "slack";
    }

    @Override
    public Optional<String> find(String cardId, CardPlace place, Instant since) {
      return Optional.empty();
    }

    @Override
    public void remove(String externalId) {}

    @Override
    public String post(String cardId, CardPlace place, CardView card) {
      return cardId;
    }

    @Override
    public void update(String externalId, CardPlace place, CardView card) {}

    @Override
    public void remind(String externalId, Notice notice) {}

    @Override
    public void tell(Click click, Notice notice) {}
  }

  private Line line(int cases, long rate) throws IOException {
    System.gc();
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    Map<String, Long> rows = new TreeMap<>();
    for (String table : Filled.GROWING) {
      rows.put(
          table,
          world
              .store()
              .rows()
              .withHandle(
                  h -> h.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one()));
    }
    Line line = new Line(cases, rate, heap, file(), rows);
    System.out.printf(
        "%d cases  %d/s  heap %d KiB  file %d KiB  %s%n",
        cases, rate, heap >> 10, line.file() >> 10, rows);
    return line;
  }

  private long file() throws IOException {
    return Dialect.of(access.url()) == Dialect.H2
        ? Files.size(Backup.file(access))
        : world
            .store()
            .rows()
            .withHandle(
                h ->
                    h.createQuery("SELECT pg_database_size(current_database())")
                        .mapTo(Long.class)
                        .one());
  }

  private List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    Line second = lines.get(1);
    Line last = lines.getLast();
    if (last.heap() > 1.3 * second.heap()) {
      wrong.add("the heap grew from %d to %d octets".formatted(second.heap(), last.heap()));
    }
    long kept = (DAYS_KEPT + 2L) * CASES_A_DAY;
    for (String table : List.of("hold", "case_file", "stage", "card", "effect", "evidence")) {
      if (last.of(table) > 2 * kept) {
        wrong.add("%s has %d rows".formatted(table, last.of(table)));
      }
    }
    if (last.of("message") > 4L * CASES_A_DAY || last.of("inbox") > 4L * CASES_A_DAY) {
      wrong.add("octets or clicks stay longer than they are kept");
    }
    if (last.of("work") > 4L * CASES_A_DAY) {
      wrong.add("%d wake-ups stay".formatted(last.of("work")));
    }
    long entries = last.of("audit_entry") - second.of("audit_entry");
    if (last.file() - second.file() > entries * MOST_OCTETS_A_LOG_ENTRY) {
      wrong.add("the file grew by more than the log");
    }
    return wrong;
  }
}
