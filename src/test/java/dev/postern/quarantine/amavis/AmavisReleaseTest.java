package dev.postern.quarantine.amavis;

import static dev.postern.approval.CaseBuilder.release;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseFile;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.quarantine.DecidedCase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases and rounds, with a peer that replies what it is told to. */
class AmavisReleaseTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final String NAME = "banned-abc";
  private static final String TOP =
      """
      X-Envelope-From: <ben@partner.example>
      X-Envelope-To: <ap@corp.example>, <cfo@corp.example>
      X-Envelope-To-Blocked: %s
      X-Quarantine-ID: <abc>
      Subject: x

      """;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private ServerSocket peer;

  private volatile String answer = "\r\n";

  @BeforeEach
  void listen() throws IOException {
    peer = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    file(NAME, TOP.formatted("<ap@corp.example>, <cfo@corp.example>"));
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
  }

  private void serve() {
    while (!peer.isClosed()) {
      try (Socket client = peer.accept()) {
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
        String line = lines.readLine();
        while (line != null && !line.isEmpty()) {
          line = lines.readLine();
        }
        client.getOutputStream().write(answer.getBytes(US_ASCII));
      } catch (IOException closed) {
        // the next one, or the end
      }
    }
  }

  private void file(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content, ISO_8859_1);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofMinutes(1))));
  }

  private AmavisParts parts() {
    return new AmavisParts(
        new AmavisSettings(
            "amavis", "127.0.0.1:" + peer.getLocalPort(), folder, List.of("banned"), 1 << 20),
        InstantSource.fixed(NOW));
  }

  private Outcome released(String replies, Mandate mandate) {
    answer = replies + "\r\n";
    List<EmailAddress> to =
        List.of(
            EmailAddress.parse("ap@corp.example").orElseThrow(),
            EmailAddress.parse("cfo@corp.example").orElseThrow());
    CaseFile held =
        DecidedCase.of(
            new HoldRef("amavis", NAME),
            new Envelope(Optional.empty(), to, InetAddress.getLoopbackAddress(), ""),
            release());
    return new AmavisQuarantine(parts()).release(held, to, mandate);
  }

  private static Mandate standing() {
    return new Mandate(1, () -> true);
  }

  @Test
  void whomAmavisAddsByAlwaysBccIsNotTakenForARecipient() {
    Outcome outcome =
        released(
            """
            setreply=250 2.0.0 from%20MTA(smtp:x):%20250%20one\r
            setreply=550 5.1.1 from%20MTA(smtp:x):%20550%20two\r
            setreply=451 4.0.0 from%20MTA(smtp:x):%20451%20archive\r
            """,
            standing());

    assertThat(outcome.results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP, Kind.PERM_FAIL);
  }

  @Test
  void fewerRepliesThanRecipientsStayUncertain() {
    assertThat(released("setreply=250 2.0.0 ok\r\n", standing()).results())
        .allMatch(r -> r.kind() == Kind.UNCERTAIN);
  }

  @Test
  void P12_whoeverWasOvertakenLeavesTheMarkOfAnother() throws IOException {
    Files.move(folder.resolve(NAME), folder.resolve("asked-" + NAME));
    AtomicInteger asked = new AtomicInteger();

    Outcome outcome =
        released(
            "setreply=451 4.0.0 from%20MTA(smtp:x):%20451%20x\r\n".repeat(2),
            new Mandate(1, () -> asked.incrementAndGet() < 3));

    assertThat(outcome.results()).allMatch(r -> r.kind() == Kind.TEMP_FAIL);
    assertThat(folder.resolve("asked-" + NAME)).exists();
  }

  @Test
  void P12_whoeverWasOvertakenBeforeSetsNoMark() {
    assertThat(released("", new Mandate(1, () -> false)).results())
        .allMatch(r -> r.kind() == Kind.TEMP_FAIL);
    assertThat(folder.resolve(NAME)).exists();
  }

  @Test
  void whatPassedIsReadOnceAndOnlyItsBeginning() throws IOException {
    String big = "x".repeat(400_000);
    file("banned-passed", TOP.formatted("") + big);
    file("banned-big", TOP.formatted("<ap@corp.example>") + big);
    AmavisHoldings holdings = new AmavisHoldings(parts());
    HoldRef passed = new HoldRef("amavis", "banned-passed");
    HoldRef held = new HoldRef("amavis", "banned-big");
    assertThat(holdings.held()).contains(passed, held);

    assertThat(holdings.fetch(passed)).isEmpty();
    assertThat(holdings.fetch(held).orElseThrow().raw().orElseThrow().size())
        .isGreaterThan(400_000);

    assertThat(holdings.held()).doesNotContain(passed).contains(held);
  }
}
