package dev.postern.approval;

import dev.postern.evidence.signal.Acquaintance;
import dev.postern.mail.Fingerprint;
import dev.postern.mail.RawMessage;
import dev.postern.policy.Freeze;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * The rows in memory, for tests that play more histories than a database could. One lock for each
 * case; a transaction that throws leaves no trace.
 */
public final class MemoryRecords implements Records {
  private final Told teller;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ReentrantLock arrival = new ReentrantLock();
  private final Map<HoldRef, CaseId> holds = new ConcurrentHashMap<>();
  private final Map<CaseId, MemoryCase> cases = new ConcurrentHashMap<>();
  private final Map<CaseId, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Map<Event, Click> inbox = new ConcurrentHashMap<>();
  private final Map<Event, Instant> arrivals = new ConcurrentHashMap<>();
  private final Map<Event, Answer> answers = new ConcurrentHashMap<>();
  private final Map<TokenId, CaseId> tokens = new ConcurrentHashMap<>();
  private final Map<Long, CaseId> stages = new ConcurrentHashMap<>();
  private final Map<Long, CaseId> effects = new ConcurrentHashMap<>();
  private final MemoryFreeze freeze = new MemoryFreeze();
  private final MemoryGrants grants =
      new MemoryGrants(id -> row(id).map(it -> it.state).orElse(CaseState.ASKING));
  private final AtomicLong lastStage = new AtomicLong();
  private final AtomicLong lastEffect = new AtomicLong();

  /** Is told of every line of the log, once it is committed. */
  public interface Told {
    void line(CaseId id, HistoryLine line);
  }

  /** The key of an inbox row. */
  record Event(String surface, String id) {
    static Event of(Click click) {
      return new Event(click.surface(), click.eventId());
    }
  }

  /** Empty rows. */
  public MemoryRecords(Told teller, InstantSource clock, RandomGenerator random) {
    this.teller = teller;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Received open(Hold hold, Optional<Fingerprint> kind, BiConsumer<Tx, CaseFile> first) {
    arrival.lock();
    try {
      CaseId known = holds.get(hold.ref());
      if (known != null) {
        return new Received(known, true);
      }
      MemoryCase fresh = new MemoryCase(freeId(), hold, now());
      MemoryTx tx = new MemoryTx(this, fresh, now());
      tx.log(
          "postern",
          "case.received",
          "source="
              + hold.ref().source()
              + " recipients="
              + hold.envelope().recipients().size()
              + " size="
              + hold.summary().size());
      first.accept(tx, fresh.file());
      commit(tx, fresh, 0);
      holds.put(hold.ref(), fresh.id);
      return new Received(fresh.id, false);
    } finally {
      arrival.unlock();
    }
  }

  private CaseId freeId() {
    CaseId id = CaseId.random(random);
    return cases.containsKey(id) ? freeId() : id;
  }

  @Override
  public <T> T change(CaseId id, BiFunction<Tx, CaseFile, T> work) {
    ReentrantLock lock = locks.computeIfAbsent(id, _ -> new ReentrantLock());
    lock.lock();
    try {
      MemoryCase before = row(id).orElseThrow();
      MemoryCase after = new MemoryCase(before);
      MemoryTx tx = new MemoryTx(this, after, now());
      T result = work.apply(tx, after.file());
      commit(tx, after, before.log.size());
      return result;
    } finally {
      lock.unlock();
    }
  }

  private void commit(MemoryTx tx, MemoryCase rows, int told) {
    tx.finish();
    rows.tokens.keySet().forEach(key -> tokens.putIfAbsent(key, rows.id));
    rows.stages.keySet().forEach(key -> stages.putIfAbsent(key, rows.id));
    rows.effects.keySet().forEach(key -> effects.putIfAbsent(key, rows.id));
    cases.put(rows.id, rows);
    tx.answers().forEach(this::record);
    rows.log.subList(told, rows.log.size()).forEach(line -> teller.line(rows.id, line));
  }

  private void record(Event event, Answer answer) {
    if (inbox.containsKey(event)) {
      answers.putIfAbsent(event, answer);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  RandomGenerator random() {
    return random;
  }

  long nextStage() {
    return lastStage.incrementAndGet();
  }

  long nextEffect() {
    return lastEffect.incrementAndGet();
  }

  Optional<Answer> answer(Event event) {
    return Optional.ofNullable(answers.get(event));
  }

  /** What the mail system is to be told of a case, oldest first. */
  public List<Effect> effects(CaseId id) {
    return row(id).map(rows -> List.copyOf(rows.effects.values())).orElse(List.of());
  }

  /** All stages of a case, oldest first. */
  public List<Stage> stages(CaseId id) {
    return row(id).map(rows -> List.copyOf(rows.stages.values())).orElse(List.of());
  }

  /** Votes of a stage that stand, oldest first. */
  public List<Vote> votes(Stage stage) {
    return caseOf(stages, stage.id()).map(rows -> rows.standing(stage.id())).orElse(List.of());
  }

  /** The rows of a case as they were committed. */
  Optional<MemoryCase> row(CaseId id) {
    return Optional.ofNullable(cases.get(id));
  }

  @Override
  public Optional<Freeze> freeze() {
    return freeze.freeze();
  }

  @Override
  public boolean freeze(Freeze by) {
    return freeze.freeze(by);
  }

  @Override
  public boolean unfreeze(String personId) {
    return freeze.unfreeze(personId);
  }

  @Override
  public MemoryGrants grants() {
    return grants;
  }

  @Override
  public boolean keep(Click click) {
    arrivals.putIfAbsent(Event.of(click), clock.instant());
    return inbox.putIfAbsent(Event.of(click), click) == null;
  }

  @Override
  public Optional<Instant> came(String surface, String eventId) {
    return Optional.ofNullable(arrivals.get(new Event(surface, eventId)));
  }

  @Override
  public Optional<Click> kept(String surface, String eventId) {
    return Optional.ofNullable(inbox.get(new Event(surface, eventId)));
  }

  @Override
  public void answerUnplaced(Click click, Answer answer) {
    record(Event.of(click), answer);
  }

  @Override
  public Optional<TokenRow> token(TokenId id) {
    return caseOf(tokens, id).map(rows -> rows.tokens.get(id));
  }

  private <K> Optional<MemoryCase> caseOf(Map<K, CaseId> index, K key) {
    return Optional.ofNullable(index.get(key)).flatMap(this::row);
  }

  @Override
  public Optional<TokenRow> tokenAt(CaseId id, CardPlace place) {
    return row(id)
        .flatMap(rows -> Optional.ofNullable(rows.cards.get(place)))
        .flatMap(CardRow::token)
        .flatMap(this::token);
  }

  @Override
  public Optional<Stage> stage(long id) {
    return caseOf(stages, id).map(rows -> rows.stages.get(id));
  }

  @Override
  public boolean voteStands(long stageId, String personId) {
    return caseOf(stages, stageId).map(rows -> rows.standing(stageId)).orElse(List.of()).stream()
        .anyMatch(vote -> vote.personId().equals(personId));
  }

  @Override
  public boolean hasVoted(long stageId, String personId) {
    return caseOf(stages, stageId)
        .filter(rows -> rows.votes.containsKey(new MemoryCase.Voter(stageId, personId)))
        .isPresent();
  }

  @Override
  public Optional<CaseId> caseOf(HoldRef hold) {
    return Optional.ofNullable(holds.get(hold));
  }

  @Override
  public List<KeptHold> undecided(String source) {
    return holds.entrySet().stream()
        .filter(hold -> hold.getKey().source().equals(source))
        .flatMap(hold -> find(hold.getValue()).stream())
        .filter(it -> it.state().held() && it.state() != CaseState.DECIDED)
        .map(it -> new KeptHold(it.id(), it.hold(), it.receivedAt()))
        .toList();
  }

  @Override
  public boolean at(long effectId, int attempt) {
    return caseOfEffect(effectId)
        .flatMap(this::row)
        .map(rows -> rows.effects.get(effectId))
        .filter(effect -> effect.attempt() == attempt)
        .isPresent();
  }

  @Override
  public Optional<CaseId> caseOfEffect(long effectId) {
    return Optional.ofNullable(effects.get(effectId));
  }

  @Override
  public Optional<CaseId> caseOfQuestion(TokenId id) {
    return cases.values().stream()
        .filter(rows -> rows.witnesses.containsKey(id))
        .map(rows -> rows.id)
        .findFirst();
  }

  @Override
  public Optional<CaseId> leaderOf(long campaignId) {
    return Optional.empty();
  }

  @Override
  public Optional<CaseId> caseOfStage(long stageId) {
    return Optional.ofNullable(stages.get(stageId));
  }

  @Override
  public Optional<CaseFile> find(CaseId id) {
    return row(id).map(MemoryCase::file);
  }

  @Override
  public List<CaseFile> list(Query query) {
    return new MemoryBook(cases.values()).list(query);
  }

  @Override
  public List<CaseFile> mentioning(Mention what, Optional<CaseId> after, int limit) {
    return new MemoryBook(cases.values()).mentioning(what, after, limit);
  }

  @Override
  public List<CaseFile> awaiting(String personId, Optional<Deadline> after, int limit) {
    List<CaseFile> all = cases.values().stream().map(MemoryCase::file).toList();
    return CaseMentions.awaiting(all, personId, after).limit(limit).toList();
  }

  @Override
  public List<Share> shares(String personId, Instant since, int limit) {
    return CaseMentions.shares(
            cases.values().stream().map(MemoryCase::file).toList(), personId, since)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Missed> missed(String personId, Instant since, Instant until, int limit) {
    return CaseMentions.missed(
            cases.values().stream().map(MemoryCase::file).toList(), personId, since, until)
        .limit(limit)
        .toList();
  }

  @Override
  public long count(Set<CaseState> states) {
    return cases.values().stream().filter(rows -> states.contains(rows.state)).count();
  }

  @Override
  public long joined() {
    return 0;
  }

  @Override
  public Optional<CaseId> leaderOf(CaseId member) {
    return Optional.empty();
  }

  @Override
  public Optional<Instant> removed(CaseId id) {
    return Optional.empty(); // memory keeps everything
  }

  @Override
  public List<HistoryLine> history(CaseId id) {
    return row(id).map(rows -> List.copyOf(rows.log)).orElse(List.of());
  }

  @Override
  public Optional<RawMessage> raw(CaseId id) {
    return row(id).flatMap(rows -> rows.hold.raw());
  }

  @Override
  public Backstory backstory(CaseId id) {
    return row(id).map(MemoryCase::backstory).orElse(Backstory.none());
  }

  @Override
  public List<CardRow> cards(CaseId id) {
    return row(id).map(MemoryCase::cardsInOrder).orElse(List.of());
  }

  /** How much came from whom. */
  public SenderBook senders() {
    return new MemorySenders(() -> cases.values().stream().flatMap(it -> it.sighting.stream()));
  }

  /** Who wrote before. */
  public Acquaintance acquaintance() {
    return new MemoryBook(cases.values());
  }
}
