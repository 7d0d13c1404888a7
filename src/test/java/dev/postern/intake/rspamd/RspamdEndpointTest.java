package dev.postern.intake.rspamd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.GatewayReports;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Received;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.GatewayReport.Finding;
import dev.postern.intake.rspamd.RspamdSettings.Keeper;
import io.javalin.Javalin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rspamd 3.4 really sent, sent again octet by octet. */
class RspamdEndpointTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final int LIMIT = 200_000;
  private static final String RIGHT = "postern:a password of rspamd";

  private final Map<HoldRef, GatewayReport> reports = new ConcurrentHashMap<>();
  private final List<Hold> holds = new CopyOnWriteArrayList<>();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile boolean down;

  @SuppressWarnings("NullAway.Init")
  private Javalin server;

  @BeforeEach
  void start() {
    start(Keeper.MAIL_SYSTEM);
  }

  private void start(Keeper keeper) {
    RspamdSettings settings =
        new RspamdSettings(
            "postern",
            "a password of rspamd",
            "edge-1",
            keeper,
            Set.of("quarantine", "no action"),
            LIMIT,
            3L * LIMIT);
    GatewayReports kept =
        (hold, report, at) -> {
          assertThat(at).isEqualTo(NOW);
          if (down) {
            throw new IllegalStateException("secret detail of the store");
          }
          reports.put(hold, report);
        };
    RspamdEndpoint endpoint =
        new RspamdEndpoint(kept, new Follows(), settings, InstantSource.fixed(NOW));
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.jetty.modifyHttpConfiguration(
                      http -> http.setRequestHeaderSize(RspamdEndpoint.HEADER_OCTETS));
                  endpoint.register(config.routes);
                })
            .start("127.0.0.1", 0);
  }

  private final class Follows implements RspamdEndpoint.Follow {
    @Override
    public void soon() {
      looks.incrementAndGet();
    }

    @Override
    public Received receive(Hold hold) {
      holds.add(hold);
      return new Received(new CaseId("PN-7F3K-2QXD"), false);
    }
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  /** A message of the capture, whatever its request said of itself. */
  private static byte[] captured(String name) throws IOException {
    try (InputStream file = RspamdEndpointTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    }
  }

  private String send(byte[] request, String who) throws IOException {
    int line = new String(request, ISO_8859_1).indexOf("\r\n") + 2;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(request, 0, line);
    String credentials = Base64.getEncoder().encodeToString(who.getBytes(UTF_8));
    all.writeBytes(("Authorization: Basic " + credentials + "\r\n").getBytes(UTF_8));
    all.write(request, line, request.length - line);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(all.toByteArray());
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private GatewayReport reported(HoldRef ref) {
    return Objects.requireNonNull(reports.get(ref), ref::toString);
  }

  private String post(String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    String head =
        "POST /v1/rspamd HTTP/1.1\r\nConnection: close\r\nHost: 127.0.0.1\r\nContent-Length: "
            + body.length
            + "\r\nContent-Type: text/plain\r\n\r\n";
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(UTF_8));
    all.writeBytes(body);
    return send(all.toByteArray(), RIGHT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "06-spoofed-from-p-reject",
        "10-raw-utf8-headers",
        "14-bounce-null-sender",
        "15-multi-recipient",
        "16-missing-headers",
        "18-subject-crlf-injection",
        "19-chat-markup-injection"
      })
  void whatRspamdFoundIsKeptUnderTheQueueIdAndTheMailSystemIsAsked(String sample)
      throws IOException {
    assertThat(send(captured(sample + ".http"), RIGHT)).startsWith("HTTP/1.1 200 ");

    assertThat(reports).hasSize(1);
    HoldRef ref = reports.keySet().iterator().next();
    assertThat(ref.source()).isEqualTo("edge-1");
    assertThat(ref.id()).matches("4jYM[0-9A-Za-z]{11}");
    assertThat(reported(ref).findings()).hasSizeGreaterThan(5);
    assertThat(looks).hasValue(1);
    assertThat(holds).isEmpty();
  }

  @Test
  void aSpoofedMessageIsToldWithScoreAndSymbolsHeaviestFirst() throws IOException {
    send(captured("06-spoofed-from-p-reject.http"), RIGHT);

    GatewayReport report = reported(new HoldRef("edge-1", "4jYMzf0rGkzJjcS"));
    assertThat(report.score()).isEqualTo(9);
    assertThat(report.action()).isEqualTo("no action");
    assertThat(report.findings().getFirst())
        .isEqualTo(new Finding("VIOLATED_DIRECT_SPF", 3.5, List.of()));
    assertThat(report.findings())
        .contains(
            new Finding(
                "DMARC_POLICY_REJECT",
                2,
                List.of("bank.example : No valid SPF, No valid DKIM", "reject")));
  }

  @ParameterizedTest
  @CsvSource({
    "06-spoofed-from-p-reject, 198.51.100.66",
    "10-raw-utf8-headers, 192.0.2.50",
    "15-multi-recipient, 192.0.2.50",
    "20-byte-exactness, 192.0.2.50"
  })
  void aMessageThatNobodyElseHoldsIsTakenWithItsOctets(String sample, String client)
      throws IOException {
    stop();
    start(Keeper.POSTERN);

    String answer = send(captured("whole/" + sample + ".http"), RIGHT);

    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("PN-7F3K-2QXD");
    Hold hold = holds.getFirst();
    assertThat(hold.envelope().clientIp().getHostAddress()).isEqualTo(client);
    assertThat(hold.envelope().recipients()).isNotEmpty();
    String text = new String(hold.raw().orElseThrow().octets(), ISO_8859_1);
    assertThat(text.replace("\r\n", "")).as("bare line ends").doesNotContain("\r", "\n");
    assertThat(reports).containsOnlyKeys(hold.ref());
  }

  @Test
  void P1_aQueueIdThatComesAgainWithAnotherMessageIsAnotherHold() throws IOException {
    stop();
    start(Keeper.POSTERN);
    byte[] first = captured("whole/06-spoofed-from-p-reject.http");
    byte[] other = first.clone();
    other[other.length - 3] ^= 1;

    send(first, RIGHT);
    send(first, RIGHT);
    send(other, RIGHT);

    assertThat(holds).extracting(hold -> hold.ref().id()).hasSize(3);
    assertThat(holds.get(0).ref()).isEqualTo(holds.get(1).ref());
    assertThat(holds.get(2).ref()).isNotEqualTo(holds.get(0).ref());
  }

  @Test
  void P9_aSenderThatRspamdWasNotToldIsNotTheNullSender() throws IOException {
    stop();
    start(Keeper.POSTERN);
    String sample =
        new String(captured("whole/06-spoofed-from-p-reject.http"), ISO_8859_1)
            .replaceFirst("X-Rspamd-from: [^\\r\\n]*", "X-Rspamd-from: unknown");

    assertThat(send(sample.getBytes(ISO_8859_1), RIGHT))
        .startsWith("HTTP/1.1 422 ")
        .contains("name no sender");
    assertThat(holds).isEmpty();
  }

  @Test
  void P9_anEventWithoutTheMessageIsRefusedWhereNobodyElseHoldsIt() throws IOException {
    stop();
    start(Keeper.POSTERN);

    assertThat(send(captured("06-spoofed-from-p-reject.http"), RIGHT))
        .startsWith("HTTP/1.1 422 ")
        .contains("formatter = \\\"default\\\"");
    assertThat(holds).isEmpty();
  }

  @Test
  void actionsThatAreNotForUsChangeNothing() throws IOException {
    assertThat(post(event("Q12345", "reject"))).startsWith("HTTP/1.1 200 ").contains("ignored");
    assertThat(reports).isEmpty();
  }

  @Test
  void P1_whatTheStoreDoesNotTakeIsNotAcknowledged() throws IOException {
    down = true;

    assertThat(send(captured("06-spoofed-from-p-reject.http"), RIGHT))
        .startsWith("HTTP/1.1 503 ")
        .contains("Retry-After: 30", "try again later")
        .doesNotContain("secret detail");
    assertThat(looks).hasValue(0);
  }

  @Test
  void aStrangerIsRefusedAndToldWhichPasswordIsMeant() throws IOException {
    for (String who : List.of("postern:wrong", "other:a password of rspamd", "", ":")) {
      assertThat(send(captured("06-spoofed-from-p-reject.http"), who))
          .startsWith("HTTP/1.1 401 ")
          .contains("WWW-Authenticate: Basic", "metadata_exporter.conf");
    }
    assertThat(reports).isEmpty();
  }

  private static String event(String queueId, String action) {
    return "{\"qid\":\""
        + queueId
        + "\",\"action\":\""
        + action
        + "\",\"score\":1,\"symbols\":[],\"from\":\"\",\"rcpt\":[],\"ip\":\"192.0.2.1\"}";
  }

  @Test
  void whatCannotBeReadIsRefusedByName() throws IOException {
    Map<String, String> refused =
        Map.of(
            event("unknown", "quarantine"),
            "milter, which names the queue id",
            event("", "quarantine"),
            "qid is not known",
            event("Q1;rm -rf", "quarantine"),
            "qid is no queue id",
            event("../../etc", "quarantine"),
            "qid is no queue id",
            event("ALL", "quarantine"),
            "qid is no queue id",
            event("Q12345", "<script>"),
            "action must be an action of rspamd",
            "[]",
            "must be the JSON",
            "{\"qid\":\"Q12345\",\"action\":\"quarantine\",\"score\":\"high\"}",
            "score must be",
            event("Q12345", "quarantine").replace("[]", "[{}]"),
            "symbols[0].name is missing");
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> one : refused.entrySet()) {
      String answer = post(one.getKey());
      if (!answer.startsWith("HTTP/1.1 422 ") || !answer.contains(one.getValue())) {
        wrong.add(one.getKey() + " was answered " + answer);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(post("{\"qid\":")).startsWith("HTTP/1.1 400 ").contains("broken JSON");
    assertThat(post("[".repeat(100))).startsWith("HTTP/1.1 400 ");
    assertThat(post(" ".repeat(LIMIT + 1))).startsWith("HTTP/1.1 413 ");
    assertThat(reports).isEmpty();
  }

  @Test
  void P16_moreSymbolsThanAnybodyReadsAreNotKept() throws IOException {
    String symbols =
        "{\"name\":\"LIGHT\",\"score\":0.1},".repeat(2000) + "{\"name\":\"HEAVY\",\"score\":5}";
    String answer =
        post(
            event("Q12345", "quarantine")
                .replace("\"symbols\":[]", "\"symbols\":[" + symbols + "]"));

    assertThat(answer).startsWith("HTTP/1.1 200 ");
    GatewayReport report = reported(new HoldRef("edge-1", "Q12345"));
    assertThat(report.findings())
        .hasSize(100)
        .first()
        .isEqualTo(new Finding("HEAVY", 5, List.of()));
  }
}
