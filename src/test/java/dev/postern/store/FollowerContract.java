package dev.postern.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Follower;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.mail.RawMessage;
import dev.postern.policy.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is concluded from what a mail system holds, on any store. */
abstract class FollowerContract extends OnAWorld {
  private final Queue queue = new Queue();
  private Follower follower;

  @BeforeEach
  void follow() {
    follower = new Follower(queue, world.quarantine, world.records, world.desk, () -> world.now);
  }

  /** A mail system with a queue that a test fills. */
  private static final class Queue implements Holdings {
    final Map<HoldRef, Hold> holds = new ConcurrentHashMap<>();
    final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    final Set<String> tooDeep = ConcurrentHashMap.newKeySet();
    volatile boolean away;

    @Override
    public String source() {
      return "edge-1";
    }

    @Override
    public List<HoldRef> held() {
      if (away) {
        throw new MailSystemTrouble("the queue cannot be listed: start the mail system");
      }
      return List.copyOf(holds.keySet());
    }

    @Override
    public Optional<Hold> fetch(HoldRef hold) {
      if (unreadable.contains(hold.id())) {
        throw new MailSystemTrouble("message " + hold.id() + " cannot be read");
      }
      if (tooDeep.contains(hold.id())) {
        throw new StackOverflowError();
      }
      return Optional.ofNullable(holds.get(hold));
    }
  }

  private HoldRef queued(String id) {
    Hold hold = world.hold(id);
    queue.holds.put(hold.ref(), hold);
    return hold.ref();
  }

  private CaseFile caseOf(HoldRef ref) {
    return world.find(world.records.caseOf(ref).orElseThrow());
  }

  private void later(long seconds) {
    world.now = world.now.plusSeconds(seconds);
  }

  @Test
  void P1_aHoldWhoseEventWasLostBecomesACaseOnceHoweverOftenItIsListed() {
    HoldRef lost = queued("Q1");

    assertThat(follower.look().taken()).isEqualTo(1);
    assertThat(follower.look()).isEqualTo(new Follower.Round(1, 0, 0, Optional.empty()));

    assertThat(caseOf(lost).state()).isEqualTo(CaseState.RECEIVED);
  }

  /** Whoever sent it deletes it meanwhile; what only poses as one is not forgotten. */
  @Test
  void P1_aMarkedMessageIsAskedAboutOnceItsSenderHadTimeToDeleteIt() {
    Hold plain = world.hold("Q1");
    RawMessage marked =
        RawMessage.of("X-Postern-Canary: forged\r\n\r\nHello\r\n".getBytes(US_ASCII));
    queue.holds.put(
        plain.ref(),
        new Hold(
            plain.ref(),
            plain.envelope(),
            Optional.of(marked),
            plain.summary(),
            plain.gateway(),
            // What the mail system says of the time may come from the sender.
            plain.receivedAt().plus(Duration.ofDays(365)),
            plain.event()));

    assertThat(follower.look()).isEqualTo(new Follower.Round(1, 0, 0, Optional.empty()));

    later(61);
    assertThat(follower.look().taken()).isEqualTo(1);
  }

  @Test
  void aMarkedMessageWithoutOctetsIsKnownByItsSubjectAndAskedAboutALittleLater() {
    Hold plain = world.hold("Q1");
    byte[] marked = "Subject: Postern looks whether mail is held 12ab\r\n\r\n".getBytes(US_ASCII);
    queue.holds.put(
        plain.ref(),
        new Hold(
            plain.ref(),
            plain.envelope(),
            Optional.empty(),
            MessageReader.summarise(RawMessage.of(marked)),
            plain.gateway(),
            plain.receivedAt(),
            plain.event()));

    assertThat(follower.look().taken()).isZero();

    later(61);
    assertThat(follower.look().taken()).isEqualTo(1);
  }

  @Test
  void aMessageThatTakesAllTheStackKeepsNoOtherWaiting() {
    HoldRef deep = queued("Q1");
    HoldRef plain = queued("Q2");
    queue.tooDeep.add(deep.id());

    Follower.Round round = follower.look();

    assertThat(round.taken()).isEqualTo(1);
    assertThat(round.trouble().orElseThrow()).contains("Q1", "StackOverflowError");
    assertThat(caseOf(plain).state()).isEqualTo(CaseState.RECEIVED);
    queue.tooDeep.clear();
    assertThat(follower.look().taken()).isEqualTo(1);
  }

  /** Somebody sent it, whatever they called themselves: a bounce has nobody's name. */
  @Test
  void aSenderThatCannotBeReadIsKeptAsItWasSaidAndIsNotTheNullSender() {
    Hold plain = world.hold("Q1");
    Envelope odd =
        new Envelope(
                Optional.empty(),
                plain.envelope().recipients(),
                plain.envelope().clientIp(),
                plain.envelope().helo())
            .withSender("odd\0@[sender" + "x".repeat(1000));
    queue.holds.put(
        plain.ref(),
        new Hold(
            plain.ref(),
            odd,
            Optional.empty(),
            plain.summary(),
            plain.gateway(),
            plain.receivedAt(),
            plain.event()));

    follower.look();

    Envelope kept = caseOf(plain.ref()).envelope();
    assertThat(kept.mailFrom()).isEmpty();
    assertThat(kept.senderText()).startsWith("odd?@[senderxxx").hasSize(320);
    assertThat(kept).isEqualTo(odd);
  }

  @Test
  void P2_twoReplicasThatLookAtOnceMakeOneCaseOfAHold() throws Exception {
    for (int i = 0; i < 20; i++) {
      queued("Q" + i);
    }

    List<Follower.Round> rounds = atOnce(4, _ -> follower.look());

    assertThat(rounds.stream().mapToInt(Follower.Round::taken).sum()).isEqualTo(20);
    assertThat(world.records.undecided("edge-1")).hasSize(20);
  }

  @Test
  void aMessageThatLeftByItselfEndsItsCase() {
    HoldRef ref = queued("Q1");
    follower.look();
    world.desk.examine(caseOf(ref).id());
    queue.holds.clear();
    world.quarantine.stands = Standing.GONE;
    later(61);

    assertThat(follower.look().gone()).isEqualTo(1);

    assertThat(caseOf(ref).state()).isEqualTo(CaseState.WITHDRAWN);
    assertThat(world.records.undecided("edge-1")).isEmpty();
  }

  @Test
  void P9_aMessageThatIsNotInTheQueueYetIsNotTakenForGone() {
    CaseId young = world.desk.receive(world.hold("Q1")).caseId();
    world.quarantine.stands = Standing.GONE;
    later(59);

    follower.look();

    assertThat(world.find(young).state()).isEqualTo(CaseState.RECEIVED);
  }

  @Test
  void P9_whatTheMailSystemCannotTellIsNotTakenForGone() {
    CaseId unsure = world.desk.receive(world.hold("Q1")).caseId();
    world.quarantine.stands = Standing.UNKNOWN;
    later(3600);

    assertThat(follower.look().gone()).isZero();

    assertThat(world.find(unsure).state()).isEqualTo(CaseState.RECEIVED);
  }

  @Test
  void P9_aListThatCannotBeHadEndsNoCase() {
    CaseId held = world.desk.receive(world.hold("Q1")).caseId();
    world.quarantine.stands = Standing.GONE;
    queue.away = true;
    later(3600);

    assertThatThrownBy(follower::look)
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("start the mail system");

    assertThat(world.find(held).state()).isEqualTo(CaseState.RECEIVED);
  }

  @Test
  void oneMessageThatCannotBeReadKeepsNoOtherWaiting() {
    queued("Q1");
    queued("Q2");
    queue.unreadable.add("Q1");

    assertThat(follower.look())
        .isEqualTo(new Follower.Round(2, 1, 0, Optional.of("message Q1 cannot be read")));

    queue.unreadable.clear();
    assertThat(follower.look().taken()).isEqualTo(1);
  }

  @Test
  void P16_aCrowdThatCannotBeReadKeepsNobodyElseWaiting() {
    for (int i = 0; i < 2 * 200; i++) {
      queue.unreadable.add(queued("B" + i).id());
    }
    follower.look();
    follower.look();
    queued("Q1");

    assertThat(follower.look().taken()).isEqualTo(1);
  }

  @Test
  void P16_aCrowdThatIsNotListedAndStaysKeepsNobodyElseWaiting() {
    for (int i = 0; i < 2 * 200 + 50; i++) {
      world.desk.receive(world.hold("H" + i));
    }
    later(61);
    List<String> order =
        world.records.undecided("edge-1").stream().map(it -> it.ref().id()).toList();
    for (String leaves : List.of(order.getFirst(), order.get(225), order.getLast())) {
      follower.look();
      world.quarantine.standsOf.put(leaves, Standing.GONE);
      int gone = 0;
      for (int round = 0; round < 3; round++) {
        gone += follower.look().gone();
      }
      assertThat(gone).as(leaves).isEqualTo(1);
    }
  }

  @Test
  void P9_whatIsHeldAgainIsAskedAboutAgain() {
    HoldRef ref = queued("Q1");
    follower.look();
    world.desk.examine(caseOf(ref).id());
    Hold hold = queue.holds.remove(ref);
    world.quarantine.stands = Standing.GONE;
    later(61);
    follower.look();
    assertThat(caseOf(ref).state()).isEqualTo(CaseState.WITHDRAWN);

    queue.holds.put(ref, hold);
    assertThat(follower.look().taken()).isEqualTo(1);

    assertThat(caseOf(ref).state()).isEqualTo(CaseState.ASKING);
    assertThat(caseOf(ref).openStage()).isPresent();
    assertThat(caseOf(ref).warning()).contains("holds this message again");
  }

  @Test
  void P9_whatIsHeldAgainAndWasNeverExaminedIsExamined() {
    HoldRef ref = queued("Q1");
    follower.look();
    world.desk.gone(ref);

    follower.look();

    assertThat(caseOf(ref).state()).isEqualTo(CaseState.RECEIVED);
    world.desk.examine(caseOf(ref).id());
    assertThat(caseOf(ref).state()).isEqualTo(CaseState.ASKING);
  }

  @Test
  void P8_whatIsHeldThoughItsCaseIsDoneIsSaid() {
    HoldRef ref = queued("Q1");
    follower.look();
    CaseId id = caseOf(ref).id();
    world.action = new Action.Discard();
    world.desk.examine(id);
    world.effects.carryOut(1);
    assertThat(caseOf(ref).state()).isEqualTo(CaseState.DONE);
    assertThat(follower.look().trouble()).as("the list may be older").isEmpty();

    later(61);

    assertThat(follower.look().trouble())
        .hasValueSatisfying(
            words -> assertThat(words).contains("Q1 is held though case " + id, "by hand"));
  }

  @Test
  void casesOfOtherMailSystemsAreLeftAlone() {
    world.held("m1"); // Postern's own listener
    world.quarantine.stands = Standing.GONE;
    later(3600);

    assertThat(follower.look().gone()).isZero();
    assertThat(world.records.undecided("smtp")).hasSize(1);
  }

  @Test
  void aRoundEndsAndTheNextGoesOn() {
    for (int i = 0; i < 250; i++) {
      queued("Q" + i);
    }

    assertThat(follower.look().taken()).isEqualTo(200);
    assertThat(follower.look().taken()).isEqualTo(50);
  }
}
