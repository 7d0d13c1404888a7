package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, end to end, with the process that people run. */
final class MainJobIT {
  private static final String MESSAGE =
      String.join(
          "\r\n",
          "From: Shop <billing@shop.test>",
          "To: you@corp.test",
          "Subject: Your order",
          "",
          "Hello",
          "..a line that begins with a dot",
          "");

  @TempDir Path folder;
  private final List<Child> children = new ArrayList<>();

  private Child start(String command, Map<String, String> settings) throws IOException {
    Child child = Child.start(command, folder, settings);
    children.add(child);
    return child;
  }

  @AfterEach
  void stop() {
    children.forEach(Child::close);
  }

  private static String held(Child postern) throws IOException {
    String reply = postern.mail("billing@shop.test", "you@corp.test", MESSAGE);
    assertThat(reply).matches("250 2\\.0\\.0 held for approval as PN-.{4}-.{4}");
    return reply.substring(reply.length() - 12);
  }

  private static HttpResponse<String> vote(Child postern, String id, String choice)
      throws IOException, InterruptedException {
    String token = Child.values(postern.get("/v1/cases/" + id).body(), "token").getFirst();
    return postern.post(
        "/v1/cases/" + id + "/votes",
        "{\"choice\":\"" + choice + "\",\"token\":\"" + token + "\",\"reason\":\"I know them\"}");
  }

  @Test
  void mailThatIsHeldAndReleasedReachesTheNextHopOctetForOctet() throws Exception {
    Child postern = start("try", Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
    String id = held(postern);

    assertThat(vote(postern, id, "release").statusCode()).isEqualTo(200);

    String done = postern.await("/v1/cases/" + id, "\"state\":\"DONE\"");
    assertThat(done).contains("250 2.0.0 Ok: queued as ");
    String wanted = MESSAGE.replace("\r\n..a", "\r\n.a");
    try (Stream<Path> files = Files.walk(folder.resolve("data/mailbox"))) {
      assertThat(files.filter(Files::isRegularFile).anyMatch(f -> holds(f, wanted))).isTrue();
    }
    System.out.printf(
        "resident memory after %d cases: %d MiB%n",
        Child.values(postern.get("/v1/cases").body(), "id").size(), postern.memory() >> 20);
  }

  private static boolean holds(Path file, String text) {
    try {
      return sha256(Files.readAllBytes(file))
          .equals(sha256(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  @Test
  void samplesArriveThroughSmtpAndAreJudgedAsTheyAreMeant() throws Exception {
    Child postern = start("try", Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
    String cases = postern.await("/v1/cases?limit=50", "lesesaal@");

    assertThat(Child.values(cases, "subject")).hasSizeGreaterThanOrEqualTo(5);
    assertThat(cases).contains("security@hansabank", "news@kestrel-travel");
    assertThat(postern.log()).contains("judgement=pass");
  }

  @Test
  void theWayOfOneMessageIsToldInFewerThanTenLines() throws Exception {
    Child postern = start("try", Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
    String id = held(postern);
    vote(postern, id, "release");
    postern.await("/v1/cases/" + id, "\"state\":\"DONE\"");

    List<String> lines = postern.log().lines().filter(l -> l.contains("case=" + id)).toList();
    assertThat(lines).hasSizeBetween(8, 9);
    assertThat(lines).noneMatch(l -> l.contains("Your order") || l.contains("shop.test"));
    lines.forEach(System.out::println);
  }

  @Test
  void P1_P3_killNineLosesNoAcknowledgedHoldOrVote() throws Exception {
    Map<String, String> noNextHop =
        Map.of("POSTERN_MAIL_SMTP_NEXT_HOP", "127.0.0.1:9", "POSTERN_DNS_SERVERS", "127.0.0.1:9");
    Child first = start("try", noNextHop);
    String undecided = held(first);
    String decided = held(first);
    assertThat(vote(first, decided, "release").statusCode()).isEqualTo(200);
    first.kill();

    Child second = start("try", Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));

    assertThat(second.get("/v1/cases/" + undecided).body()).contains("\"state\":\"ASKING\"");
    assertThat(second.await("/v1/cases/" + decided, "\"state\":\"DONE\""))
        .as("the vote outlived the kill, and its effect was carried out")
        .contains("queued as");
  }

  @Test
  void P8_P9_aNextHopThatRefusesLeavesTheMailHeldAndTheCaseSaysSo() throws Exception {
    Child postern =
        start(
            "try",
            Map.of(
                "POSTERN_MAIL_SMTP_NEXT_HOP", "127.0.0.1:9",
                "POSTERN_DNS_SERVERS", "127.0.0.1:9"));
    String id = held(postern);
    vote(postern, id, "release");

    String late = postern.await("/v1/cases/" + id, "TEMP_FAIL");
    assertThat(late).contains("\"state\":\"DECIDED\"").doesNotContain("\"state\":\"DONE\"");
  }

  @Test
  void P15_sigtermDrainsAndExitsWithinTenSeconds() throws Exception {
    Child postern = start("try", Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
    held(postern);

    Duration took = postern.terminate();

    System.out.printf("SIGTERM to exit: %d ms%n", took.toMillis());
    assertThat(took).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void P14_noTokenAndNoKeyStandsInTheLogOrInTheRows() throws Exception {
    Child postern = start("try", Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
    String id = held(postern);
    String token = Child.values(postern.get("/v1/cases/" + id).body(), "token").getFirst();
    vote(postern, id, "release");
    postern.await("/v1/cases/" + id, "\"state\":\"DONE\"");
    String operator = Files.readString(folder.resolve("data/operator.token")).strip();
    String key = Files.readString(folder.resolve("data/keys/token.key")).strip();
    postern.kill();

    String rows =
        Files.readString(folder.resolve("data/postern.mv.db"), StandardCharsets.ISO_8859_1);
    assertThat(postern.log()).doesNotContain(operator).doesNotContain(key).doesNotContain(token);
    assertThat(rows).doesNotContain(operator).doesNotContain(key);
    assertThat(rows).as("the sealed token stands on cards only").doesNotContain(token);
  }

  @Test
  void aSecondProcessOnTheSameFilesIsRefusedInOneSentence() throws Exception {
    start("try", Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));

    assertThatThrownBy(() -> start("try", Map.of()))
        .hasMessageContaining("another Postern uses")
        .hasMessageContaining("H2 serves one process only");
  }

  @Test
  void readinessNamesItsPartsAndMetricsCount() throws Exception {
    Child postern = start("try", Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
    held(postern);

    assertThat(postern.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(postern.get("/readyz").body()).contains("store: ok");
    assertThat(postern.get("/metrics").body())
        .contains(
            "postern_events_total{what=\"case.received\"}", "postern_cases{state=\"asking\"}");
  }
}
