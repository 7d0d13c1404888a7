package dev.postern.quarantine.exim;

import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.approval.CaseBuilder.releaseTo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.mail.EmailAddress;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions carried out at a real Exim, set up by the lines of docs/mail/exim.md. */
class EximQuarantineIT {
  private static final String SENDER = "ben@partner.example";
  private static final String ABSENT = "1AAAAA-000000-00";
  private static final String MESSAGE =
      "X-Test: hold\r\nFrom: Ben <ben@partner.example>\r\nSubject:  two  blanks\r\n\tfolded\r\n"
          + "\r\n.dot\r\n\u00e9 trailing \r\n"
          + "long ".repeat(150)
          + "\r\n";

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static FrozenMail mail;

  @BeforeAll
  static void start() {
    mail = FrozenMail.start(folder);
  }

  @AfterAll
  static void stop() {
    mail.close();
  }

  private static Mandate mandate() {
    return new Mandate(1, () -> true);
  }

  private static List<EmailAddress> everybody(CaseFile held) {
    return held.envelope().recipients();
  }

  private static List<EmailAddress> only(String recipient) {
    return List.of(EmailAddress.parse(recipient).orElseThrow());
  }

  private static List<NextHopServer.Taken> takenBy(String recipient) {
    return mail.nextHop().taken().stream()
        .filter(taken -> taken.recipients().contains(recipient))
        .toList();
  }

  private static void assertGotOnce(String recipient) {
    assertThat(takenBy(recipient)).as("what " + recipient + " got").hasSize(1);
    assertThat(new String(takenBy(recipient).getFirst().octets().octets(), ISO_8859_1))
        .startsWith("Received: ")
        .endsWith("\r\n" + MESSAGE);
  }

  @Test
  void whatIsFrozenIsListedAndFetchedAsItCame() throws IOException {
    String id = mail.hold(MESSAGE, SENDER, "f1@corp.example", "f2@corp.example");
    EximHoldings holdings = new EximHoldings(mail.parts());

    assertThat(holdings.held()).contains(new HoldRef("exim", id));
    Hold hold = holdings.fetch(new HoldRef("exim", id)).orElseThrow();

    assertThat(new String(hold.raw().orElseThrow().octets(), ISO_8859_1)).isEqualTo(MESSAGE);
    assertThat(hold.envelope().mailFromText()).isEqualTo(SENDER);
    assertThat(hold.envelope().recipients()).hasToString("[f1@corp.example, f2@corp.example]");
    assertThat(hold.envelope().clientIp().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(hold.envelope().helo()).isEqualTo("mail.partner.example");
    assertThat(Duration.between(hold.receivedAt(), FrozenMail.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void whatIsNotFrozenIsNotFetched() throws IOException {
    EximHoldings holdings = new EximHoldings(mail.parts());
    mail.nextHop().answer("queued@corp.example", "451 4.3.0 later");
    String queued = mail.exim().take("Subject: x\r\n\r\nx\r\n", SENDER, "queued@corp.example");

    for (String id : List.of(queued, ABSENT, "ALL", "$(id)", "-Mrm")) {
      assertThat(holdings.fetch(new HoldRef("exim", id))).isEmpty();
    }
    assertThat(mail.frozen()).doesNotContain(queued);
    CaseFile held = mail.decided(queued, discard(), "queued@corp.example");
    assertThat(mail.quarantine().discard(held, mandate()).results().getFirst().kind())
        .isEqualTo(Kind.NOT_FOUND);
    Programs.await(
        "not locked by its delivery",
        Duration.ofSeconds(20),
        () -> mail.exim().command("-Mrm", queued).exit() == 0);
  }

  @Test
  void P8_aReleaseIsProvedByTheNextHopsOwnWordsForEachRecipient() throws IOException {
    String[] to = {"r1@corp.example", "r2@corp.example", "r3@corp.example", "r4@corp.example"};
    String id = mail.hold(MESSAGE, SENDER, to);
    mail.nextHop().answer("r2@corp.example", "451 4.7.1 greylisted");
    mail.nextHop().answer("r3@corp.example", "550 5.1.1 no such user");
    CaseFile held = mail.decided(id, release(), to);

    Outcome outcome = mail.quarantine().release(held, everybody(held), mandate());

    assertThat(outcome.results())
        .extracting(r -> r.kind() + " " + r.words())
        .satisfiesExactly(
            one -> assertThat(one).matches("DELIVERED_TO_NEXT_HOP 250 2.0.0 Ok: taken as .*"),
            two -> assertThat(two).startsWith("ACCEPTED_ASYNC").contains("451 4.7.1 greylisted"),
            three -> assertThat(three).startsWith("PERM_FAIL").contains("550 5.1.1 no such user"),
            four -> assertThat(four).matches("DELIVERED_TO_NEXT_HOP 250 2.0.0 Ok: taken as .*"));
    assertGotOnce("r1@corp.example");
    assertThat(mail.quarantine().standing(held)).isEqualTo(Standing.RELEASED);
    assertThat(mail.quarantine().release(held, everybody(held), mandate()).results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.ALREADY_DONE, Kind.ALREADY_DONE, Kind.PERM_FAIL, Kind.ALREADY_DONE);
    assertGotOnce("r1@corp.example");
    mail.exim().command("-Mrm", id).orFail();
  }

  @Test
  void aReleaseToSomeLeavesTheOthersOut() throws IOException {
    String[] to = {"p1@corp.example", "p2@corp.example", "p3'+x@corp.example"};
    String id = mail.hold(MESSAGE, SENDER, to);
    CaseFile held = mail.decided(id, releaseTo("p1@corp.example"), to);

    Outcome outcome = mail.quarantine().release(held, only("p1@corp.example"), mandate());

    assertThat(outcome.results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertGotOnce("p1@corp.example");
    assertThat(takenBy("p2@corp.example")).isEmpty();
    assertThat(takenBy("p3'+x@corp.example")).isEmpty();
    assertThat(mail.frozen()).doesNotContain(id);
    assertThat(mail.quarantine().standing(held)).isEqualTo(Standing.RELEASED);
    // interrupted behind it and asked again: nobody gets it twice
    assertThat(mail.quarantine().release(held, only("p1@corp.example"), mandate()).results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertGotOnce("p1@corp.example");
  }

  @Test
  void P7_cutOffBehindTheMarksTheSameDecisionGoesOnAndAnotherIsRefused() throws IOException {
    String[] to = {"c1@corp.example", "c2@corp.example"};
    String id = mail.hold(MESSAGE, SENDER, to);
    mail.exim().command("-Mmd", id, "c2@corp.example").orFail();
    CaseFile some = mail.decided(id, releaseTo("c1@corp.example"), to);
    CaseFile all = mail.decided(id, release(), to);
    assertThat(mail.quarantine().standing(some)).isEqualTo(Standing.HELD);

    Outcome refused = mail.quarantine().release(all, everybody(all), mandate());

    assertThat(refused.results())
        .allSatisfy(
            r -> {
              assertThat(r.kind()).isEqualTo(Kind.PERM_FAIL);
              assertThat(r.words()).contains("c2@corp.example", "exim -Mvc " + id);
            });
    assertThat(mail.frozen()).contains(id);
    assertThat(mail.quarantine().release(some, only("c1@corp.example"), mandate()).results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertGotOnce("c1@corp.example");
    assertThat(takenBy("c2@corp.example")).isEmpty();
  }

  @Test
  void P8_whoWasMarkedAsDeliveredIsNotCalledReleasedOnceItIsOffHold() throws IOException {
    String[] to = {"k1@corp.example", "k2@corp.example", "k3@corp.example"};
    String id = mail.hold(MESSAGE, SENDER, to);
    mail.nextHop().answer("k1@corp.example", "451 4.7.1 later");
    mail.exim().command("-Mmd", id, "k2@corp.example").orFail();
    mail.exim().command("-M", id).orFail();
    CaseFile all = mail.decided(id, release(), to);

    assertThat(mail.quarantine().standing(all)).isEqualTo(Standing.UNKNOWN);
    assertThat(
            mail.quarantine()
                .standing(mail.decided(id, releaseTo("k1@corp.example", "k3@corp.example"), to)))
        .isEqualTo(Standing.RELEASED);
    assertThat(mail.quarantine().release(all, everybody(all), mandate()).results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.ALREADY_DONE, Kind.PERM_FAIL, Kind.ALREADY_DONE);

    mail.nextHop().answer("k1@corp.example", "250 2.1.5 Ok");
    mail.exim().command("-M", id).orFail();
    assertThat(mail.quarantine().standing(all)).isEqualTo(Standing.UNKNOWN);
    assertThat(mail.quarantine().release(all, everybody(all), mandate()).results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP, Kind.PERM_FAIL, Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(takenBy("k2@corp.example")).isEmpty();
  }

  /** Postern was killed behind the release: the one whom the next hop refused has it not. */
  @Test
  void P8_afterACrashTheRefusedOneIsNotCalledReleased() throws IOException {
    String[] to = {"x1@corp.example", "x2@corp.example"};
    String id = mail.hold(MESSAGE, SENDER, to);
    mail.nextHop().answer("x2@corp.example", "550 5.1.1 no such user");
    CaseFile held = mail.decided(id, release(), to);
    mail.exim().command("-M", id).orFail();

    Outcome found = mail.quarantine().lookUp(held, everybody(held));

    assertThat(found.results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP, Kind.PERM_FAIL);
    assertThat(found.results().getLast().words()).contains("550 5.1.1 no such user");
    assertGotOnce("x1@corp.example");
  }

  @Test
  void P8_afterACrashTheRefusedOneIsNotCalledReleasedWhileEximGoesOnForOthers() throws IOException {
    String[] to = {"y1@corp.example", "y2@corp.example", "y3@corp.example"};
    String id = mail.hold(MESSAGE, SENDER, to);
    mail.nextHop().answer("y2@corp.example", "550 5.1.1 no such user");
    mail.nextHop().answer("y3@corp.example", "451 4.7.1 later");
    CaseFile held = mail.decided(id, release(), to);
    mail.exim().command("-M", id).orFail();

    assertThat(mail.quarantine().lookUp(held, everybody(held)).results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.ALREADY_DONE, Kind.PERM_FAIL, Kind.ALREADY_DONE);
    mail.exim().command("-Mrm", id).orFail();
  }

  @Test
  void whatHasNoSenderIsNotSaidToBeReturned() throws IOException {
    String id = mail.hold(MESSAGE, "", "null@corp.example");
    mail.nextHop().answer("null@corp.example", "550 5.7.1 spam");
    CaseFile held = mail.decided(id, release(), "null@corp.example");

    Outcome outcome = mail.quarantine().release(held, everybody(held), mandate());

    assertThat(outcome.results().getFirst().kind()).isEqualTo(Kind.PERM_FAIL);
    assertThat(outcome.results().getFirst().words())
        .startsWith("Exim keeps it frozen, since it has no sender to return it to: ")
        .contains("550 5.7.1 spam");
    assertThat(mail.frozen()).contains(id);
  }

  @Test
  void whatTheNextHopRefusesForEverybodyIsNotHeldAnyMore() throws IOException {
    String id = mail.hold(MESSAGE, SENDER, "no@corp.example");
    mail.nextHop().answer("no@corp.example", "550 5.7.1 spam");
    CaseFile held = mail.decided(id, release(), "no@corp.example");

    Outcome outcome = mail.quarantine().release(held, everybody(held), mandate());

    assertThat(outcome.results().getFirst().kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(outcome.results().getFirst().words())
        .contains("returned it to the sender", "550 5.7.1 spam");
    assertThat(mail.quarantine().standing(held)).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void aDiscardDeletesAndADiscardOfNothingSaysSo() throws IOException {
    String id = mail.hold(MESSAGE, SENDER, "d1@corp.example");
    CaseFile held = mail.decided(id, discard(), "d1@corp.example");
    assertThat(mail.quarantine().standing(held)).isEqualTo(Standing.HELD);

    assertThat(mail.quarantine().discard(held, mandate()).results().getFirst().kind())
        .isEqualTo(Kind.DISCARDED);

    assertThat(mail.frozen()).doesNotContain(id);
    assertThat(mail.quarantine().standing(held)).isEqualTo(Standing.GONE);
    assertThat(mail.quarantine().discard(held, mandate()).results().getFirst().kind())
        .isEqualTo(Kind.NOT_FOUND);
    assertThat(takenBy("d1@corp.example")).isEmpty();
  }

  @Test
  void whatSomebodyElseDeletedIsNotCalledReleased() throws IOException {
    String id = mail.hold(MESSAGE, SENDER, "s1@corp.example");
    mail.exim().command("-Mrm", id).orFail();
    CaseFile held = mail.decided(id, release(), "s1@corp.example");
    CaseFile young = mail.decided(id, release(), Duration.ZERO, "s1@corp.example");

    assertThat(mail.quarantine().standing(held)).isEqualTo(Standing.UNKNOWN);
    assertThat(mail.quarantine().release(held, everybody(held), mandate()).results())
        .allMatch(r -> r.kind() == Kind.NOT_FOUND);
    assertThat(mail.quarantine().release(young, everybody(young), mandate()).results())
        .allMatch(r -> r.kind() == Kind.TEMP_FAIL);
  }

  @Test
  void aMandateThatHasPassedTouchesNothing() throws IOException {
    String[] to = {"m1@corp.example", "m2@corp.example"};
    String id = mail.hold(MESSAGE, SENDER, to);
    Mandate overtaken = new Mandate(1, () -> false);
    CaseFile held = mail.decided(id, release(), to);

    for (Outcome outcome :
        List.of(
            mail.quarantine().release(held, everybody(held), overtaken),
            mail.quarantine().release(held, only("m1@corp.example"), overtaken),
            mail.quarantine().discard(held, overtaken))) {
      assertThat(outcome.results()).allMatch(r -> r.kind() == Kind.TEMP_FAIL);
    }
    assertThat(mail.frozen()).contains(id);
    assertThat(mail.exim().command("-bp", id).orFail()).doesNotContain(" D ");
  }

  @Test
  void withoutTheLogAReleaseIsOnlyOffHold() throws IOException {
    String id = mail.hold(MESSAGE, SENDER, "w1@corp.example");
    CaseFile held = mail.decided(id, release(), "w1@corp.example");

    Outcome outcome = mail.withoutLog().release(held, everybody(held), mandate());

    assertThat(outcome.results().getFirst().kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(mail.withoutLog().standing(held)).isEqualTo(Standing.UNKNOWN);
    assertGotOnce("w1@corp.example");
  }

  /** Exim writes its local part into the log without quotes. */
  @Test
  void P8_aRecipientThatPosesAsAnotherProvesNothing() throws IOException {
    String posing = "\"x <victim@corp.example> R=y\"@corp.example";
    String id = mail.hold(MESSAGE, SENDER, "victim@corp.example", posing);
    mail.nextHop().answer("victim@corp.example", "451 4.7.1 later");
    CaseFile held = mail.decided(id, release(), "victim@corp.example");

    Outcome outcome = mail.quarantine().release(held, everybody(held), mandate());

    assertThat(outcome.results().getFirst().kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(outcome.results().getFirst().words()).isEqualTo("off hold, in the queue of Exim");
    mail.exim().command("-Mrm", id).orFail();
  }

  @Test
  void aHelperThatIsMissingOrRefusedLeavesTheMailFrozenAndSaysWhy() throws IOException {
    String id = mail.hold(MESSAGE, SENDER, "h1@corp.example", "h2@corp.example");
    CaseFile held = mail.decided(id, release(), "h1@corp.example", "h2@corp.example");
    Path refusing =
        mail.script("refusing", "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n");
    Path later =
        mail.script(
            "later",
            "#!/bin/sh\n"
                + "case $1 in release) echo 'sudo: a password is required' >&2; exit 1 ;; esac\n"
                + "exec "
                + mail.helper()
                + " \"$@\"\n");
    for (EximQuarantine broken :
        List.of(
            mail.withHelper(Path.of("/nowhere/helper")),
            mail.withHelper(refusing),
            mail.withHelper(later))) {
      Outcome outcome = broken.release(held, everybody(held), mandate());
      assertThat(outcome.results())
          .allSatisfy(
              r -> {
                assertThat(r.kind()).isEqualTo(Kind.TEMP_FAIL);
                assertThat(r.words())
                    .containsPattern("/nowhere/helper cannot be run|sudo: a password is required");
              });
    }
    assertThat(mail.withHelper(refusing).trouble().orElseThrow()).contains("docs/mail/exim.md");
    assertThat(mail.frozen()).contains(id);
  }

  @Test
  void thisEximIsSetUpAsTheDocumentationSays() {
    assertThat(new EximCheck(mail.parts()).look())
        .extracting(finding -> finding.grade() + " " + finding.what())
        .allMatch(line -> line.startsWith("WELL"));
    assertThat(mail.quarantine().trouble()).isEmpty();
  }
}
