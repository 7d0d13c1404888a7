package dev.postern.quarantine.mailbox;

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
import dev.postern.card.Finding;
import dev.postern.mailsystem.NextHopServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every quarantine mailbox. */
abstract class MailboxContract extends OnMailbox {
  @Test
  void whatIsThereIsListedAndFetchedAsItCame() {
    Hold hold = held("<a@corp.example>, <b@corp.example>");

    assertThat(new String(hold.raw().orElseThrow().octets(), ISO_8859_1))
        .isEqualTo(Quarantined.to("<a@corp.example>, <b@corp.example>"));
    assertThat(hold.envelope().mailFromText()).isEqualTo("ben@partner.example");
    assertThat(hold.envelope().recipients()).hasToString("[a@corp.example, b@corp.example]");
    assertThat(hold.envelope().clientIp().getHostAddress()).isEqualTo("192.0.2.50");
    assertThat(hold.envelope().helo()).isEqualTo("mail.partner.example");
    assertThat(hold.summary().messageId()).isEqualTo("<order-1@partner.example>");
  }

  @Test
  void whatComesFromNobodyKnowsWhereIsNotComputed() {
    deliver(
        "X-Envelope-To: a@corp.example\r\nReceived: by mx with local\r\n" + Quarantined.CONTENT);

    Hold hold = only(moving());

    assertThat(hold.raw()).isEmpty();
    assertThat(hold.gateway()).isEqualTo("quarantine");
    assertThat(hold.summary().from()).isEqualTo("ben@partner.example");
  }

  @Test
  void whatIsTooLongIsShownAndNotComputed() {
    deliver(Quarantined.to("a@corp.example") + "long ".repeat(300_000) + "\r\n");

    Hold hold = only(moving());

    assertThat(hold.raw()).isEmpty();
    CaseFile it = Quarantined.decided(hold, release());
    Outcome outcome = new MailboxQuarantine(sending()).release(it, everybody(it), GOOD);
    assertThat(kind(outcome)).isEqualTo(Kind.PERM_FAIL);
    assertThat(words(outcome)).contains("mail.smtp.max-size");
  }

  @Test
  void whatNamesNoRecipientIsForTheMailboxItselfAndIsNotSentOn() {
    deliver("Return-Path: <b@x.example>\r\nReceived: from x (x [192.0.2.1]) by mx\r\n\r\nHi\r\n");
    Hold hold = only(moving());
    assertThat(hold.envelope().recipients()).hasToString("[quarantine@corp.example]");

    CaseFile it = Quarantined.decided(hold, release());
    Outcome outcome = new MailboxQuarantine(sending()).release(it, everybody(it), GOOD);

    assertThat(kind(outcome)).isEqualTo(Kind.PERM_FAIL);
    assertThat(nextHop.taken()).isEmpty();
  }

  @Test
  void whatIsNotThereIsNotFetched() {
    MailboxHoldings holdings = new MailboxHoldings(moving());
    for (String id : List.of("INBOX;1;1", "../cur/x", "$(id)", "1:*", "INBOX;99999999999;1")) {
      assertThat(holdings.fetch(new HoldRef("quarantine", id))).isEmpty();
    }
  }

  @Test
  void P8_aReleaseMovesTheMessageAsItIsAndIsSeenInTheFolder() {
    CaseFile it = Quarantined.decided(held("a@corp.example"), release());
    MailboxQuarantine quarantine = new MailboxQuarantine(moving());
    assertThat(quarantine.standing(it)).isEqualTo(Standing.HELD);
    List<String> before = in("INBOX");

    Outcome outcome = quarantine.release(it, everybody(it), GOOD);

    assertThat(kind(outcome)).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(words(outcome)).startsWith("moved to Released as ");
    assertThat(in("Released")).isEqualTo(before);
    assertThat(in("INBOX")).isEmpty();
    assertThat(quarantine.standing(it)).isEqualTo(Standing.RELEASED);
    assertThat(kind(quarantine.release(it, everybody(it), GOOD))).isEqualTo(Kind.ALREADY_DONE);
  }

  @Test
  void aMoveCannotPartRecipients() {
    CaseFile it =
        Quarantined.decided(held("a@corp.example, b@corp.example"), releaseTo("a@corp.example"));
    MailboxQuarantine quarantine = new MailboxQuarantine(moving());

    assertThat(kind(quarantine.release(it, everybody(it).subList(0, 1), GOOD)))
        .isEqualTo(Kind.PERM_FAIL);
    assertThat(quarantine.abilities()).isEqualTo(Set.of(Ability.DISCARD));
    assertThat(new MailboxQuarantine(sending()).abilities())
        .isEqualTo(Set.of(Ability.DISCARD, Ability.PARTIAL_RELEASE));
    assertThat(in("INBOX")).hasSize(1);
  }

  @Test
  void aDiscardMovesToItsFolder() {
    CaseFile it = Quarantined.decided(held("a@corp.example"), discard());
    MailboxQuarantine quarantine = new MailboxQuarantine(moving());

    assertThat(kind(quarantine.discard(it, GOOD))).isEqualTo(Kind.DISCARDED);

    assertThat(in("Discarded")).hasSize(1);
    assertThat(in("INBOX")).isEmpty();
    assertThat(quarantine.standing(it)).isEqualTo(Standing.GONE);
    assertThat(kind(quarantine.discard(it, GOOD))).isEqualTo(Kind.ALREADY_DONE);
  }

  @Test
  void aDiscardDeletesThatMessageAloneWhereNoFolderIsSet() {
    CaseFile it = Quarantined.decided(held("a@corp.example"), discard());
    deliver(Quarantined.to("other@corp.example"));
    MailboxQuarantine quarantine = new MailboxQuarantine(deleting());

    assertThat(kind(quarantine.discard(it, GOOD))).isEqualTo(Kind.DISCARDED);

    assertThat(in("INBOX")).singleElement().asString().contains("other@corp.example");
    assertThat(quarantine.standing(it)).isEqualTo(Standing.GONE);
    assertThat(kind(quarantine.discard(it, GOOD))).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void P7_aMandateThatHasPassedTouchesNothing() {
    CaseFile it = Quarantined.decided(held("a@corp.example"), release());
    Mandate overtaken = new Mandate(1, () -> false);
    for (MailboxParts parts : List.of(moving(), sending())) {
      MailboxQuarantine quarantine = new MailboxQuarantine(parts);
      assertThat(kind(quarantine.release(it, everybody(it), overtaken))).isEqualTo(Kind.TEMP_FAIL);
      assertThat(kind(quarantine.discard(it, overtaken))).isEqualTo(Kind.TEMP_FAIL);
    }
    assertThat(in("INBOX")).hasSize(1);
    assertThat(nextHop.taken()).isEmpty();
  }

  @Test
  void whatSomebodyElseTookAwayIsNotCalledReleased() throws IOException {
    Hold hold = held("a@corp.example");
    CaseFile release = Quarantined.decided(hold, release());
    try (Stream<Path> files = Files.walk(maildir)) {
      for (Path file : files.filter(it -> it.toString().contains(".mx")).toList()) {
        Files.delete(file);
      }
    }
    MailboxQuarantine quarantine = new MailboxQuarantine(moving());

    assertThat(quarantine.standing(Quarantined.undecided(hold))).isEqualTo(Standing.GONE);
    assertThat(quarantine.standing(release)).isEqualTo(Standing.UNKNOWN);
    assertThat(quarantine.standing(Quarantined.decided(hold, discard())))
        .isEqualTo(Standing.UNKNOWN);
    assertThat(kind(quarantine.release(release, everybody(release), GOOD)))
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void P8_sentOnEachRecipientGetsTheNextHopsOwnWordsAndTheMessageMovesThen() {
    nextHop.answer("b@corp.example", "550 5.1.1 no such user");
    CaseFile it = Quarantined.decided(held("a@corp.example, b@corp.example"), release());
    MailboxQuarantine quarantine = new MailboxQuarantine(sending());

    Outcome outcome = quarantine.release(it, everybody(it), GOOD);

    assertThat(outcome.results())
        .extracting(Outcome.Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP, Kind.PERM_FAIL);
    assertThat(nextHop.taken()).hasSize(1);
    assertThat(nextHop.taken().getFirst().recipients()).containsExactly("a@corp.example");
    assertThat(nextHop.taken().getFirst().sender()).isEqualTo("ben@partner.example");
    assertThat(new String(nextHop.taken().getFirst().octets().octets(), ISO_8859_1))
        .startsWith("Received: from filter.corp.example")
        .endsWith(Quarantined.CONTENT);
    assertThat(in("Released")).hasSize(1);
  }

  @Test
  void P8_aCrashAfterTheMoveDoesNotMakeARefusedRecipientReleased() {
    nextHop.answer("b@corp.example", "550 5.1.1 no such user");
    CaseFile it = Quarantined.decided(held("a@corp.example, b@corp.example"), release());
    MailboxQuarantine quarantine = new MailboxQuarantine(sending());
    var _ = quarantine.release(it, everybody(it), GOOD);
    assertThat(in("Released")).hasSize(1);

    assertThat(quarantine.standing(it)).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void P8_whoWasToldToWaitIsNotReleasedBySomebodyWhoMovesTheMessageByHand() {
    nextHop.answer("b@corp.example", "451 4.7.1 greylisted");
    Hold hold = held("a@corp.example, b@corp.example");
    CaseFile first = Quarantined.decided(hold, release());
    MailboxParts parts = sending();
    MailboxQuarantine quarantine = new MailboxQuarantine(parts);
    Outcome outcome = quarantine.release(first, everybody(first), GOOD);
    assertThat(parts.box().move(hold.ref().id(), "Released")).isPresent();

    CaseFile second = Quarantined.decided(hold, release(), outcome);
    Outcome then = quarantine.release(second, everybody(second).subList(1, 2), GOOD);

    assertThat(kind(then)).isEqualTo(Kind.UNCERTAIN);
    assertThat(nextHop.taken()).hasSize(1);
  }

  @Test
  void aMessageToMoreThanAThousandIsNotCutButSaid() {
    deliver(
        Quarantined.to(
            "a@corp.example"
                + ",b%d@corp.example"
                    .repeat(1000)
                    .formatted(IntStream.range(0, 1000).boxed().toArray())));

    assertThatThrownBy(() -> only(moving()))
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("more than 1000 recipients");
  }

  @Test
  void whoIsToldToWaitGetsItInTheNextTryAndNobodyElseTwice() {
    nextHop.answer("b@corp.example", "451 4.7.1 greylisted");
    Hold hold = held("a@corp.example, b@corp.example");
    CaseFile first = Quarantined.decided(hold, release());
    MailboxQuarantine quarantine = new MailboxQuarantine(sending());
    Outcome outcome = quarantine.release(first, everybody(first), GOOD);
    assertThat(in("INBOX")).hasSize(1);

    nextHop.answer("b@corp.example", "250 2.1.5 Ok");
    CaseFile second = Quarantined.decided(hold, release(), outcome);
    Outcome then =
        quarantine.release(second, everybody(second).subList(1, 2), new Mandate(2, () -> true));

    assertThat(kind(then)).isEqualTo(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(nextHop.taken())
        .extracting(NextHopServer.Taken::recipients)
        .containsExactly(List.of("a@corp.example"), List.of("b@corp.example"));
    assertThat(in("Released")).hasSize(1);
  }

  @Test
  void P7_whatMayHaveBeenSentIsUncertainAndNeverTakenForHeld() {
    nextHop.loseReply("a@corp.example");
    CaseFile it = Quarantined.decided(held("a@corp.example"), release());
    MailboxQuarantine quarantine = new MailboxQuarantine(sending());

    assertThat(kind(quarantine.release(it, everybody(it), GOOD))).isEqualTo(Kind.UNCERTAIN);

    assertThat(quarantine.standing(it)).isEqualTo(Standing.UNKNOWN);
    assertThat(in("INBOX")).hasSize(1);
    assertThatThrownBy(() -> new MailboxHoldings(sending()).fetch(it.hold()))
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("marked as sent");
    // People who looked it up may decide again; then it goes.
    assertThat(kind(quarantine.release(it, everybody(it), new Mandate(2, () -> true))))
        .isEqualTo(Kind.DELIVERED_TO_NEXT_HOP);
  }

  @Test
  void P7_aProcessThatDiesBeforeTheMarkHasSentNothingAndOneBehindItMayHave() {
    CaseFile it = Quarantined.decided(held("a@corp.example"), release());
    MailboxParts parts = sending();
    MailboxQuarantine quarantine = new MailboxQuarantine(parts);
    assertThat(quarantine.standing(it)).isEqualTo(Standing.HELD);

    assertThat(parts.box().mark(it.hold().id())).isTrue();

    assertThat(quarantine.standing(it)).isEqualTo(Standing.UNKNOWN);
    assertThat(new MailboxQuarantine(moving()).standing(it)).isEqualTo(Standing.HELD);
  }

  @Test
  void whatIsRefusedForNowIsNotMarkedAnyMore() {
    nextHop.answer("a@corp.example", "451 4.7.1 greylisted");
    CaseFile it = Quarantined.decided(held("a@corp.example"), release());
    MailboxQuarantine quarantine = new MailboxQuarantine(sending());

    assertThat(kind(quarantine.release(it, everybody(it), GOOD))).isEqualTo(Kind.TEMP_FAIL);

    assertThat(quarantine.standing(it)).isEqualTo(Standing.HELD);
  }

  @Test
  void aMessageThatCannotBeShownDoesNotStandInTheWayOfOthers() {
    MailboxSettings it = Quarantined.settings(place(), Optional.empty(), 0);
    MailboxHoldings holdings =
        new MailboxHoldings(
            new MailboxParts(
                new MailboxSettings(
                    it.source(),
                    it.place(),
                    it.folders(),
                    new MailboxSettings.Fields(
                        it.fields().senders(),
                        it.fields().recipients(),
                        Optional.empty(),
                        it.fields().ours()),
                    it.reinject(),
                    it.largest())));
    deliver("\0\0\0");
    deliver(Quarantined.to("a@corp.example"));

    List<String> found = new ArrayList<>();
    for (HoldRef ref : holdings.held()) {
      try {
        found.add(holdings.fetch(ref).orElseThrow().envelope().recipients().toString());
      } catch (MailSystemTrouble trouble) {
        found.add(trouble.words());
      }
    }

    assertThat(found)
        .hasSize(2)
        .contains("[a@corp.example]")
        .anyMatch(words -> words.contains("mail.mailbox.recipient-fields"));
  }

  @Test
  void twoThousandMessagesAreListed() {
    for (int i = 0; i < 2_000; i++) {
      fill(i);
    }

    assertThat(new MailboxHoldings(moving()).held()).hasSize(2_000).doesNotHaveDuplicates();
  }

  private void fill(int i) {
    try {
      Files.writeString(maildir.resolve("cur").resolve("17000.M" + i + "P1.mx:2,S"), "A: b\n\n");
    } catch (IOException cannotWrite) {
      throw new AssertionError(cannotWrite);
    }
  }

  @Test
  void theCheckSaysThatAllIsWellOrWhichFolderIsMissing() throws IOException {
    assertThat(moving().look()).allMatch(finding -> finding.grade() == Finding.Grade.WELL);
    assertThat(sending().look()).allMatch(finding -> finding.grade() == Finding.Grade.WELL);

    try (Stream<Path> files = Files.walk(maildir.resolve(".Released"))) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }

    assertThat(new MailboxQuarantine(moving()).trouble().orElseThrow()).contains("Released");
    CaseFile it = Quarantined.decided(held("a@corp.example"), release());
    assertThat(kind(new MailboxQuarantine(moving()).release(it, everybody(it), GOOD)))
        .isEqualTo(Kind.TEMP_FAIL);
    assertThat(in("INBOX")).hasSize(1);
  }
}
