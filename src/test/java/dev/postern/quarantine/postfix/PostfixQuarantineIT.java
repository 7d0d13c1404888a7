package dev.postern.quarantine.postfix;

import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.approval.CaseBuilder.releaseTo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.mail.EmailAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Decisions carried out at a real Postfix. */
class PostfixQuarantineIT extends OnHeldMail {
  @Test
  void whatIsOnHoldIsListedAndFetchedAsItCame() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "f1@corp.example", "f2@corp.example");
    PostfixHoldings holdings = new PostfixHoldings(mail.parts());

    assertThat(holdings.held()).contains(new HoldRef("postfix", id));
    Hold hold = holdings.fetch(new HoldRef("postfix", id)).orElseThrow();

    assertThat(new String(hold.raw().orElseThrow().octets(), ISO_8859_1)).isEqualTo(MESSAGE);
    assertThat(hold.envelope().mailFromText()).isEqualTo("ben@partner.example");
    assertThat(hold.envelope().recipients()).hasToString("[f1@corp.example, f2@corp.example]");
    assertThat(hold.envelope().clientIp().getHostAddress()).isEqualTo("192.0.2.50");
    assertThat(hold.envelope().helo()).isEqualTo("mail.partner.example");
    assertThat(hold.summary().from()).isEqualTo("ben@partner.example");
    assertThat(Duration.between(hold.receivedAt(), mail.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void theNullSenderStaysNull() throws IOException {
    String id = mail.hold(MESSAGE, "", "null1@corp.example", "null2@corp.example");
    Hold hold = new PostfixHoldings(mail.parts()).fetch(new HoldRef("postfix", id)).orElseThrow();
    assertThat(hold.envelope().mailFrom()).isEmpty();

    CaseFile held = mail.decided(id, releaseTo("null1@corp.example"), hold.envelope());
    mail.quarantine().release(held, List.of(address("null1@corp.example")), mandate());

    assertThat(takenBy("null1@corp.example").sender()).isEmpty();
  }

  @Test
  void aSenderThatCannotBeReadIsNotJudgedAsTheNullSender() throws IOException {
    String id = mail.hold(MESSAGE, "ben@[192.0.2.7]", "n1@corp.example");

    Hold hold = new PostfixHoldings(mail.parts()).fetch(new HoldRef("postfix", id)).orElseThrow();

    assertThat(hold.raw()).isEmpty();
    assertThat(hold.envelope().mailFrom()).isEmpty();
    assertThat(hold.envelope().senderText()).isEqualTo("ben@[192.0.2.7]");
    assertThat(hold.summary().from()).isEqualTo("ben@partner.example");
  }

  @Test
  void whatIsNotOnHoldIsNotFetched() {
    PostfixHoldings holdings = new PostfixHoldings(mail.parts());
    assertThat(holdings.fetch(new HoldRef("postfix", "ALL"))).isEmpty();
    assertThat(holdings.fetch(new HoldRef("postfix", "$(id)"))).isEmpty();
  }

  @Test
  void P8_aReleaseIsProvedByTheNextHopsOwnWordsForEachRecipient() throws IOException {
    String id =
        mail.hold(
            MESSAGE,
            "ben@partner.example",
            "r1@corp.example",
            "r2@corp.example",
            "r3@corp.example");
    mail.nextHop().answer("r2@corp.example", "451 4.7.1 greylisted");
    mail.nextHop().answer("r3@corp.example", "550 5.1.1 no such user");
    CaseFile held = mail.decided(id, release());

    Outcome outcome = mail.quarantine().release(held, everybody(held), mandate());

    assertThat(outcome.results())
        .extracting(r -> r.kind() + " " + r.words())
        .satisfiesExactly(
            one -> assertThat(one).matches("DELIVERED_TO_NEXT_HOP 250 2.0.0 Ok: taken as .*"),
            two -> assertThat(two).startsWith("ACCEPTED_ASYNC").contains("451 4.7.1 greylisted"),
            three -> assertThat(three).startsWith("PERM_FAIL").contains("550 5.1.1 no such user"));
    assertThat(content(takenBy("r1@corp.example"))).startsWith("Received: ").endsWith(MESSAGE);
    assertThat(mail.quarantine().standing(held)).isEqualTo(Standing.RELEASED);
  }

  @Test
  void whatTheNextHopRefusesForEverybodyIsNotHeldAnyMore() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "no@corp.example");
    mail.nextHop().answer("no@corp.example", "550 5.7.1 spam");
    CaseFile held = mail.decided(id, release());

    Outcome outcome = mail.quarantine().release(held, everybody(held), mandate());

    assertThat(outcome.results())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.kind()).isEqualTo(Kind.NOT_FOUND);
              assertThat(r.words()).contains("returned it to the sender", "550 5.7.1 spam");
            });
  }

  @Test
  void aDiscardDeletesAndADiscardOfNothingSaysSo() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "d1@corp.example");
    CaseFile held = mail.decided(id, discard());
    assertThat(mail.quarantine().standing(held)).isEqualTo(Standing.HELD);

    assertThat(only(mail.quarantine().discard(held, mandate()))).isEqualTo(Kind.DISCARDED);

    assertThat(mail.onHold()).doesNotContain(id);
    assertThat(mail.quarantine().standing(held)).isEqualTo(Standing.GONE);
    assertThat(only(mail.quarantine().discard(held, mandate()))).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void aMandateThatHasPassedTouchesNothing() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "m1@corp.example", "m2@corp.example");
    Mandate overtaken = new Mandate(1, () -> false);
    CaseFile held = mail.decided(id, release());

    assertThat(only(mail.quarantine().release(held, everybody(held), overtaken)))
        .isEqualTo(Kind.TEMP_FAIL);
    assertThat(
            only(mail.quarantine().release(held, List.of(address("m1@corp.example")), overtaken)))
        .isEqualTo(Kind.TEMP_FAIL);
    assertThat(only(mail.quarantine().discard(held, overtaken))).isEqualTo(Kind.TEMP_FAIL);
    assertThat(mail.onHold()).contains(id);
  }

  @Test
  void P9_whatCameAMomentAgoMayNotBeListedYetAndIsNotGivenUp() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "y1@corp.example");
    mail.postfix().command("postsuper", "-d", id).orFail();
    CaseFile release = mail.decidedAtOnce(id, release());
    CaseFile discard = mail.decidedAtOnce(id, discard());

    assertThat(only(mail.quarantine().release(release, everybody(release), mandate())))
        .isEqualTo(Kind.TEMP_FAIL);
    assertThat(only(mail.quarantine().discard(discard, mandate()))).isEqualTo(Kind.TEMP_FAIL);
    PostfixQuarantine later = mail.later(Duration.ofMinutes(2));
    assertThat(only(later.release(release, everybody(release), mandate())))
        .isEqualTo(Kind.NOT_FOUND);
    assertThat(only(later.discard(discard, mandate()))).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void P8_withoutTheLogAnInterruptedReleaseOfWhatIsGoneIsUncertain() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "v1@corp.example");
    CaseFile held = mail.decided(id, release());
    mail.postfix().command("postsuper", "-d", id).orFail();

    assertThat(mail.withoutLog().standing(held)).isEqualTo(Standing.UNKNOWN);
    assertThat(mail.withoutLog().standing(mail.decided(id, discard()))).isEqualTo(Standing.GONE);
  }

  /** Postern was killed behind the release: the one whom the next hop refused has it not. */
  @Test
  void P8_afterACrashTheRefusedOneIsNotCalledReleased() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "x1@corp.example", "x2@corp.example");
    mail.nextHop().answer("x2@corp.example", "550 5.1.1 no such user");
    CaseFile held = mail.decided(id, release());
    mail.quarantine().release(held, everybody(held), mandate());
    mail.postfix().awaitLog(id + ": removed");

    Outcome found = mail.quarantine().lookUp(held, everybody(held));

    assertThat(found.results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP, Kind.PERM_FAIL);
    assertThat(found.results().getLast().words()).contains("550 5.1.1 no such user");
    takenBy("x1@corp.example");
  }

  @Test
  void P8_afterACrashTheRefusedOneIsNotCalledReleasedWhilePostfixGoesOnForOthers()
      throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "y1@corp.example", "y2@corp.example");
    mail.nextHop().answer("y1@corp.example", "451 4.3.0 later");
    mail.nextHop().answer("y2@corp.example", "550 5.1.1 no such user");
    CaseFile held = mail.decided(id, release());
    mail.quarantine().release(held, everybody(held), mandate());

    assertThat(mail.quarantine().lookUp(held, everybody(held)).results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.ALREADY_DONE, Kind.PERM_FAIL);
    mail.postfix().command("postsuper", "-d", id).orFail();
  }

  @Test
  void P8_whatPostfixTookUpAndThenDeletedIsNotReleased() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "t1@corp.example");
    mail.nextHop().answer("t1@corp.example", "451 4.3.0 later");
    mail.postfix().command("postsuper", "-H", id).orFail();
    mail.postfix().command("postqueue", "-i", id).orFail();
    mail.postfix().awaitLog(id + ": to=<t1@corp.example>.*status=deferred");
    mail.postfix().command("postsuper", "-h", id).orFail();
    mail.postfix().command("postsuper", "-d", id).orFail();
    mail.postfix().awaitLog("postsuper.*" + id + ": removed");
    CaseFile held = mail.decided(id, release());

    assertThat(mail.quarantine().standing(held)).isEqualTo(Standing.UNKNOWN);
    assertThat(only(mail.quarantine().release(held, everybody(held), mandate())))
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void whatSomebodyElseReleasedOrDeletedIsNotDoneAgain() throws IOException {
    String released = mail.hold(MESSAGE, "ben@partner.example", "s1@corp.example");
    String deleted = mail.hold(MESSAGE, "ben@partner.example", "s2@corp.example");
    mail.nextHop().answer("s1@corp.example", "451 4.3.0 later");
    mail.postfix().command("postsuper", "-H", released).orFail();
    mail.postfix().command("postsuper", "-d", deleted).orFail();
    CaseFile off = mail.decided(released, release());
    CaseFile gone = mail.decided(deleted, release());

    assertThat(only(mail.quarantine().release(off, everybody(off), mandate())))
        .isEqualTo(Kind.ALREADY_DONE);
    assertThat(only(mail.quarantine().release(gone, everybody(gone), mandate())))
        .isEqualTo(Kind.NOT_FOUND);
    assertThat(mail.quarantine().standing(gone)).isEqualTo(Standing.UNKNOWN);
    assertThat(only(mail.quarantine().discard(off, mandate()))).isEqualTo(Kind.NOT_FOUND);
    mail.postfix().command("postsuper", "-d", released).orFail();
  }

  @Test
  void withoutTheLogAReleaseIsOnlyToTheQueue() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "w1@corp.example");
    CaseFile held = mail.decided(id, release());

    Outcome outcome = mail.withoutLog().release(held, everybody(held), mandate());

    assertThat(only(outcome)).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(outcome.results().getFirst().words()).startsWith("released to the queue");
  }

  @Test
  void P15_aLogThatCannotBeReadNowProvesNothingEitherWay() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "l1@corp.example", "l2@corp.example");
    CaseFile held = mail.decided(id, release());
    PostfixQuarantine blind = mail.withUnreadableLog();

    assertThat(only(blind.release(held, everybody(held), mandate())))
        .isEqualTo(Kind.ACCEPTED_ASYNC);
    mail.postfix().awaitLog(id + ": removed");

    assertThatThrownBy(() -> blind.standing(held)).isInstanceOf(MailSystemTrouble.class);
    assertThat(only(blind.release(held, everybody(held), mandate()))).isEqualTo(Kind.TEMP_FAIL);
    assertThat(blind.trouble().orElseThrow()).contains("mail.postfix.log");
  }

  @Test
  void aHelperThatIsMissingOrRefusedLeavesTheMailOnHoldAndSaysWhy() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "h1@corp.example", "h2@corp.example");
    CaseFile held = mail.decided(id, release());
    List<EmailAddress> some = List.of(address("h1@corp.example"));
    for (PostfixQuarantine broken :
        List.of(mail.withHelper("/nowhere/helper"), mail.refusingHelper())) {
      for (Outcome outcome :
          List.of(
              broken.release(held, everybody(held), mandate()),
              broken.release(held, some, mandate()),
              broken.discard(held, mandate()))) {
        assertThat(only(outcome)).isEqualTo(Kind.TEMP_FAIL);
        assertThat(outcome.results().getFirst().words())
            .containsPattern("/nowhere/helper cannot be run|sudo: a password is required");
      }
      assertThat(broken.trouble().orElseThrow()).contains("docs/mail/postfix.md");
    }
    assertThat(mail.onHold()).contains(id);
  }

  @Test
  void aReleaseWhilePostfixIsStoppedGoesWhenItStarts() throws IOException {
    String id = mail.hold(MESSAGE, "ben@partner.example", "z1@corp.example");
    CaseFile held = mail.decided(id, release());
    mail.postfix().stop();
    try {
      assertThat(only(mail.quarantine().release(held, everybody(held), mandate())))
          .isEqualTo(Kind.ACCEPTED_ASYNC);
    } finally {
      mail.postfix().start();
    }
    mail.postfix().awaitLog(id + ": removed");
    takenBy("z1@corp.example");
  }

  @Test
  void whatItCanDoDependsOnTheWayBack() {
    assertThat(mail.quarantine().abilities())
        .isEqualTo(Set.of(Ability.PARTIAL_RELEASE, Ability.DISCARD));
    assertThat(mail.withoutReinjection(Duration.ZERO).abilities())
        .isEqualTo(Set.of(Ability.DISCARD));
  }

  @Test
  void thisPostfixIsSetUpAsTheDocumentationSays() {
    assertThat(mail.quarantine().trouble()).isEmpty();
    assertThat(new PostfixCheck(mail.parts()).look())
        .extracting(finding -> finding.grade() + " " + finding.what())
        .allMatch(line -> line.startsWith("WELL"));
  }
}
