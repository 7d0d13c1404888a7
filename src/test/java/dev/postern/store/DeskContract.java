package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Act;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseBook.Deadline;
import dev.postern.approval.CaseBook.Missed;
import dev.postern.approval.CaseBook.Share;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Judgement;
import dev.postern.approval.Mention;
import dev.postern.approval.Message;
import dev.postern.approval.Received;
import dev.postern.evidence.Signal;
import dev.postern.mail.DomainName;
import dev.postern.mail.Dsn;
import dev.postern.mail.Envelope;
import dev.postern.policy.APlan;
import dev.postern.policy.Action;
import dev.postern.policy.Ruling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the desk promises of arrival, ruling and time, on any store. */
abstract class DeskContract extends OnAWorld {
  @Test
  void inlineMessageThatIsAskedAboutBecomesOneCaseWithACardPerPlace() {
    CaseFile it = world.find(world.held("m1"));

    assertThat(it.state()).isEqualTo(CaseState.ASKING);
    assertThat(it.message().subject()).isEqualTo("Subject m1");
    assertThat(it.rawKept()).isTrue();
    assertThat(it.openStage().orElseThrow().approvers()).containsExactly("kim", "noor");
    assertThat(world.records.cards(it.id())).hasSize(2).allMatch(c -> c.token().isPresent());
    assertThat(world.records.raw(it.id()).orElseThrow().octets())
        .isEqualTo(World.raw("Subject m1").octets());
  }

  @Test
  void wishesForNoticesAreKeptWithTheEnvelope() {
    Envelope plain = World.envelope();
    Dsn dsn =
        new Dsn(
            Optional.of("HDRS"),
            Optional.of("QQ+2B31"),
            Map.of(
                plain.recipients().getFirst(),
                new Dsn.Wish(Optional.of("NEVER"), Optional.of("rfc822;a@b.example"))));
    Envelope wishing =
        new Envelope(plain.mailFrom(), plain.recipients(), plain.clientIp(), plain.helo(), dsn);
    Message message = world.message("m1");
    CaseId id =
        ((Judgement.Held)
                world.desk.judge(
                    new Message(message.ref(), wishing, message.raw(), message.receivedAt())))
            .caseId();

    assertThat(world.find(id).envelope()).isEqualTo(wishing);
  }

  @Test
  void rulesInShadowAreCountedForMailOfWhichNoRowIsLeft() {
    world.shadows = List.of(new Ruling.Shadow("tried", "discard"));
    world.action = new Action.Release();
    world.desk.judge(world.message("m1"));
    world.action = new Action.Discard();
    world.desk.judge(world.message("m2"));
    world.action = new Action.Ask("admins");
    world.desk.judge(world.message("m3"));

    assertThat(world.noted).containsExactly("tried passed", "tried refused");
  }

  @Test
  void inlineMessageThatPassesOrIsRejectedLeavesNoRow() {
    world.action = new Action.Release();
    assertThat(world.desk.judge(world.message("m1"))).isInstanceOf(Judgement.Pass.class);
    world.action = new Action.Discard();
    assertThat(world.desk.judge(world.message("m2"))).isInstanceOf(Judgement.Reject.class);
    assertThat(world.records.count(Set.of(CaseState.values()))).isZero();
  }

  @Test
  void followingHoldIsExaminedAndRuledOnAfterItIsDurable() {
    Received received = world.desk.receive(world.hold("h1"));
    assertThat(world.find(received.caseId()).state()).isEqualTo(CaseState.RECEIVED);

    world.desk.examine(received.caseId());
    world.desk.examine(received.caseId());

    CaseFile it = world.find(received.caseId());
    assertThat(it.state()).isEqualTo(CaseState.ASKING);
    assertThat(it.digest()).isPresent();
    assertThat(it.evidence()).isPresent();
  }

  @Test
  void aSenderIsAStrangerUntilACaseOfItsDomainWasExamined() {
    DomainName domain = new DomainName("evil.example");
    CaseId first = world.desk.receive(world.hold("h1")).caseId();
    assertThat(world.acquaintance.known(domain)).isFalse();
    world.desk.examine(first);
    CaseId second = world.desk.receive(world.hold("h2")).caseId();
    world.desk.examine(second);

    assertThat(signals(first)).contains("first-contact");
    assertThat(signals(second)).isNotEmpty().doesNotContain("first-contact");
    assertThat(world.acquaintance.known(domain)).isTrue();
    assertThat(world.acquaintance.known(new DomainName("mail.evil.example"))).isFalse();
  }

  private List<String> signals(CaseId id) {
    return world.find(id).evidence().orElseThrow().signals().stream().map(Signal::name).toList();
  }

  @Test
  void ruleThatReleasesAFollowingHoldDemandsTheEffect() {
    world.action = new Action.Release();
    CaseId id = world.desk.receive(world.hold("h1")).caseId();
    world.desk.examine(id);

    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);
    assertThat(world.effects.carryOut(1)).isEmpty();
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
  }

  @Test
  void P2_sameHoldFromManyThreadsAtOnceIsOneCase() throws Exception {
    List<Received> all = atOnce(40, _ -> world.desk.receive(world.hold("same")));

    assertThat(all.stream().map(Received::caseId).collect(Collectors.toSet())).hasSize(1);
    assertThat(all).filteredOn(r -> !r.duplicate()).hasSize(1);
    assertThat(world.records.count(Set.of(CaseState.values()))).isEqualTo(1);
  }

  @Test
  void P9_silenceKeepsTheMailHeld() {
    CaseId id = world.held("m1");
    long stage = world.find(id).openStage().orElseThrow().id();
    world.desk.timeUp(stage);
    assertThat(world.find(id).state()).as("too early").isEqualTo(CaseState.ASKING);

    world.now = world.now.plus(Duration.ofHours(4));
    world.desk.timeUp(stage);

    CaseFile it = world.find(id);
    assertThat(it.state()).isEqualTo(CaseState.EXPIRED);
    assertThat(it.state().held()).isTrue();
    assertThat(world.records.raw(id)).isPresent();
    assertThat(world.records.cards(id)).allMatch(c -> c.token().isEmpty());
    assertThat(world.quarantine.calls).isEmpty();
  }

  @Test
  void cardsFallBehindWithEveryChange() {
    CaseId id = world.held("m1");
    int before = world.records.cards(id).getFirst().desired();
    world.release(id, "kim");
    assertThat(world.records.cards(id)).allMatch(c -> c.desired() > before);
  }

  @Test
  void storyOfAMessageIsTenLinesAtMost() {
    CaseId id = world.held("m1");
    world.release(id, "kim");
    world.effects.carryOut(1);

    assertThat(world.story.stream().map(Story.Line::what))
        .containsExactly(
            "case.received",
            "case.examined",
            "case.ruled",
            "stage.opened",
            "vote.cast",
            "case.decided",
            "effect.intended",
            "effect.proved");
    assertThat(world.records.history(id)).hasSize(8);
  }

  @Test
  void casesAreListedSearchedAndPaged() {
    List<CaseId> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      world.now = world.now.plusSeconds(1);
      ids.add(world.held("m" + i));
    }
    var first = world.records.list(query("", Optional.empty(), 2));
    assertThat(first).extracting(CaseFile::id).containsExactly(ids.get(4), ids.get(3));
    var second = world.records.list(query("", Optional.of(ids.get(3)), 2));
    assertThat(second).extracting(CaseFile::id).containsExactly(ids.get(2), ids.get(1));
    assertThat(world.records.list(query("subject M3", Optional.empty(), 9)))
        .extracting(CaseFile::id)
        .containsExactly(ids.get(3));
    assertThat(world.records.list(query("100%", Optional.empty(), 9))).isEmpty();
  }

  @Test
  void casesAreFoundByWhatTheyMentionAndNothingElse() {
    List<CaseId> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      world.now = world.now.plusSeconds(i % 2); // some arrive at the same instant
      ids.add(world.held("m" + i));
    }

    List<Mention> all =
        List.of(
            Mention.of(World.address("EVE@evil.example")),
            Mention.of(World.address("bo@corp.example")),
            Mention.of(new DomainName("evil.example")),
            Mention.ofId("<1@evil.example>"),
            Mention.ofId("1@evil.example"));
    for (Mention what : all) {
      List<CaseId> seen = new ArrayList<>();
      List<CaseFile> page = world.records.mentioning(what, Optional.empty(), 2);
      while (!page.isEmpty()) {
        page.forEach(it -> seen.add(it.id()));
        page = world.records.mentioning(what, Optional.of(page.getLast().id()), 2);
      }
      assertThat(seen).containsExactlyInAnyOrderElementsOf(ids).hasSize(5);
      assertThat(seen.getLast()).isEqualTo(ids.getFirst());
    }
    for (Mention what :
        List.of(
            Mention.of(new DomainName("example")),
            Mention.of(new DomainName("corp.example")),
            Mention.of(World.address("ve@evil.example")))) {
      assertThat(world.records.mentioning(what, Optional.empty(), 9)).isEmpty();
    }
  }

  @Test
  void whatWaitsForSomebodyIsListedByDeadlineUntilTheyVoted() {
    world.chain = World.chain(2);
    CaseId first = world.held("m1");
    world.now = world.now.plusSeconds(5);
    CaseId second = world.held("m2");

    assertThat(waiting("kim")).containsExactly(first, second);
    assertThat(waiting("k_m")).isEmpty();
    assertThat(waiting("ki")).isEmpty();

    world.release(first, "kim");
    assertThat(waiting("kim")).containsExactly(second);
    assertThat(waiting("noor")).containsExactly(first, second);

    world.act(first, "kim", new Act.Withdraw());
    assertThat(waiting("kim")).containsExactly(first, second);

    world.release(first, "noor");
    world.release(first, "kim");
    assertThat(waiting("noor")).containsExactly(second);
  }

  @Test
  void whatSomebodyVotedOnIsToldSinceWhenAndForWhat() {
    world.chain = World.chain(2);
    CaseId first = world.held("m1");
    CaseId second = world.held("m2");
    Instant asked = world.now;
    world.now = world.now.plusSeconds(60);
    world.release(first, "kim");
    world.now = world.now.plusSeconds(60);
    world.act(second, "kim", new Choice.Discard());

    assertThat(world.records.shares("kim", asked, 9))
        .containsExactly(
            new Share(second, new Choice.Discard(), asked, world.now),
            new Share(first, new Choice.ReleaseAll(), asked, asked.plusSeconds(60)));
    assertThat(world.records.shares("kim", asked, 1)).hasSize(1);
    assertThat(world.records.shares("kim", world.now, 9)).hasSize(1);
    assertThat(world.records.shares("noor", asked, 9)).isEmpty();
  }

  @Test
  void whatEndedWithoutADecisionAndWithoutSomebodysVoteIsMissed() {
    world.chain = World.chain(2);
    Instant asked = world.now;
    CaseId voted = world.held("m1");
    CaseId silent = world.held("m2");
    CaseId decided = world.held("m3");
    CaseId open = world.held("m4");
    world.release(voted, "kim");
    world.release(decided, "kim");
    world.release(decided, "noor");
    Instant end = world.find(voted).openStage().orElseThrow().closes();
    world.now = end;
    for (CaseId id : List.of(voted, silent)) {
      world.desk.timeUp(world.find(id).openStage().orElseThrow().id());
    }

    assertThat(world.records.missed("kim", asked, end, 9)).containsExactly(new Missed(silent, end));
    assertThat(world.records.missed("noor", asked, end, 9))
        .extracting(Missed::caseId)
        .containsExactlyInAnyOrder(voted, silent);
    assertThat(world.records.missed("noor", asked, end, 1)).hasSize(1);
    assertThat(world.records.missed("noor", end.plusSeconds(1), end.plusSeconds(9), 9)).isEmpty();
    assertThat(world.records.missed("nobody", asked, end, 9)).isEmpty();
    assertThat(world.find(open).state()).isEqualTo(CaseState.ASKING);
  }

  @Test
  void whatEndsAtTheSameTimeStandsOnOnePageOnly() {
    List<CaseId> held = IntStream.range(0, 9).mapToObj(i -> world.held("m" + i)).toList();

    List<CaseId> read = new ArrayList<>();
    Optional<Deadline> last = Optional.empty();
    for (int page = 0; page < 9; page++) {
      CaseFile next = world.records.awaiting("kim", last, 1).getFirst();
      last = Optional.of(deadline(next));
      read.add(next.id());
    }

    assertThat(read).isEqualTo(held);
    assertThat(world.records.awaiting("kim", last, 1)).isEmpty();
  }

  @Test
  void aPageShowsNothingTwiceAndLeavesNothingOutHoweverTheListChangesMeanwhile() {
    List<CaseId> held = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      held.add(world.held("m" + i));
      world.now = world.now.plusSeconds(7);
    }
    List<CaseFile> first = world.records.awaiting("kim", Optional.empty(), 3);
    assertThat(first).extracting(CaseFile::id).isEqualTo(held.subList(0, 3));

    // What the page ended with is decided, what stood before it too, and others come.
    world.release(held.get(0), "kim");
    world.release(held.get(2), "noor");
    CaseId later = world.held("m6");
    world.chain =
        APlan.of("Mail admins", "group:admins").window(Duration.ofMinutes(5)).chain("admins");
    world.held("urgent");

    List<CaseFile> next = world.records.awaiting("kim", Optional.of(deadline(first.getLast())), 9);
    assertThat(next)
        .extracting(CaseFile::id)
        .containsExactly(held.get(3), held.get(4), held.get(5), later);
  }

  private static Deadline deadline(CaseFile it) {
    return Deadline.of(it.openStage().orElseThrow());
  }

  private List<CaseId> waiting(String person) {
    return world.records.awaiting(person, Optional.empty(), 9).stream().map(CaseFile::id).toList();
  }

  private static CaseBook.Query query(String text, Optional<CaseId> after, int limit) {
    return new CaseBook.Query(Set.of(CaseState.ASKING), text, after, limit);
  }
}
