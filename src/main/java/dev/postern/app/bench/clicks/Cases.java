package dev.postern.app.bench.clicks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Cases made through Postern's own intake, each with a card in Slack to click on. */
final class Cases {
  private static final int CONNECTIONS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<String> ids;
  private final StandInSlack slack;

  private Cases(List<String> ids, StandInSlack slack) {
    this.ids = ids;
    this.slack = slack;
  }

  /**
   * Reports so many messages and waits for their cards.
   *
   * @param brief the first so many get a window that closes soon; they are let expire
   */
  static Cases make(Target target, StandInSlack slack, int count, int brief)
      throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>(report(target, 0, brief, Surroundings.BRIEF));
    Cases early = new Cases(List.copyOf(ids), slack);
    early.awaitCards();
    long expired = System.nanoTime() + Requests.BRIEF_WINDOW.plusSeconds(1).toNanos();
    ids.addAll(report(target, brief, count, "Hello"));
    Cases all = new Cases(List.copyOf(ids), slack);
    all.awaitCards();
    Waiting.until(() -> brief == 0 || System.nanoTime() > expired, () -> 0, PATIENCE);
    return all;
  }

  private static List<String> report(Target target, int from, int to, String subject)
      throws IOException, InterruptedException {
    try (ExecutorService reporters = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<List<String>>> shares = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        int first = from + (to - from) * i / CONNECTIONS;
        int end = from + (to - from) * (i + 1) / CONNECTIONS;
        shares.add(reporters.submit(() -> reportShare(target, first, end, subject)));
      }
      List<String> ids = new ArrayList<>();
      for (Future<List<String>> share : shares) {
        ids.addAll(share.get());
      }
      return ids;
    } catch (ExecutionException e) {
      throw new IOException("cases could not be made: " + e.getCause(), e);
    }
  }

  private static List<String> reportShare(Target target, int from, int to, String subject)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<String> ids = new ArrayList<>();
    try (Line line = target.dial()) {
      for (int i = from; i < to; i++) {
        byte[] body = Requests.hold(i, subject);
        String headers = Requests.intakeHeaders(body, System.currentTimeMillis() / 1000);
        Line.Reply reply = line.send("POST /v1/holds", headers, body);
        if (reply.status() != 202) {
          throw new IOException(reply.status() + " " + reply.body());
        }
        ids.add(mapper.readTree(reply.body()).path("case").asText());
      }
    }
    return ids;
  }

  private void awaitCards() throws IOException {
    boolean all =
        Waiting.until(
            () -> ids.stream().allMatch(id -> slack.button(id).isPresent()),
            () -> ids.stream().filter(id -> slack.button(id).isPresent()).count(),
            PATIENCE);
    if (!all) {
      throw new IOException("not every case got its card");
    }
  }

  /** The newest button for a case. */
  StandInSlack.Button button(int number) {
    return slack.button(ids.get(number)).orElseThrow();
  }
}
