package dev.postern.quarantine.postfix;

import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.approval.CaseBuilder.releaseTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mail.EmailAddress;
import dev.postern.mailsystem.NextHopServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mail that goes back to a real Postfix by SMTP: for some recipients, or because it is old. */
class PostfixHandBackIT extends OnHeldMail {
  @Test
  void aReleaseToSomeGoesToThemOctetForOctetAndToNobodyElse() throws IOException {
    String id =
        mail.hold(
            MESSAGE,
            "ben@partner.example",
            "p1@corp.example",
            "p2@corp.example",
            "p3@corp.example");
    CaseFile held = mail.decided(id, releaseTo("p1@corp.example", "p3@corp.example"));
    List<EmailAddress> some = List.of(address("p1@corp.example"), address("p3@corp.example"));

    Outcome outcome = mail.quarantine().release(held, some, mandate());

    assertThat(only(outcome)).isEqualTo(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(outcome.results().getFirst().words()).matches("250 2.0.0 Ok: taken as .*");
    NextHopServer.Taken taken = takenBy("p1@corp.example");
    assertThat(taken.recipients()).containsExactly("p1@corp.example", "p3@corp.example");
    assertThat(taken.sender()).isEqualTo("ben@partner.example");
    assertThat(content(taken)).endsWith("\r\n" + MESSAGE);
    assertThat(mail.onHold()).doesNotContain(id);
    assertThat(mail.nextHop().taken()).noneMatch(t -> t.recipients().contains("p2@corp.example"));
    mail.postfix().awaitLog("orig_queue_id=" + id + ", orig_client=.*192.0.2.50");
  }

  @Test
  void refusalsOfPartOfARelease() throws IOException {
    String id =
        mail.hold(
            MESSAGE,
            "ben@partner.example",
            "q1@corp.example",
            "q2@corp.example",
            "q3@corp.example");
    mail.nextHop().answer("q2@corp.example", "451 4.2.1 busy");
    CaseFile held = mail.decided(id, releaseTo("q1@corp.example", "q2@corp.example"));
    List<EmailAddress> some = List.of(address("q1@corp.example"), address("q2@corp.example"));

    Outcome outcome = mail.quarantine().release(held, some, mandate());

    assertThat(outcome.results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP, Kind.ACCEPTED_ASYNC);
    assertThat(mail.onHold()).doesNotContain(id);
  }

  /**
   * The process died between the hand-over and its proof: the log tells, and nothing goes twice.
   */
  @Test
  void P7_aReleaseToSomeThatWasCutOffIsFoundInTheLog() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "c1@corp.example", "c2@corp.example");
    CaseFile held = mail.decided(id, releaseTo("c1@corp.example"));
    List<EmailAddress> some = List.of(address("c1@corp.example"));
    mail.handBackByHand(held, some);
    assertThat(mail.quarantine().standing(held))
        .as("with the log, what is on hold may be tried again")
        .isEqualTo(Standing.HELD);
    assertThat(mail.withoutLog().standing(held)).isEqualTo(Standing.UNKNOWN);

    Outcome again = mail.quarantine().release(held, some, new Mandate(3, () -> true));

    assertThat(only(again)).isEqualTo(Kind.DELIVERED_TO_NEXT_HOP);
    takenBy("c1@corp.example");
    assertThat(mail.onHold()).doesNotContain(id);
    assertThat(mail.quarantine().standing(held)).isEqualTo(Standing.RELEASED);
  }

  /** Killed behind the end of the held one: who was refused has it not. */
  @Test
  void P8_afterACrashBehindAHandBackTheRefusedOneIsNotCalledReleased() throws IOException {
    String id =
        mail.hold(
            MESSAGE,
            "ben@partner.example",
            "h1@corp.example",
            "h2@corp.example",
            "h3@corp.example");
    mail.nextHop().answer("h2@corp.example", "550 5.1.1 no such user");
    List<EmailAddress> some = List.of(address("h1@corp.example"), address("h2@corp.example"));
    CaseFile held = mail.decided(id, releaseTo("h1@corp.example", "h2@corp.example"));
    mail.quarantine().release(held, some, mandate());
    assertThat(mail.onHold()).doesNotContain(id);

    Outcome found = mail.quarantine().lookUp(held, some);

    assertThat(found.results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP, Kind.PERM_FAIL);
    assertThat(found.results().getLast().words()).contains("550 5.1.1 no such user");
    takenBy("h1@corp.example");
  }

  @Test
  void P8_whoWasLeftOutOfAHandBackIsNotCalledReleasedAfterACrash() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "i1@corp.example", "i2@corp.example");
    CaseFile first = mail.decided(id, releaseTo("i1@corp.example"));
    mail.quarantine().release(first, List.of(address("i1@corp.example")), mandate());
    CaseFile all = mail.decided(id, release());

    assertThat(mail.quarantine().lookUp(all, everybody(all)).results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP, Kind.UNCERTAIN);
  }

  @Test
  void P7_aSecondDecisionFindsInTheLogWhatTheFirstOneHandedBack() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "b1@corp.example", "b2@corp.example");
    List<EmailAddress> some = List.of(address("b1@corp.example"));
    mail.handBackByHand(mail.decided(id, releaseTo("b1@corp.example")), some);
    Outcome givenUp = Outcome.forAll(some, Kind.TEMP_FAIL, "the connection was lost");
    CaseFile again = mail.decidedAgain(id, releaseTo("b1@corp.example"), givenUp);

    Outcome outcome = mail.quarantine().release(again, some, mandate());

    assertThat(only(outcome)).isEqualTo(Kind.DELIVERED_TO_NEXT_HOP);
    takenBy("b1@corp.example");
    assertThat(mail.onHold()).doesNotContain(id);
  }

  @Test
  void P9_oldMailIsNotHandedBackToEverybodyWhenARecipientCannotBeRead() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "u1@corp.example", "u2@[192.0.2.99]");
    CaseFile held = mail.decided(id, release());

    Outcome outcome = mail.later(Duration.ofDays(4)).release(held, everybody(held), mandate());

    assertThat(only(outcome)).isEqualTo(Kind.PERM_FAIL);
    assertThat(outcome.results().getFirst().words()).contains("recipient");
    assertThat(mail.onHold()).contains(id);
    assertThat(mail.nextHop().taken()).noneMatch(t -> t.recipients().contains("u1@corp.example"));
  }

  @Test
  void aTransferThatWasCutOffBeforeTheDotIsDoneAgain() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "e1@corp.example", "e2@corp.example");
    CaseFile held = mail.decided(id, releaseTo("e1@corp.example"));
    try (RawSmtpClient client = new RawSmtpClient(mail.reinjectPort())) {
      client.reply();
      client.sayAll("EHLO localhost");
      client.say("XFORWARD ADDR=192.0.2.50 IDENT=" + id);
      client.say("MAIL FROM:<ben@partner.example>");
      client.say("RCPT TO:<e1@corp.example>");
      client.say("DATA");
      client.write("Subject: half of it\r\n");
    }
    mail.postfix().awaitLog("orig_queue_id=" + id);

    Outcome again =
        mail.quarantine()
            .release(held, List.of(address("e1@corp.example")), new Mandate(2, () -> true));

    assertThat(only(again)).isEqualTo(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(content(takenBy("e1@corp.example"))).endsWith(MESSAGE);
  }

  @Test
  void oldMailIsHandedBackSoThatItsLifetimeBeginsAnew() throws IOException {
    String id = mail.hold(MESSAGE, "innocent@victim.example", "old@corp.example");
    mail.nextHop().answer("old@corp.example", "451 4.3.0 later");
    CaseFile held = mail.decided(id, release());

    Outcome outcome = mail.later(Duration.ofDays(4)).release(held, everybody(held), mandate());

    assertThat(only(outcome)).isEqualTo(Kind.ACCEPTED_ASYNC);
    mail.postfix().awaitLog("orig_queue_id=" + id);
    assertThat(mail.onHold()).doesNotContain(id);
    assertThat(mail.postfix().logged("status=expired")).isEmpty();
  }

  @Test
  void oldMailWithoutAWayBackStaysOnHoldWithWordsThatSayWhy() throws IOException {
    String id = mail.hold(MESSAGE, "innocent@victim.example", "old2@corp.example");
    CaseFile held = mail.decided(id, release());

    Outcome outcome =
        mail.withoutReinjection(Duration.ofDays(4)).release(held, everybody(held), mandate());

    assertThat(only(outcome)).isEqualTo(Kind.PERM_FAIL);
    assertThat(outcome.results().getFirst().words()).contains("mail.postfix.reinject");
    assertThat(mail.onHold()).contains(id);
  }

  @Test
  void aServiceThatRefusesOrIsAwayLeavesTheMailOnHold() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "g1@corp.example", "g2@corp.example");
    CaseFile held = mail.decided(id, releaseTo("g1@corp.example"));

    Outcome outcome =
        mail.withReinjectionAt(1).release(held, List.of(address("g1@corp.example")), mandate());

    assertThat(only(outcome)).isEqualTo(Kind.TEMP_FAIL);
    assertThat(mail.onHold()).contains(id);
  }

  @Test
  void aFullDiskOfPostfixLeavesTheMailOnHoldUntilThereIsRoom() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "f1@corp.example", "f2@corp.example");
    CaseFile held = mail.decided(id, releaseTo("f1@corp.example"));
    List<EmailAddress> some = List.of(address("f1@corp.example"));
    long free = Files.getFileStore(mail.postfix().spool()).getUsableSpace();
    wantsFree(2 * free);

    Outcome full = mail.quarantine().release(held, some, mandate());

    assertThat(only(full)).isEqualTo(Kind.TEMP_FAIL);
    assertThat(full.results().getFirst().words()).contains("452 4.3.1 Insufficient system storage");
    assertThat(mail.onHold()).contains(id);

    wantsFree(0);
    Outcome again = mail.quarantine().release(held, some, new Mandate(2, () -> true));

    assertThat(only(again)).isEqualTo(Kind.DELIVERED_TO_NEXT_HOP);
    takenBy("f1@corp.example");
    assertThat(mail.onHold()).doesNotContain(id);
  }

  /** With less room than this Postfix takes no mail (queue_minfree). */
  private static void wantsFree(long octets) {
    mail.postfix().command("postconf", "-e", "queue_minfree = " + octets).orFail();
    mail.postfix().stop();
    mail.postfix().start();
  }
}
