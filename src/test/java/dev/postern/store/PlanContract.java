package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Act;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook.Deadline;
import dev.postern.approval.CaseBook.Query;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.approval.Mention;
import dev.postern.approval.People;
import dev.postern.approval.Person;
import dev.postern.audit.AuditExport;
import dev.postern.audit.SigningKey;
import dev.postern.card.CardRows;
import dev.postern.card.Turn;
import dev.postern.mail.DomainName;
import dev.postern.policy.Policy;
import dev.postern.policy.Precedents.Span;
import dev.postern.policy.Replay;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.Test;

/** Nothing that Postern does often reads a whole table that grows, on any store. */
abstract class PlanContract {
  /** A search for a piece of a word has no index: it reads cases from the newest on. */
  private static final String SEARCH = "h.search LIKE";

  private final SigningKey key = SigningKey.generate("postern/log", new SecureRandom());
  final People people = new People().and("kim").and("noor").and("lou");

  abstract Store.Access database();

  /** So many that the database would rather use an index. */
  abstract int cases();

  /** What the database needs to choose plans as it would in service. */
  abstract void settle(Handle handle);

  /**
   * How often the database itself says it has read a whole table; empty where it does not count.
   */
  abstract Map<String, Long> wholeReads(Store.Access access);

  @Test
  void noStatementReadsAWholeTableThatGrows() {
    Store.Access access = database();
    Plans plans = new Plans();
    Map<String, Long> before;
    try (World world = new World(access, people, Dnses.NOTHING)) {
      CaseId template = decided(world, "template");
      world.store().sequencer(key, _ -> {}, () -> world.now).number();
      world.store().rows().useTransaction(h -> new Filled(h, template, cases()).fill());
      world.store().rows().useHandle(this::settle);
    }
    before = wholeReads(access);
    try (World world = new World(access, people, Dnses.NOTHING)) {
      world.store().rows().getConfig(SqlStatements.class).setSqlLogger(plans);
      live(world);
    }
    Map<String, Long> after = wholeReads(access);
    try (World world = new World(access, people, Dnses.NOTHING)) {
      world.store().rows().getConfig(SqlStatements.class).setSqlLogger(plans);
      world.records.list(new Query(Set.of(CaseState.ASKING), "needle", Optional.empty(), 50));
    }

    Map<String, List<String>> bad = new TreeMap<>();
    plans.byStatement().forEach((sql, plan) -> judge(sql, plan, bad));
    System.out.printf(
        "plans: %d statements on %d cases, %d read a whole table that grows%n",
        plans.byStatement().size(), cases(), bad.size());
    assertThat(plans.byStatement()).hasSizeGreaterThan(50);
    assertThat(bad).isEmpty();
    assertThat(after).isEqualTo(before);
  }

  private static void judge(String sql, String plan, Map<String, List<String>> bad) {
    if (Boolean.getBoolean("postern.plans")) {
      System.out.println(sql + "\n" + plan.indent(4));
    }
    List<String> scanned = Plans.scanned(plan);
    if (!scanned.isEmpty() && !sql.contains(SEARCH)) {
      bad.put(sql + "\n" + plan, scanned);
    }
  }

  private static CaseId decided(World world, String name) {
    CaseId id = world.held(name);
    world.release(id, "kim");
    return id;
  }

  /** The life of a few cases, and of those who look at them. */
  private void live(World world) {
    CaseId one = decided(world, "one");
    world.effects.carryOut(effectOf(world, one));
    CaseId two = world.desk.receive(world.hold("two")).caseId();
    world.desk.examine(two);
    world.desk.receive(world.hold("two"));
    world.chain = World.chain(2);
    CaseId three = world.held("three");
    Click later = world.click("kim", world.token(three, CardPlace.WEB), new Choice.ReleaseAll());
    world.desk.accept(later);
    world.desk.settle(world.records.kept(later.surface(), later.eventId()).orElseThrow());
    world.act(three, "kim", new Act.Withdraw());
    world.release(three, "kim");
    world.act(three, "lou", new Act.StepAside());
    world.desk.recheck(three, 1);
    world.act(three, "noor", new Choice.Discard());
    long stage = world.find(world.held("four")).openStage().orElseThrow().id();
    world.desk.remind(stage);
    world.now = world.now.plus(Duration.ofDays(3));
    world.desk.timeUp(stage);
    world.desk.gone(world.find(world.held("five")).hold());
    people.person(Identity.ofPostern("noor")).ifPresent(person -> look(world, one, person));
    keep(world, one);
  }

  private static long effectOf(World world, CaseId id) {
    return world
        .store()
        .rows()
        .withHandle(
            h ->
                h.createQuery("SELECT MAX(id) FROM effect WHERE case_id = ?")
                    .bind(0, id.text())
                    .mapTo(Long.class)
                    .one());
  }

  private static void look(World world, CaseId id, Person person) {
    Optional<CaseId> page =
        world.records.list(new Query(Set.of(), "", Optional.empty(), 200)).stream()
            .map(it -> it.id())
            .reduce((_, last) -> last);
    for (Set<CaseState> states :
        List.of(Set.<CaseState>of(), Set.of(CaseState.ASKING), EnumSet.allOf(CaseState.class))) {
      world.records.list(new Query(states, "", Optional.empty(), 50));
      world.records.list(new Query(states, "", page, 50));
    }
    Mention sender = Mention.of(World.address("eve@evil.example"));
    world.records.mentioning(sender, Optional.empty(), 6);
    world.records.mentioning(sender, page, 6);
    world.records.awaiting(person.id(), Optional.empty(), 6);
    world.records.awaiting(person.id(), Optional.of(new Deadline(world.now, 5)), 6);
    world.records.shares(person.id(), world.now.minus(Duration.ofDays(7)), 500);
    world.records.missed(person.id(), world.now.minus(Duration.ofDays(7)), world.now, 500);
    world.records.backstory(id);
    for (CaseState state : CaseState.values()) {
      if (state.held()) {
        world.records.count(Set.of(state));
      }
    }
    world.records.history(id);
    world.records.removed(id);
    world.records.raw(id);
    world.records.cards(id);
    world.desk.ballot(id, person);
    world.acquaintance.known(new DomainName("sender77.example"));
  }

  private static void bring(CardRows cards, String card, Instant now) {
    cards.stale(card, now);
    Turn.Mine mine = (Turn.Mine) cards.take(card, now, Duration.ofSeconds(9));
    cards.goOn(mine, now.plusSeconds(9));
    cards.posted(card, "123.4");
    cards.vanished(mine, now);
    cards.missed(mine, new CardRows.Miss("why", now, now, true));
    cards.shownFor(mine, now);
    assertThat(cards.shown(mine, now)).isTrue();
    cards.live(cards.find(card).orElseThrow());
    cards.notBefore(card, now);
    cards.stuck();
  }

  private void keep(World world, CaseId id) {
    Store store = world.store();
    String card = world.records.cards(id).getFirst().id();
    bring(store.cards(), card, world.now);
    try (RollCall roll = store.rollCall(() -> world.now)) {
      roll.call(world.now);
    }
    store.sequencer(key, _ -> {}, () -> world.now).number();
    Span when = new Span(world.now.minus(Duration.ofDays(1)), world.now);
    store.precedents().count(when);
    store.precedents().each(when, new Replay(Optional.empty(), Policy.builtIn()));
    new StoredLog(store.rows()).read(new AuditExport(OutputStream.nullOutputStream()));
    Duration days = Duration.ofDays(20);
    try (Retention retention =
        store.retention(new Retention.Terms(days, days, days), () -> world.now)) {
      Retention.Removed removed = retention.sweep();
      assertThat(removed.cases()).isPositive();
      assertThat(removed.clicks()).isPositive();
    }
  }
}
