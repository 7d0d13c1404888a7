package dev.postern.intake.milter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.trial.Samples;
import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mailsystem.DebianPackage;
import dev.postern.mailsystem.PostfixServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * How much mail Postfix takes with different milters, in alternating rounds of one run, so that
 * what else the machine does meets all of them. Prints figures; no part of the build: {@code mvn
 * test -Dtest=MilterThroughputBenchmark}, with {@code -Dpostern.rounds=5}.
 */
class MilterThroughputBenchmark {
  private static final int CLIENTS = 8;
  private static final int MESSAGES_OF_EACH = 60;
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
      Map<String, List<Round>> rounds = new LinkedHashMap<>();
      for (int i = 0; i <= ROUNDS; i++) {
        for (Map.Entry<String, String> milter : milters.all.entrySet()) {
          Round round = round(milter.getValue());
          if (i > 0) { // the first warms up
            rounds.computeIfAbsent(milter.getKey(), _ -> new ArrayList<>()).add(round);
          }
        }
        assertThat(milters.ours.seen).as("were judged").hasSize(CLIENTS * MESSAGES_OF_EACH + 2);
        milters.withoutLooking.seen.clear();
        milters.ours.seen.clear();
      }
      milters.assertThatTheyLooked();
      rounds.forEach(MilterThroughputBenchmark::print);
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

  private static Round round(String milter) throws Exception {
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
      for (Future<List<Long>> done : clients.invokeAll(work)) {
        took.addAll(done.get());
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      took.sort(null);
      return new Round(took.size() / seconds, took);
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
