package dev.postern.intake.milter;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.trial.Samples;
import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mailsystem.DebianPackage;
import dev.postern.mailsystem.PostfixServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How much mail Postfix takes with different milters, in alternating rounds of one run, so that
 * what else the machine does meets all of them. Prints figures; no part of the build: {@code mvn
 * test -Dtest=MilterThroughputBenchmark}, with {@code -Dpostern.rounds=5} and {@code
 * -Dpostern.messages=150} of each of eight clients.
 */
class MilterThroughputBenchmark {
  private static final int CLIENTS = 8;
  private static final int MESSAGES_OF_EACH = Integer.getInteger("postern.messages", 150);

  /** For a round; what needs more is stuck. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final int ROUNDS = Integer.getInteger("postern.rounds", 3);
  private static final Samples.Sample SAMPLE = MeasuredMilters.SAMPLE;

  /**
   * A round with one milter.
   *
   * @param rate messages a second
   * @param took from the end of each message to its reply, in nanoseconds, the quickest first
   */
  private record Round(double rate, List<Long> took) {
    double milliseconds(int percent) {
      return took.get(took.size() * percent / 100) / 1e6;
    }
  }

  @Test
  void postfixWithPosternBesidePostfixWithOthers() throws Exception {
    DebianPackage.needed("postfix", "/usr/sbin/postfix");
    try (MeasuredMilters milters = new MeasuredMilters()) {
      milters.assertThatTheyLook();
      Map<String, List<Round>> rounds = new LinkedHashMap<>();
      for (int i = 0; i <= ROUNDS; i++) {
        for (Map.Entry<String, String> milter : milters.all.entrySet()) {
          Round round = round(milter.getKey(), milter.getValue());
          if (i > 0) { // the first warms up
            rounds.computeIfAbsent(milter.getKey(), _ -> new ArrayList<>()).add(round);
          }
        }
        assertThat(milters.ours.seen).as("were judged").hasSize(CLIENTS * MESSAGES_OF_EACH + 2);
        milters.withoutLooking.seen.clear();
        milters.ours.seen.clear();
      }
      rounds.forEach(MilterThroughputBenchmark::print);
      for (String other : milters.all.keySet()) {
        System.out.printf(
            "%s : %s = %.2f%n",
            MeasuredMilters.OURS,
            other,
            ratio(
                rounds.getOrDefault(MeasuredMilters.OURS, List.of()),
                rounds.getOrDefault(other, List.of())));
      }
    }
  }

  /** Of the round in the middle by rate: rate and times. */
  private static void print(String milter, List<Round> rounds) {
    List<Round> byRate = new ArrayList<>(rounds);
    byRate.sort((a, b) -> Double.compare(a.rate(), b.rate()));
    Round median = byRate.get(byRate.size() / 2);
    System.out.printf(
        "%-40s %6.1f messages/s (%.1f to %.1f); p50 %.1f ms, p99 %.1f ms%n",
        milter,
        median.rate(),
        byRate.getFirst().rate(),
        byRate.getLast().rate(),
        median.milliseconds(50),
        median.milliseconds(99));
  }

  /** In the middle of those of each turn: rounds next to each other met the same machine. */
  private static double ratio(List<Round> ours, List<Round> others) {
    return IntStream.range(0, ours.size())
        .mapToDouble(i -> ours.get(i).rate() / others.get(i).rate())
        .sorted()
        .skip(ours.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private static Round round(String name, String milter) throws Exception {
    String settings = "default_transport = discard:\nrelayhost =\nsmtpd_milters = ";
    try (PostfixServer postfix = PostfixServer.with().mainCf(settings + milter).start();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      send(postfix, 2); // smtpd and cleanup have started
      List<Callable<List<Long>>> work = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        work.add(() -> send(postfix, MESSAGES_OF_EACH));
      }
      long begun = System.nanoTime();
      List<Long> took = new ArrayList<>();
      for (Future<List<Long>> done : clients.invokeAll(work, LONGEST.toSeconds(), SECONDS)) {
        assertThat(done.isCancelled()).as(name + " took longer than " + LONGEST).isFalse();
        took.addAll(of(done, name, postfix));
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      took.sort(null);
      return new Round(took.size() / seconds, took);
    }
  }

  /** What a client came to; where it failed, with what Postfix says of the milter. */
  private static List<Long> of(Future<List<Long>> done, String name, PostfixServer postfix)
      throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException failed) {
      List<String> log = postfix.logged("warning: milter|milter-|fatal:");
      throw new AssertionError(name + ": " + String.join("\n", log), failed.getCause());
    }
  }

  /** How long each took to be answered. */
  private static List<Long> send(PostfixServer postfix, int times) throws IOException {
    List<Long> took = new ArrayList<>();
    try (RawSmtpClient client = postfix.clientAt(SAMPLE.clientIp(), SAMPLE.helo())) {
      for (int i = 0; i < times; i++) {
        client.begin(SAMPLE.mailFrom(), SAMPLE.recipients().getFirst());
        long begun = System.nanoTime();
        assertThat(client.data(SAMPLE.raw().octets())).startsWith("250");
        took.add(System.nanoTime() - begun);
      }
    }
    return took;
  }
}
