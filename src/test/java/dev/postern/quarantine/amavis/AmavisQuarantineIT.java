package dev.postern.quarantine.amavis;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.approval.CaseBuilder.releaseTo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mailsystem.AmavisServer;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Decisions carried out at a real amavis, set up by the lines of docs/mail/amavis.md. */
class AmavisQuarantineIT {
  private static final String SENDER = "ben@partner.example";
  static final String MESSAGE =
      """
      From: Ben <ben@partner.example>
      To: ap@corp.example
      Subject:  two  blanks
      Message-ID: <exe@partner.example>
      Date: Mon, 23 Nov 2026 13:00:00 +0000
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="x"

      --x
      Content-Type: text/plain

      .dot
      --x
      Content-Type: application/octet-stream; name="setup.exe"
      Content-Disposition: attachment; filename="setup.exe"
      Content-Transfer-Encoding: base64

      aGVsbG8gd29ybGQ=
      --x--
      """
          .replace("\n", "\r\n");

  @SuppressWarnings("NullAway.Init")
  private static AmavisServer amavis;

  private static int requests;

  @BeforeAll
  static void start() {
    requests = Programs.freePort();
    amavis = server(requests);
  }

  /** By the lines of the documentation. */
  static AmavisServer server(int requests) {
    int port = Programs.freePort();
    String lines =
        DocumentedLines.of("amavis.md")
            .linesFor("amavisd.conf")
            .replace("10024", String.valueOf(port))
            .replace("9998", String.valueOf(requests));
    return AmavisServer.start(port, requests, lines);
  }

  @AfterAll
  static void stop() {
    amavis.close();
  }

  static AmavisParts parts(String where, Path folder) {
    InstantSource soon = () -> InstantSource.system().instant().plus(Duration.ofSeconds(10));
    return new AmavisParts(
        new AmavisSettings("amavis", where, folder, List.of("banned"), 1 << 20), soon);
  }

  private static AmavisParts parts() {
    return parts("127.0.0.1:" + requests, amavis.quarantine());
  }

  private static AmavisQuarantine quarantine() {
    return new AmavisQuarantine(parts());
  }

  private static Mandate mandate() {
    return new Mandate(1, () -> true);
  }

  private static CaseFile decided(String file, Choice choice, String... recipients) {
    Envelope envelope =
        new Envelope(
            EmailAddress.parse(SENDER),
            Arrays.stream(recipients).flatMap(r -> EmailAddress.parse(r).stream()).toList(),
            InetAddress.getLoopbackAddress(),
            "");
    CaseFile it = aCase().decided(choice).build();
    return new CaseFile(
        it.id(),
        it.state(),
        it.version(),
        new HoldRef("amavis", file),
        "amavis",
        it.receivedAt(),
        envelope,
        it.message(),
        true,
        it.evidence(),
        it.digest(),
        it.ruling(),
        it.stage(),
        it.votes(),
        Optional.of(
            new Decision(choice, Decision.By.PEOPLE, "kim", InstantSource.system().instant())),
        Optional.empty(),
        "",
        "",
        it.changedAt(),
        Optional.empty(),
        Optional.empty());
  }

  private static List<EmailAddress> everybody(CaseFile held) {
    return held.envelope().recipients();
  }

  private static List<NextHopServer.Taken> takenBy(String recipient) {
    return amavis.nextHop().taken().stream()
        .filter(taken -> taken.recipients().contains(recipient))
        .toList();
  }

  @Test
  void whatIsQuarantinedIsListedAndFetchedAsItCame() throws IOException {
    String file = amavis.quarantine(MESSAGE, SENDER, "f1@corp.example", "f2@corp.example");
    AmavisHoldings holdings = new AmavisHoldings(parts());

    assertThat(holdings.held()).contains(new HoldRef("amavis", file));
    Hold hold = holdings.fetch(new HoldRef("amavis", file)).orElseThrow();

    assertThat(new String(hold.raw().orElseThrow().octets(), ISO_8859_1)).isEqualTo(MESSAGE);
    assertThat(hold.envelope().mailFromText()).isEqualTo(SENDER);
    assertThat(hold.envelope().recipients()).hasToString("[f1@corp.example, f2@corp.example]");
    assertThat(hold.summary().from()).isEqualTo(SENDER);
    for (String other : List.of("../conf", "x/../../conf", "/etc/passwd", "a/none")) {
      assertThat(holdings.fetch(new HoldRef("amavis", other))).isEmpty();
    }
  }

  @Test
  void P8_aReleaseIsProvedByTheReplyForEachRecipientAndOnlyOpenOnesAreTriedAgain()
      throws IOException {
    String[] to = {"r1@corp.example", "r2@corp.example", "r3@corp.example"};
    String file = amavis.quarantine(MESSAGE, SENDER, to);
    amavis.nextHop().answer("r2@corp.example", "451 4.7.1 greylisted");
    amavis.nextHop().answer("r3@corp.example", "550 5.1.1 no such user");
    CaseFile held = decided(file, release(), to);

    Outcome outcome = quarantine().release(held, everybody(held), mandate());

    assertThat(outcome.results())
        .extracting(r -> r.kind() + " " + r.words())
        .satisfiesExactly(
            one -> assertThat(one).matches("DELIVERED_TO_NEXT_HOP 250 2.* Ok: taken as .*"),
            two -> assertThat(two).startsWith("TEMP_FAIL 451").contains("greylisted"),
            three -> assertThat(three).startsWith("PERM_FAIL 550").contains("no such user"));
    assertThat(amavis.files()).contains(QuarantineFolder.asked(file)).doesNotContain(file);

    amavis.nextHop().answer("r2@corp.example", "250 2.1.5 Ok");
    Outcome rest = quarantine().release(held, List.of(everybody(held).get(1)), mandate());

    assertThat(rest.results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(takenBy("r1@corp.example")).hasSize(1);
    assertThat(takenBy("r2@corp.example")).hasSize(1);
    assertThat(new String(takenBy("r1@corp.example").getFirst().octets().octets(), ISO_8859_1))
        .contains("Resent-Date: ")
        .endsWith(MESSAGE);
    assertThat(amavis.files()).doesNotContain(file, QuarantineFolder.asked(file));
    assertThat(quarantine().release(held, everybody(held), mandate()).results())
        .allMatch(r -> r.kind() == Kind.NOT_FOUND);
  }

  @Test
  void aReleaseToSomeLeavesTheOthersOut() throws IOException {
    String[] to = {"p1@corp.example", "p2@corp.example"};
    String file = amavis.quarantine(MESSAGE, SENDER, to);
    CaseFile held = decided(file, releaseTo("p2@corp.example"), to);

    Outcome outcome = quarantine().release(held, List.of(everybody(held).get(1)), mandate());

    assertThat(outcome.results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(takenBy("p1@corp.example")).isEmpty();
    assertThat(takenBy("p2@corp.example")).hasSize(1);
    assertThat(amavis.files()).doesNotContain(file);
  }

  /** amavis delivers a second time when asked a second time. */
  @Test
  void P7_whatWasCutOffIsNotRepeatedButAsked() throws IOException {
    String file = amavis.quarantine(MESSAGE, SENDER, "c1@corp.example");

    CaseFile released = decided(file, release(), "c1@corp.example");
    CaseFile discarded = decided(file, discard(), "c1@corp.example");
    assertThat(quarantine().standing(released)).isEqualTo(Standing.HELD);

    parts().folder().rename(file, QuarantineFolder.asked(file));

    assertThat(quarantine().standing(released)).isEqualTo(Standing.UNKNOWN);
    assertThat(quarantine().standing(discarded)).isEqualTo(Standing.HELD);
    assertThat(new AmavisHoldings(parts()).held()).doesNotContain(new HoldRef("amavis", file));
    assertThat(quarantine().release(released, everybody(released), mandate()).results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(takenBy("c1@corp.example")).hasSize(1);
    assertThat(quarantine().standing(decided("a/none", discard(), "c1@corp.example")))
        .isEqualTo(Standing.GONE);
    assertThat(quarantine().standing(decided("a/none", release(), "c1@corp.example")))
        .isEqualTo(Standing.UNKNOWN);
  }

  /** amavis says 451 for it, as for a message that was not taken. */
  @Test
  void P7_aReplyThatTheNextHopLostIsNoRefusalAndIsNotAskedForAgain() throws IOException {
    String file = amavis.quarantine(MESSAGE, SENDER, "l1@corp.example");
    amavis.nextHop().loseReply("l1@corp.example");
    CaseFile held = decided(file, release(), "l1@corp.example");

    Outcome outcome = quarantine().release(held, everybody(held), mandate());

    assertThat(takenBy("l1@corp.example")).hasSize(1);
    assertThat(outcome.results().getFirst().kind()).isEqualTo(Kind.UNCERTAIN);
    assertThat(outcome.results().getFirst().words()).startsWith("451 4.5.0 ");
    assertThat(amavis.files()).contains(QuarantineFolder.asked(file)).doesNotContain(file);
    assertThat(quarantine().standing(held)).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void aDiscardDeletesTheFileAndADiscardOfNothingSaysSo() throws IOException {
    String file = amavis.quarantine(MESSAGE, SENDER, "d1@corp.example");
    CaseFile held = decided(file, discard(), "d1@corp.example");

    assertThat(quarantine().discard(held, new Mandate(1, () -> false)).results().getFirst().kind())
        .isEqualTo(Kind.TEMP_FAIL);
    assertThat(amavis.files()).contains(file);
    assertThat(quarantine().discard(held, mandate()).results().getFirst().kind())
        .isEqualTo(Kind.DISCARDED);
    assertThat(amavis.files()).doesNotContain(file);
    assertThat(quarantine().discard(held, mandate()).results().getFirst().kind())
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void aMandateThatHasPassedAndAnAmavisThatIsAwayTouchNothing() throws IOException {
    String file = amavis.quarantine(MESSAGE, SENDER, "m1@corp.example");
    CaseFile held = decided(file, release(), "m1@corp.example");
    AmavisQuarantine away =
        new AmavisQuarantine(parts("127.0.0.1:" + Programs.freePort(), amavis.quarantine()));

    for (Outcome outcome :
        List.of(
            quarantine().release(held, everybody(held), new Mandate(1, () -> false)),
            away.release(held, everybody(held), mandate()))) {
      assertThat(outcome.results().getFirst().kind()).isEqualTo(Kind.TEMP_FAIL);
    }
    assertThat(takenBy("m1@corp.example")).isEmpty();
    assertThat(amavis.files()).contains(file);
  }

  @Test
  void thisAmavisIsSetUpAsTheDocumentationSays() {
    assertThat(new AmavisCheck(parts()).look())
        .extracting(finding -> finding.grade() + " " + finding.what())
        .allMatch(line -> line.startsWith("WELL"));
  }

  @Test
  void theCheckFindsAnotherFolderAndAnotherPort() {
    String away = "127.0.0.1:" + Programs.freePort();
    assertThat(new AmavisCheck(parts("127.0.0.1:" + requests, Path.of("/tmp"))).look())
        .extracting(finding -> finding.what() + " " + finding.mend())
        .anyMatch(line -> line.contains("set mail.amavis.quarantine to that folder"));
    assertThat(new AmavisCheck(parts(away, amavis.quarantine())).look())
        .extracting(finding -> finding.what() + " " + finding.mend())
        .anyMatch(line -> line.contains("cannot be reached"));
  }
}
