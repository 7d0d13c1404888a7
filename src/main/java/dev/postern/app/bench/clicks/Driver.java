package dev.postern.app.bench.clicks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Sends clicks over connections that are kept open, each with one request under way. */
final class Driver {
  private static final long LONGEST_ECHO = TimeUnit.SECONDS.toNanos(3);

  private final Target target;
  private final List<Press> presses;
  private final double rate;
  private final boolean twice;
  private final Score score;
  private final AtomicInteger next = new AtomicInteger();
  private final long begin = System.nanoTime();

  /**
   * @param rate requests a second; 0 for as many as are answered
   * @param twice whether Slack sends everything again within three seconds
   */
  Driver(Target target, List<Press> presses, double rate, boolean twice) {
    this.target = target;
    this.presses = presses;
    this.rate = rate;
    this.twice = twice;
    this.score = new Score(presses.size(), presses.size() * (twice ? 2 : 1));
  }

  /** A request that is to be sent again. */
  private record Echo(int press, long at) {}

  /** What was seen so far. */
  Score score() {
    return score;
  }

  /** How many clicks are on their way or answered. */
  int begun() {
    return Math.min(next.get(), presses.size());
  }

  /** Sends everything; returns when each request is answered or lost. */
  Score run(int connections) throws IOException, InterruptedException {
    try (ExecutorService senders = Executors.newFixedThreadPool(connections)) {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        Sender sender = new Sender(i);
        all.add(
            senders.submit(
                () -> {
                  sender.send();
                  return null;
                }));
      }
      for (Future<Void> one : all) {
        one.get();
      }
      return score;
    } catch (ExecutionException e) {
      throw new IOException("clicks could not be sent: " + e.getCause(), e);
    }
  }

  /** One connection. */
  private final class Sender {
    private final RandomGenerator random;
    private final PriorityQueue<Echo> echoes =
        new PriorityQueue<>(Comparator.comparingLong(Echo::at));
    private Line line = target.dial();

    Sender(int number) throws IOException {
      random = RandomGeneratorFactory.getDefault().create(number);
    }

    void send() throws IOException {
      try {
        for (int i = next.getAndIncrement(); i < presses.size(); i = next.getAndIncrement()) {
          long due = rate > 0 ? begin + (long) (i * 1e9 / rate) : System.nanoTime();
          echo(due);
          waitUntil(due);
          // The clock starts when the click was due: a stall of the server must not hide itself.
          deliver(i, rate > 0);
          if (twice) {
            echoes.add(new Echo(i, System.nanoTime() + random.nextLong(LONGEST_ECHO)));
          }
        }
        echo(Long.MAX_VALUE);
      } finally {
        line.close();
      }
    }

    private void echo(long until) throws IOException {
      while (!echoes.isEmpty() && echoes.element().at() <= until) {
        Echo due = echoes.remove();
        waitUntil(due.at());
        deliver(due.press(), false);
      }
    }

    private void deliver(int index, boolean scheduled) throws IOException {
      Press press = presses.get(index);
      byte[] body = press.octets();
      String headers = press.headers(System.currentTimeMillis() / 1000);
      long from = scheduled ? begin + (long) (index * 1e9 / rate) : System.nanoTime();
      try {
        Line.Reply reply = line.send("POST /slack/events", headers, body);
        score.answered(index, reply.status(), System.nanoTime() - from);
      } catch (IOException broken) {
        score.lost();
        line.close();
        line = target.dial();
      }
    }

    private static void waitUntil(long instant) {
      for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }
}
