package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Outcome;
import dev.postern.audit.LogVerifier;
import dev.postern.audit.SigningKey;
import dev.postern.audit.Verdict.Whole;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What goes with time, and what never does, on any store. */
abstract class RetentionContract extends OnAWorld {
  private static final List<String> ROWS_OF_CASES =
      List.of(
          "hold",
          "mention",
          "message",
          "case_file",
          "evidence",
          "stage",
          "card",
          "token",
          "vote",
          "witness",
          "handover",
          "own_chat",
          "effect");
  private static final Retention.Terms TERMS =
      new Retention.Terms(Duration.ofDays(30), Duration.ofDays(400), Duration.ofDays(30));

  private Optional<Store.Access> opened = Optional.empty();

  abstract Store.Access fresh();

  @Override
  final Store.Access database() {
    Store.Access access = fresh();
    opened = Optional.of(access);
    return access;
  }

  private Retention retention() {
    return world.store().retention(TERMS, () -> world.now);
  }

  private Retention.Removed after(long days) {
    world.now = world.now.plus(Duration.ofDays(days));
    try (Retention retention = retention()) {
      return retention.sweep();
    }
  }

  private CaseId released(String message) {
    CaseId id = world.held(message);
    world.release(id, "kim");
    carryOut(id);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
    return id;
  }

  private void withdrawn(int cases) throws Exception {
    atOnce(
        cases,
        number -> world.desk.gone(world.find(world.held("m" + number)).hold()).orElseThrow());
  }

  private void carryOut(CaseId id) {
    long effect =
        rows(
            handle ->
                handle
                    .createQuery("SELECT MAX(id) FROM effect WHERE case_id = :id")
                    .bind("id", id.text())
                    .mapTo(Long.class)
                    .one());
    world.effects.carryOut(effect);
  }

  /** What is asked of the rows themselves. */
  private interface Look<T> {
    T at(Handle handle);
  }

  private <T> T rows(Look<T> look) {
    Store.Access access = opened.orElseThrow();
    String url = Dialect.of(access.url()).complete(access);
    try (Handle handle =
        access.user().isEmpty()
            ? Jdbi.open(url)
            : Jdbi.open(url, access.user(), access.password())) {
      return look.at(handle);
    }
  }

  private long count(String table) {
    return rows(
        handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
  }

  private List<String> history(CaseId id) {
    return world.records.history(id).stream().map(CaseBook.HistoryLine::what).toList();
  }

  @Test
  void octetsOfAMessageGoWhenItsCaseHasEndedForAMonth_andTheCaseStays() {
    CaseId done = released("m1");

    assertThat(after(29)).isEqualTo(new Retention.Removed(0, 0, 0));
    assertThat(world.records.raw(done)).isPresent();
    assertThat(after(2)).isEqualTo(new Retention.Removed(1, 0, 1));

    assertThat(world.records.raw(done)).isEmpty();
    assertThat(world.find(done).state()).isEqualTo(CaseState.DONE);
    assertThat(world.find(done).rawKept()).isFalse();
    assertThat(world.find(done).votes()).hasSize(1);
    assertThat(history(done)).endsWith("message.removed");
    assertThat(after(1)).as("once").isEqualTo(new Retention.Removed(0, 0, 0));
  }

  @Test
  void aCaseThatEndedLongAgoGoesWithAllItsRows_andTheLogTellsOfIt() {
    CaseId done = released("m1");
    world.now = world.now.plus(Duration.ofDays(300));
    CaseId younger = released("m2");

    assertThat(after(101)).isEqualTo(new Retention.Removed(2, 1, 2));

    assertThat(world.records.find(done)).isEmpty();
    assertThat(world.records.removed(done)).contains(world.now);
    assertThat(history(done)).contains("vote.cast", "effect.proved").endsWith("case.removed");
    assertThat(world.records.find(younger)).isPresent();
    assertThat(world.records.removed(younger)).isEmpty();

    after(300);
    for (String table : ROWS_OF_CASES) {
      assertThat(count(table)).as(table).isZero();
    }
    assertThat(count("inbox")).isZero();
  }

  @Test
  void aDiscardedMessageGoesLikeAReleasedOne() {
    CaseId id = world.held("m1");
    world.act(id, "kim", new Choice.Discard());
    carryOut(id);

    assertThat(after(401)).isEqualTo(new Retention.Removed(1, 1, 1));
    assertThat(world.records.removed(id)).isPresent();
  }

  @Test
  void P9_whatIsHeldStaysHoweverOldItIs() {
    CaseId asking = world.held("asking");
    CaseId received = world.desk.receive(world.hold("received")).caseId();
    CaseId decided = world.held("decided");
    world.release(decided, "kim");
    CaseId failed = world.held("failed");
    world.release(failed, "kim");
    world.quarantine.says = Outcome.Kind.PERM_FAIL;
    carryOut(failed);
    CaseId expired = world.held("expired");
    long stage = world.find(expired).openStage().orElseThrow().id();
    world.now = world.now.plus(Duration.ofDays(2));
    world.desk.timeUp(stage);
    assertThat(world.find(expired).state()).isEqualTo(CaseState.EXPIRED);
    assertThat(world.find(failed).state()).isEqualTo(CaseState.FAILED);

    assertThat(after(4000)).isEqualTo(new Retention.Removed(0, 0, 2));

    for (CaseId id : List.of(asking, received, decided, failed, expired)) {
      assertThat(world.records.raw(id)).as(world.find(id).state().name()).isPresent();
    }
  }

  @Test
  void aCaseThatTheMailSystemTookBackGoesToo() {
    CaseId id = world.desk.receive(world.hold("w1")).caseId();
    world.desk.gone(world.find(id).hold());
    assertThat(world.find(id).state()).isEqualTo(CaseState.WITHDRAWN);

    assertThat(after(401)).isEqualTo(new Retention.Removed(1, 1, 0));
    assertThat(world.records.removed(id)).isPresent();
  }

  @Test
  void aClickThatNobodyHasJudgedStays() {
    CaseId id = world.held("m1");
    var click = world.click("kim", world.token(id, CardPlace.WEB), new Choice.ReleaseAll());
    world.desk.accept(click);

    assertThat(after(4000)).isEqualTo(new Retention.Removed(0, 0, 0));
    assertThat(world.records.kept(click.surface(), click.eventId())).isPresent();
  }

  @Test
  void moreThanOneBatchGoesInOneSweep() throws Exception {
    withdrawn(230);
    assertThat(after(401)).isEqualTo(new Retention.Removed(230, 230, 0));
    assertThat(count("case_file")).isZero();
  }

  @Test
  void severalProcessesSweepAtOnce_andEachRowGoesOnce() throws Exception {
    withdrawn(150);
    world.now = world.now.plus(Duration.ofDays(401));

    List<Retention.Removed> removed =
        atOnce(
            4,
            _ -> {
              try (Retention retention = retention()) {
                return retention.sweep();
              }
            });
    try (Retention rest = retention()) {
      removed = new ArrayList<>(removed);
      removed.add(rest.sweep());
    }

    assertThat(removed.stream().mapToInt(Retention.Removed::cases).sum()).isEqualTo(150);
    assertThat(removed.stream().mapToInt(Retention.Removed::messages).sum()).isEqualTo(150);
    assertThat(count("message")).isZero();
  }

  @Test
  void aWakeUpForACaseThatIsGoneEndsInNothing() {
    CaseId id = released("m1");
    long stage = world.find(id).stage().orElseThrow().id();
    after(401);

    world.desk.examine(id);
    world.desk.recheck(id, 1);
    assertThat(world.effects.carryOut(1)).isEmpty();
    assertThat(world.desk.timeUp(stage)).isEmpty();
    assertThat(world.desk.remind(stage)).isEmpty();
    assertThat(world.records.find(id)).isEmpty();
  }

  @Test
  void P10_theLogIsWholeAfterRowsWereRemoved() {
    SigningKey key = SigningKey.generate("postern/log", new SecureRandom());
    Sequencer sequencer = world.store().sequencer(key, _ -> {}, () -> world.now);
    released("m1");
    sequencer.number();
    after(401);
    sequencer.number();

    LogVerifier verifier = new LogVerifier(key.verifier());
    StoredLog.of(opened.orElseThrow()).check(verifier, verifier);
    assertThat(verifier.verdict()).isInstanceOf(Whole.class);
  }

  @Test
  void theSameHoldAfterItsCaseWasRemovedIsANewCase() {
    CaseId first = released("m1");
    after(401);

    CaseId second = world.held("m1");

    assertThat(second).isNotEqualTo(first);
    assertThat(world.find(second).state()).isEqualTo(CaseState.ASKING);
  }

  @Test
  void theNextPageAfterARemovedCaseIsEmpty() {
    CaseId first = released("m1");
    after(401);
    released("m2");
    assertThat(world.records.list(new CaseBook.Query(Set.of(), "", Optional.of(first), 10)))
        .isEmpty();
  }
}
