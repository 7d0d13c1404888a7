package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.policy.Action;
import dev.postern.policy.Policy;
import dev.postern.policy.Precedent;
import dev.postern.policy.Precedent.People;
import dev.postern.policy.Precedents;
import dev.postern.policy.Precedents.Span;
import dev.postern.policy.Replay;
import dev.postern.policy.Replayed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Cases of the past as they are read from any store. */
abstract class PrecedentContract extends OnAWorld {

  /** Remembers what it was given. */
  static final class Given implements Precedents.Taker {
    final List<Precedent> cases = new ArrayList<>();
    final List<String> unreadable = new ArrayList<>();

    @Override
    public void take(Precedent it) {
      cases.add(it);
    }

    @Override
    public void unreadable(String id, String why) {
      unreadable.add(id + " " + why);
    }
  }

  private Span days(int days) {
    return new Span(world.now.minus(Duration.ofDays(days)), world.now.plusSeconds(1));
  }

  private Given given() {
    Given given = new Given();
    world.store().precedents().each(days(90), given);
    return given;
  }

  private Replayed replayed() {
    Replay replay = new Replay(Optional.empty(), Policy.builtIn());
    world.store().precedents().each(days(90), replay);
    return replay.done();
  }

  private long rows() {
    return world
        .store()
        .rows()
        .withHandle(h -> h.createQuery("SELECT COUNT(*) FROM case_facts").mapTo(Long.class).one());
  }

  private CaseId later(String name) {
    world.now = world.now.plusSeconds(60);
    return world.held(name);
  }

  @Test
  void whatWasRuledAndWhatPeopleDecidedIsReadOldestFirst() {
    CaseId released = world.held("m1");
    CaseId discarded = later("m2");
    CaseId open = later("m3");
    world.now = world.now.plus(Duration.ofMinutes(10));
    world.release(released, "kim");
    world.act(discarded, "kim", new Choice.Discard());

    List<Precedent> cases = given().cases;
    assertThat(cases)
        .extracting(Precedent::id)
        .containsExactly(released.text(), discarded.text(), open.text());
    assertThat(cases)
        .extracting(it -> it.then().people())
        .containsExactly(People.RELEASED, People.DISCARDED, People.NOBODY);
    assertThat(cases)
        .extracting(it -> it.then().work())
        .containsExactly(
            new Precedent.Work(1, Duration.ofMinutes(12), List.of("kim")),
            new Precedent.Work(1, Duration.ofMinutes(11), List.of("kim")),
            new Precedent.Work(0, Duration.ZERO, List.of()));
    assertThat(cases.getFirst().then().ruled())
        .isEqualTo(new Precedent.Said(new Action.Ask("admins"), "test"));
    assertThat(cases.getFirst().then().whole()).isTrue();
    assertThat(world.store().precedents().count(days(90))).isEqualTo(3);
  }

  @Test
  void peopleAreToldApartById_alsoWhereSeveralDecideOneCase() {
    world.chain = World.chain(2);
    CaseId both = world.held("m1");
    world.release(both, "noor");
    world.release(both, "kim");
    world.chain = World.chain(1);
    world.release(world.held("m2"), "kim");
    world.held("m3");

    assertThat(given().cases)
        .extracting(it -> it.then().work().by())
        .containsExactlyInAnyOrder(List.of("kim", "noor"), List.of("kim"), List.of());
  }

  @Test
  void casesOfBeforeOrAfterTheSpanAreLeftOut() {
    world.held("m1");
    world.now = world.now.plus(Duration.ofDays(91));
    CaseId young = world.held("m2");

    assertThat(given().cases).extracting(Precedent::id).containsExactly(young.text());
    Given none = new Given();
    Precedents stored = world.store().precedents();
    stored.each(new Span(world.now.plusSeconds(1), world.now.plusSeconds(2)), none);
    assertThat(none.cases).isEmpty();
    stored.each(new Span(world.now.minusSeconds(1), world.now), none);
    assertThat(none.cases).as("a span ends before its last moment").isEmpty();
  }

  @Test
  void endedCasesAreKeptInFewOctets_andTheNextTimeTheyAreTheSame() {
    CaseId done = world.held("m1");
    world.release(done, "kim");
    world.effects.carryOut(1);
    later("m2");
    Replayed first = replayed();

    assertThat(rows()).as("an open case may still change").isEqualTo(1);
    assertThat(replayed()).isEqualTo(first);
    world
        .store()
        .rows()
        .useHandle(
            h -> h.execute("UPDATE evidence SET canonical = '{}' WHERE case_id = ?", done.text()));
    assertThat(replayed()).as("the rows are not read again").isEqualTo(first);
  }

  @Test
  void whatWasKeptOfACaseThatChangedSinceIsNotBelieved() {
    CaseId done = world.held("m1");
    world.release(done, "kim");
    world.effects.carryOut(1);
    given();
    world
        .store()
        .rows()
        .useHandle(
            h -> {
              h.execute("UPDATE case_file SET version = version + 1, caution = 'x'");
            });

    assertThat(given().cases).extracting(it -> it.then().cautious()).containsExactly(true);
    assertThat(rows()).isEqualTo(1);
    world
        .store()
        .rows()
        .useHandle(h -> h.execute("UPDATE case_facts SET facts = ?", new byte[] {9}));
    assertThat(given().cases).as("what is kept in another form is made anew").hasSize(1);
  }

  @Test
  void aCaseWhoseEvidenceCannotBeReadIsNamedAndTheOthersAreRead() {
    CaseId broken = world.held("m1");
    CaseId whole = later("m2");
    world
        .store()
        .rows()
        .useHandle(
            h ->
                h.execute(
                    "UPDATE evidence SET canonical = 'no JSON' WHERE case_id = ?", broken.text()));

    Given given = given();
    assertThat(given.cases).extracting(Precedent::id).containsExactly(whole.text());
    assertThat(given.unreadable).containsExactly(broken.text() + " evidence is not JSON");
    assertThat(replayed().read().skipped()).isEqualTo(1);
  }

  @Test
  void aCaseOfBeforeTheSenderHistoryWasKeptIsReadWithout() {
    world.held("m1");
    world.store().rows().useHandle(h -> h.execute("UPDATE evidence SET situation = NULL"));

    assertThat(given().cases).extracting(it -> it.then().whole()).containsExactly(false);
    assertThat(replayed().read().partial()).isEqualTo(1);
  }

  @Test
  void retentionTakesWhatIsKeptAlong() {
    world.release(world.held("m1"), "kim");
    world.effects.carryOut(1);
    given();
    assertThat(rows()).isEqualTo(1);
    world.now = world.now.plus(Duration.ofDays(40));
    Duration days = Duration.ofDays(30);
    try (Retention retention =
        world.store().retention(new Retention.Terms(days, days, days), () -> world.now)) {
      assertThat(retention.sweep().cases()).isEqualTo(1);
    }
    assertThat(rows()).isZero();
    assertThat(given().cases).isEmpty();
  }

  @Test
  void pagesFollowEachOtherAlsoWhereManyCasesCameAtOneMoment() {
    CaseId template = world.held("m1");
    world.store().rows().useTransaction(h -> new Filled(h, template, 2500).fill());
    world
        .store()
        .rows()
        .useHandle(h -> h.execute("UPDATE case_file SET received_at = ?", Rows.utc(world.now)));

    List<Precedent> cases = given().cases;
    assertThat(cases).hasSize(2501);
    assertThat(cases).extracting(Precedent::id).isSorted().doesNotHaveDuplicates();
    assertThat(given().cases).extracting(Precedent::id).isSorted().hasSize(2501);
  }
}
