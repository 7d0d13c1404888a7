package dev.postern.app.crash;

import dev.postern.app.Child;
import dev.postern.app.crash.Replica.Ports;
import dev.postern.slack.StrictSlack;
import dev.postern.slack.StrictSlack.Shown;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Mail that arrives by webhook and by SMTP, and people who press release on every card; whatever is
 * not answered is sent again, as the senders do. Keeps what Postern said that it has.
 */
final class Load implements AutoCloseable {
  private static final int CLICKERS = 3;
  private static final int TRIES = 4;
  private static final int PRESSES = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(120);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** Acknowledged holds: the recipient by the case. */
  final Map<String, String> held = new ConcurrentHashMap<>();

  /** Acknowledged clicks: the case by the event. */
  final Map<String, String> clicked = new ConcurrentHashMap<>();

  private final Fleet fleet;
  private final Door door = new Door();
  private final long seed;
  private final Semaphore allowed = new Semaphore(0);
  private final AtomicInteger numbers = new AtomicInteger();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final ExecutorService senders = Executors.newCachedThreadPool();
  private final ExecutorService clickers = Executors.newFixedThreadPool(CLICKERS);
  private final List<Future<?>> work = new ArrayList<>();
  private volatile boolean over;

  Load(Fleet fleet, long seed) {
    this.fleet = fleet;
    this.seed = seed;
    work.add(senders.submit(() -> hold(random(1), TRIES, this::report)));
    // Mail that is sent again by SMTP is another message.
    work.add(senders.submit(() -> hold(random(2), 1, this::mail)));
    work.add(senders.submit(() -> watch(random(3))));
  }

  private RandomGenerator random(int part) {
    return RandomGeneratorFactory.getDefault().create(seed * 1000 + part);
  }

  /** Lets so many more messages come. */
  void allow(int holds) {
    allowed.release(holds);
  }

  /** One way for mail to come; the case where Postern said that it has it. */
  private interface Way {
    Optional<String> hold(Ports at, String recipient, String subject)
        throws IOException, InterruptedException;
  }

  private Void hold(RandomGenerator random, int most, Way way) throws InterruptedException {
    while (!over) {
      allowed.acquire();
      String recipient = "case-" + numbers.incrementAndGet() + "@corp.test";
      String subject = random.nextInt(4) == 0 ? Outside.TWO : "Hello";
      boolean taken = false;
      for (int tries = 0; tries < most && !taken && !over; tries++) {
        taken = sent(random, recipient, subject, way);
      }
      LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE.toNanos()));
    }
    return null;
  }

  private boolean sent(RandomGenerator random, String recipient, String subject, Way way)
      throws InterruptedException {
    Ports at = fleet.any(random).orElseThrow();
    try {
      Optional<String> id = way.hold(at, recipient, subject);
      id.ifPresent(known -> held.put(known, recipient));
      return id.isPresent();
    } catch (IOException gone) {
      return false;
    }
  }

  private Optional<String> report(Ports at, String recipient, String subject)
      throws IOException, InterruptedException {
    return door.report(at.url(), recipient, subject);
  }

  private Optional<String> mail(Ports at, String recipient, String subject) throws IOException {
    String reply =
        Child.mail(
            at.smtp(),
            "sender@sender.example",
            recipient,
            Door.message(recipient, subject) + "\r\n");
    return reply.startsWith("250") ? Door.caseIn(reply) : Optional.empty();
  }

  private Void watch(RandomGenerator random) {
    int looked = 0;
    while (!over) {
      int there = fleet.outside.slack.messages();
      for (Shown card : fleet.outside.slack.cards(looked)) {
        if (card.token().isPresent() && seen.add(card.cardId())) {
          long own = random.nextLong();
          clickers.execute(() -> press(card, RandomGeneratorFactory.getDefault().create(own)));
        }
      }
      looked = there;
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return null;
  }

  /** Different people press while they see the button; their clicks arrive one by one. */
  void press(Shown card, RandomGenerator random) {
    int first = random.nextInt(fleet.outside.people);
    List<StrictSlack.Click> presses =
        IntStream.range(first, first + PRESSES)
            .mapToObj(person -> Outside.user(person % fleet.outside.people))
            .flatMap(user -> fleet.outside.slack.release(user, card).stream())
            .toList();
    presses.forEach(click -> deliver(click, card.caseId(), random));
  }

  /** Sends the same event again until it is answered, as Slack does. */
  private void deliver(StrictSlack.Click click, String caseId, RandomGenerator random) {
    boolean taken = false;
    for (int tries = 0; tries < TRIES && !taken; tries++) {
      taken = delivered(click, random);
    }
    if (taken) {
      clicked.put(click.eventId(), caseId);
    }
  }

  private boolean delivered(StrictSlack.Click click, RandomGenerator random) {
    try {
      // Where nobody came up for a minute, Slack tries again.
      Optional<Ports> up = fleet.any(random);
      return up.isPresent() && door.click(up.get().url(), click);
    } catch (IOException gone) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** No more mail; every click that was begun is delivered. */
  void finish() throws Exception {
    over = true;
    allow(2);
    for (Future<?> each : work) {
      each.get();
    }
    clickers.close();
  }

  @Override
  public void close() {
    over = true;
    senders.shutdownNow();
    clickers.shutdownNow();
  }
}
