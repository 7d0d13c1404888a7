package dev.postern.store;

import dev.postern.approval.Answer;
import dev.postern.approval.Backstory;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Click;
import dev.postern.approval.GrantBook;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.KeptHold;
import dev.postern.approval.Mention;
import dev.postern.approval.Received;
import dev.postern.approval.Records;
import dev.postern.approval.Stage;
import dev.postern.approval.TokenId;
import dev.postern.approval.TokenRow;
import dev.postern.approval.Tx;
import dev.postern.mail.Fingerprint;
import dev.postern.mail.RawMessage;
import dev.postern.policy.Freeze;
import dev.postern.store.Commits.Committed;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** The rows of cases by Jdbi. */
final class JdbiRecords implements Records {
  private static final int MOST_TRIES = 5;

  private final Jdbi jdbi;
  private final Dialect dialect;
  private final Commits commits;
  private final RightOfWay way;
  private final Lanes lanes = new Lanes();
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();

  JdbiRecords(Jdbi jdbi, Dialect dialect, Commits commits, RightOfWay way, InstantSource clock) {
    this.jdbi = jdbi;
    this.dialect = dialect;
    this.commits = commits;
    this.way = way;
    this.clock = clock;
  }

  @Override
  public GrantBook grants() {
    return new GrantStore(jdbi, commits);
  }

  @Override
  public Received open(Hold hold, Optional<Fingerprint> kind, BiConsumer<Tx, CaseFile> first) {
    return commits.commit(() -> jdbi.inTransaction(handle -> opened(handle, hold, kind, first)));
  }

  private Committed<Received> opened(
      Handle handle, Hold hold, Optional<Fingerprint> kind, BiConsumer<Tx, CaseFile> first) {
    HoldRows holds = new HoldRows(handle);
    Optional<Long> holdId = holds.keep(hold, kind);
    if (holdId.isEmpty()) {
      CaseId known =
          holds
              .caseOf(hold.ref())
              .orElseThrow(() -> new StoreTrouble("the hold is being written by somebody else"));
      return new Committed<>(new Received(known, true), List.of());
    }
    CaseId id = insertCase(handle, holdId.get(), hold);
    JdbiTx tx = new JdbiTx(handle, id, 1, now(), random);
    tx.log(
        "postern",
        "case.received",
        "source="
            + hold.ref().source()
            + " recipients="
            + hold.envelope().recipients().size()
            + " size="
            + hold.summary().size());
    first.accept(tx, new CaseReader(handle).find(id).orElseThrow());
    tx.finish();
    return new Committed<>(new Received(id, false), tx.story());
  }

  private CaseId insertCase(Handle handle, long holdId, Hold hold) {
    for (int i = 0; i < MOST_TRIES; i++) {
      CaseId id = CaseId.random(random);
      int inserted =
          handle
              .createUpdate(
                  """
                  INSERT INTO case_file (id, hold_id, state, version, trouble, received_at,
                                         changed_at)
                  VALUES (:id, :hold, :state, 1, '', :receivedAt, :now) ON CONFLICT DO NOTHING
                  """)
              .bind("id", id.text())
              .bind("hold", holdId)
              .bind("state", CaseState.RECEIVED.name())
              .bind("receivedAt", Rows.utc(hold.receivedAt()))
              .bind("now", Rows.utc(now()))
              .execute();
      if (inserted == 1) {
        return id;
      }
    }
    throw new StoreTrouble("no free case id was found");
  }

  @Override
  public <T> T change(CaseId id, BiFunction<Tx, CaseFile, T> work) {
    return commits.commit(
        () -> lanes.alone(id, () -> jdbi.inTransaction(handle -> changed(handle, id, work))));
  }

  private <T> Committed<T> changed(Handle handle, CaseId id, BiFunction<Tx, CaseFile, T> work) {
    handle
        .createQuery("SELECT id FROM case_file WHERE id = :id FOR UPDATE")
        .bind("id", id.text())
        .mapTo(String.class)
        .one();
    CaseFile it = new CaseReader(handle).find(id).orElseThrow();
    JdbiTx tx = new JdbiTx(handle, id, it.version(), now(), random);
    T result = work.apply(tx, it);
    tx.finish();
    return new Committed<>(result, tx.story(), tx.weighty());
  }

  @Override
  public Optional<Freeze> freeze() {
    return jdbi.withHandle(handle -> new FreezeRows(handle).standing());
  }

  @Override
  public boolean freeze(Freeze by) {
    return told(rows -> rows.set(by, now()));
  }

  @Override
  public boolean unfreeze(String personId) {
    return told(rows -> rows.lift(personId, now()));
  }

  /** Whether something changed: then it has a line. */
  private boolean told(Function<FreezeRows, List<Story.Line>> change) {
    return commits.commit(
        () ->
            jdbi.inTransaction(
                handle -> {
                  List<Story.Line> story = change.apply(new FreezeRows(handle));
                  return new Committed<>(!story.isEmpty(), story);
                }));
  }

  @Override
  public boolean keep(Click click) {
    return way.first(
        () ->
            commits.commit(
                () -> new Committed<>(Inbox.keep(jdbi, dialect, click, now()), List.of())));
  }

  @Override
  public void answerUnplaced(Click click, Answer answer) {
    jdbi.useHandle(handle -> Inbox.answer(handle, click, answer));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Optional<Click> kept(String surface, String eventId) {
    return jdbi.withHandle(handle -> Inbox.kept(handle, surface, eventId));
  }

  @Override
  public Optional<Instant> came(String surface, String eventId) {
    return jdbi.withHandle(handle -> Inbox.came(handle, surface, eventId));
  }

  @Override
  public Optional<TokenRow> token(TokenId id) {
    return jdbi.withHandle(handle -> TokenRows.get(handle, id));
  }

  @Override
  public Optional<TokenRow> tokenAt(CaseId id, CardPlace place) {
    return cards(id).stream()
        .filter(c -> c.place().equals(place))
        .findFirst()
        .flatMap(CardRow::token)
        .flatMap(this::token);
  }

  @Override
  public Optional<Stage> stage(long id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM stage WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> Rows.stage(row))
                .findOne());
  }

  @Override
  public boolean voteStands(long stageId, String personId) {
    return jdbi.withHandle(handle -> new CaseReader(handle).votes(stageId)).stream()
        .anyMatch(vote -> vote.personId().equals(personId));
  }

  @Override
  public boolean hasVoted(long stageId, String personId) {
    return jdbi.withHandle(handle -> VoteRows.has(handle, stageId, personId));
  }

  @Override
  public Optional<CaseId> caseOf(HoldRef hold) {
    return jdbi.withHandle(handle -> new HoldRows(handle).caseOf(hold));
  }

  @Override
  public List<KeptHold> undecided(String source) {
    return jdbi.withHandle(handle -> new HoldRows(handle).undecided(source));
  }

  @Override
  public boolean at(long effectId, int attempt) {
    return jdbi.withHandle(
        h ->
            h.createQuery("SELECT COUNT(*) FROM effect WHERE id = :id AND attempt = :attempt")
                    .bind("id", effectId)
                    .bind("attempt", attempt)
                    .mapTo(Integer.class)
                    .one()
                == 1);
  }

  @Override
  public Optional<CaseId> caseOfEffect(long effectId) {
    return caseBy("SELECT case_id FROM effect WHERE id = :key", effectId);
  }

  @Override
  public Optional<CaseId> caseOfQuestion(TokenId id) {
    return jdbi.withHandle(handle -> WitnessRows.caseOf(handle, id));
  }

  @Override
  public Optional<CaseId> leaderOf(long campaignId) {
    return caseBy("SELECT leader FROM campaign WHERE id = :key", campaignId);
  }

  @Override
  public Optional<CaseId> caseOfStage(long stageId) {
    return caseBy("SELECT case_id FROM stage WHERE id = :key", stageId);
  }

  private Optional<CaseId> caseBy(String sql, long key) {
    return jdbi.withHandle(
        h -> h.createQuery(sql).bind("key", key).mapTo(String.class).findOne().map(CaseId::new));
  }

  @Override
  public Optional<CaseFile> find(CaseId id) {
    return snapshot(handle -> new CaseReader(handle).find(id));
  }

  @Override
  public List<CaseFile> list(Query query) {
    return snapshot(handle -> new CaseReader(handle).list(query));
  }

  /** A case stands in several tables: read one after the other, they may tell of two moments. */
  private <T> T snapshot(Function<Handle, T> read) {
    return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, read::apply);
  }

  @Override
  public List<CaseFile> mentioning(Mention what, Optional<CaseId> after, int limit) {
    return snapshot(handle -> new Mentions(handle).cases(what, after, limit));
  }

  @Override
  public List<CaseFile> awaiting(String personId, Optional<Deadline> after, int limit) {
    return snapshot(handle -> new Awaiting(handle).cases(personId, after, limit));
  }

  @Override
  public List<Share> shares(String personId, Instant since, int limit) {
    return jdbi.withHandle(handle -> new Shares(handle).of(personId, since, limit));
  }

  @Override
  public List<Missed> missed(String personId, Instant since, Instant until, int limit) {
    return jdbi.withHandle(handle -> new Shares(handle).missed(personId, since, until, limit));
  }

  @Override
  public long count(Set<CaseState> states) {
    return jdbi.withHandle(handle -> new CaseReader(handle).count(states));
  }

  @Override
  public long joined() {
    return jdbi.withHandle(handle -> new CaseReader(handle).joined());
  }

  @Override
  public Optional<CaseId> leaderOf(CaseId member) {
    return jdbi.withHandle(handle -> new CaseReader(handle).leaderOf(member));
  }

  @Override
  public List<HistoryLine> history(CaseId id) {
    return jdbi.withHandle(handle -> new CaseReader(handle).history(id));
  }

  @Override
  public Optional<Instant> removed(CaseId id) {
    return jdbi.withHandle(handle -> new CaseReader(handle).removed(id));
  }

  @Override
  public Optional<RawMessage> raw(CaseId id) {
    return jdbi.withHandle(handle -> new CaseReader(handle).raw(id));
  }

  @Override
  public Backstory backstory(CaseId id) {
    return jdbi.withHandle(handle -> new BackstoryReader(handle).read(id));
  }

  @Override
  public List<CardRow> cards(CaseId id) {
    return jdbi.withHandle(handle -> new CaseReader(handle).cards(id));
  }
}
