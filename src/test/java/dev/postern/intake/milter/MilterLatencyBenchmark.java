package dev.postern.intake.milter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mailsystem.DebianPackage;
import dev.postern.mailsystem.PostfixServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * What a milter adds to the time that a message takes, at a rate that does not wait for answers: a
 * message that is late makes the next ones late, and that counts. Alternating rounds of one run;
 * prints figures, no part of the build: {@code mvn test -Dtest=MilterLatencyBenchmark}, with {@code
 * -Dpostern.rounds=5}, {@code -Dpostern.rate=50} and {@code -Dpostern.seconds=10} for each round.
 */
class MilterLatencyBenchmark {
  private static final int ROUNDS = Integer.getInteger("postern.rounds", 3);
  private static final int RATE = Integer.getInteger("postern.rate", 50);
  private static final Duration ROUND = Duration.ofSeconds(Long.getLong("postern.seconds", 10));
  private static final int CONNECTIONS = 20;

  @Test
  void addedToAMessageAtARate() throws Exception {
    DebianPackage.needed("postfix", "/usr/sbin/postfix");
    try (MeasuredMilters milters = new MeasuredMilters()) {
      milters.assertThatTheyLook();
      Map<String, List<Long>> took = new LinkedHashMap<>();
      for (int i = 0; i <= ROUNDS; i++) {
        for (Map.Entry<String, String> milter : milters.all.entrySet()) {
          List<Long> round = round(milter.getValue());
          if (i > 0) { // the first warms up
            took.computeIfAbsent(milter.getKey(), _ -> new ArrayList<>()).addAll(round);
          }
        }
        milters.withoutLooking.seen.clear();
        milters.ours.seen.clear();
      }
      took.values().forEach(all -> all.sort(null));
      List<Long> without = took.getOrDefault(MeasuredMilters.NONE, List.of());
      took.forEach((milter, all) -> print(milter, all, without));
    }
  }

  private static void print(String milter, List<Long> took, List<Long> without) {
    System.out.printf(
        "%-40s %d messages at %d/s: p50 %.1f ms, p99 %.1f ms; added: p50 %.1f ms, p99 %.1f ms%n",
        milter,
        took.size(),
        RATE,
        at(took, 50),
        at(took, 99),
        at(took, 50) - at(without, 50),
        at(took, 99) - at(without, 99));
  }

  private static double at(List<Long> sorted, int percent) {
    return sorted.get(sorted.size() * percent / 100) / 1e6;
  }

  /** From when each was due to its reply, in nanoseconds. */
  private static List<Long> round(String milter) throws Exception {
    String settings = "default_transport = discard:\nrelayhost =\nsmtpd_milters = ";
    try (PostfixServer postfix = PostfixServer.with().mainCf(settings + milter).start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      BlockingQueue<RawSmtpClient> idle = new ArrayBlockingQueue<>(CONNECTIONS);
      for (int i = 0; i < CONNECTIONS; i++) {
        RawSmtpClient client =
            postfix.clientAt(MeasuredMilters.SAMPLE.clientIp(), MeasuredMilters.SAMPLE.helo());
        transaction(client); // its process has started
        idle.add(client);
      }
      List<Future<Long>> sent = new ArrayList<>();
      long begun = System.nanoTime();
      long between = Duration.ofSeconds(1).toNanos() / RATE;
      for (long due = begun; due < begun + ROUND.toNanos(); due += between) {
        long wait = due - System.nanoTime();
        while (wait > 0) {
          LockSupport.parkNanos(wait);
          wait = due - System.nanoTime();
        }
        long moment = due;
        sent.add(threads.submit(() -> send(idle, moment)));
      }
      List<Long> took = new ArrayList<>();
      for (Future<Long> each : sent) {
        took.add(each.get());
      }
      for (RawSmtpClient client : idle) {
        client.close();
      }
      return took;
    }
  }

  private static long send(BlockingQueue<RawSmtpClient> idle, long due) throws Exception {
    RawSmtpClient client = idle.take();
    transaction(client);
    idle.add(client);
    return System.nanoTime() - due;
  }

  private static void transaction(RawSmtpClient client) throws Exception {
    client.begin(MeasuredMilters.SAMPLE.mailFrom(), MeasuredMilters.SAMPLE.recipients().getFirst());
    assertThat(client.data(MeasuredMilters.SAMPLE.raw().octets())).startsWith("250");
  }
}
