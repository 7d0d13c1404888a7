package dev.postern.app.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.app.Child;
import dev.postern.mailsystem.NextHopServer.Taken;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * People who decide about each case at a moment by chance, and click again until they are answered.
 * Where a case asks once more, they look first who got the message, as the card asks them to.
 */
final class People implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST_THOUGHT = Duration.ofSeconds(4);
  private static final Duration LOOK = Duration.ofMillis(150);

  /** So long after the first decision nothing of it is under way any more. */
  private static final Duration LOOKING_AFTER = Duration.ofSeconds(8);

  /**
   * A first decision.
   *
   * @param to who is to get it
   * @param at before the click was sent
   */
  record Decided(List<String> to, Instant at) {}

  /** What was decided first, by queue id. */
  final Map<String, Decided> decided = new ConcurrentHashMap<>();

  /** Everything that a case was seen of, by queue id. */
  final Map<String, Mail> queueIds = new ConcurrentHashMap<>();

  /** Cases that asked again. */
  final Set<String> askedAgain = ConcurrentHashMap.newKeySet();

  /** Those of them whose message had arrived wherever it was to go: nothing was to be done. */
  final Set<String> left = ConcurrentHashMap.newKeySet();

  private final Machines machines;
  private final Map<String, Mail> byToken;
  private final RandomGenerator random;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Future<?> watch;
  private volatile boolean over;

  People(Machines machines, List<Mail> mails, RandomGenerator random) {
    this.machines = machines;
    this.random = random;
    this.byToken = mails.stream().collect(Collectors.toMap(Mail::token, m -> m));
    this.watch = threads.submit(this::watch);
  }

  /** Cases about our mail in these states. */
  List<JsonNode> cases(String states) throws IOException, InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    String after = "";
    do {
      HttpResponse<String> answer =
          postern()
              .get(
                  "/v1/cases?limit=200&state="
                      + states
                      + (after.isEmpty() ? "" : "&after=" + after));
      if (answer.statusCode() != 200) {
        throw new IOException(answer.statusCode() + " " + answer.body());
      }
      JsonNode page = JSON.readTree(answer.body());
      page.path("cases").forEach(found::add);
      after = page.path("next").asText("");
    } while (!after.isEmpty() && !after.equals("null"));
    return found.stream().filter(it -> byToken.containsKey(token(it))).toList();
  }

  private Child postern() {
    return machines.postern();
  }

  private static String token(JsonNode it) {
    return it.path("envelope").path("recipients").path(0).asText("").split("-", 2)[0];
  }

  private Void watch() throws InterruptedException {
    while (!over) {
      try {
        for (JsonNode it : cases("ASKING,FAILED,EXPIRED")) {
          consider(
              it.path("id").asText(),
              it.path("holdId").asText(),
              Objects.requireNonNull(byToken.get(token(it))));
        }
      } catch (IOException killed) {
        // it comes back
      }
      LockSupport.parkNanos(LOOK.toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException("watching");
      }
    }
    return null;
  }

  private void consider(String id, String queueId, Mail mail) {
    queueIds.put(queueId, mail);
    if (left.contains(id) || !underWay.add(id)) {
      return;
    }
    long thought = random.nextLong(LONGEST_THOUGHT.toNanos());
    threads.execute(
        () -> {
          LockSupport.parkNanos(thought);
          try {
            decide(id, queueId, mail);
          } catch (IOException killed) {
            // the watch finds it again
          } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
          } finally {
            underWay.remove(id);
          }
        });
  }

  private void decide(String id, String queueId, Mail mail)
      throws IOException, InterruptedException {
    Decided first = decided.get(queueId);
    if (first == null) {
      vote(id, queueId, mail, mail.wished());
      return;
    }
    JsonNode now = show(id);
    if (now.path("state").asText().matches("DECIDED|DONE")) {
      return; // the click had arrived
    }
    if (now.path("outcome").isEmpty() && now.path("trouble").asText("").isEmpty()) {
      vote(id, queueId, mail, mail.wished()); // it had not
      return;
    }
    askedAgain.add(id);
    LockSupport.parkNanos(LOOKING_AFTER.toNanos());
    List<String> missing = first.to().stream().filter(to -> !got(queueId, to)).toList();
    if (missing.isEmpty() && !first.to().isEmpty()) {
      left.add(id);
    } else {
      vote(id, queueId, mail, missing);
    }
  }

  private boolean got(String queueId, String recipient) {
    return machines.mail.nextHop().taken().stream()
        .filter(it -> it.recipients().contains(recipient))
        .map(Taken::octets)
        .anyMatch(octets -> Copy.of(octets).id().equals(queueId));
  }

  private JsonNode show(String id) throws IOException, InterruptedException {
    return JSON.readTree(postern().get("/v1/cases/" + id).body());
  }

  private void vote(String id, String queueId, Mail mail, List<String> to)
      throws IOException, InterruptedException {
    String token = show(id).path("ballot").path("token").asText("");
    if (token.isEmpty()) {
      return;
    }
    ObjectNode vote = JSON.createObjectNode();
    vote.put("choice", to.isEmpty() ? "discard" : "release");
    vote.put("token", token).put("reason", "I know them");
    if (!to.isEmpty() && to.size() < mail.recipients().size()) {
      to.forEach(vote.putArray("recipients")::add);
    }
    decided.putIfAbsent(queueId, new Decided(to, InstantSource.system().instant()));
    postern().post("/v1/cases/" + id + "/votes", vote.toString());
  }

  /** No more decisions. */
  void finish() throws Exception {
    over = true;
    watch.get();
  }

  @Override
  public void close() {
    over = true;
    threads.shutdownNow();
  }
}
