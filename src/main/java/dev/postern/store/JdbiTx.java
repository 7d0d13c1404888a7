package dev.postern.store;

import dev.postern.approval.Answer;
import dev.postern.approval.Campaigns;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseUpdate;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Effect;
import dev.postern.approval.Grant;
import dev.postern.approval.HandOver;
import dev.postern.approval.Outcome;
import dev.postern.approval.OwnChat;
import dev.postern.approval.Sighting;
import dev.postern.approval.Stage;
import dev.postern.approval.Testimony;
import dev.postern.approval.TokenRow;
import dev.postern.approval.Tx;
import dev.postern.approval.Vote;
import dev.postern.approval.Work;
import dev.postern.evidence.Digest;
import dev.postern.evidence.Evidence;
import dev.postern.policy.Freeze;
import dev.postern.policy.GrantId;
import dev.postern.policy.Situation.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The verbs of one transaction, as SQL. The case's row is locked by whoever made this. */
final class JdbiTx implements Tx {
  private final Handle handle;
  private final CaseId id;
  private final Instant now;
  private final RandomGenerator random;
  private final StageRows stages;
  private final TokenRows tokens;
  private final VoteRows votes;
  private final WitnessRows witnesses;
  private final SightingRow sightings;
  private final CampaignRows campaigns;
  private final List<Story.Line> story = new ArrayList<>();
  private long version;
  private boolean stale;
  private boolean refused;

  JdbiTx(Handle handle, CaseId id, long version, Instant now, RandomGenerator random) {
    this.handle = handle;
    this.id = id;
    this.version = version;
    this.now = now;
    this.random = random;
    this.stages = new StageRows(handle, id);
    this.tokens = new TokenRows(handle, id);
    this.votes = new VoteRows(handle, id);
    this.witnesses = new WitnessRows(handle, id);
    this.sightings = new SightingRow(handle, id);
    this.campaigns = new CampaignRows(handle, id, now);
  }

  /** What this transaction wrote into the log, to be told once it is durable. */
  List<Story.Line> story() {
    return story;
  }

  /**
   * Whether this must outlive a power cut. A refusal need not: its click is durable since it was
   * accepted and would be judged again, the same way, since every later change that is forced to
   * the disk takes the refusal along.
   */
  boolean weighty() {
    return stale || !refused;
  }

  /**
   * Makes all cards that fell behind show the truth; the last step before the commit. Rows of
   * senders, which many cases share, are locked last.
   */
  void finish() {
    if (stale) {
      dueCards();
    }
    sightings.count();
  }

  private void dueCards() {
    handle.execute(
        "UPDATE card SET desired = desired + 1, due = COALESCE(due, ?) WHERE case_id = ?",
        Rows.utc(now),
        id.text());
    handle
        .createQuery("SELECT * FROM card WHERE case_id = :id")
        .bind("id", id.text())
        .map((row, _) -> Rows.card(row))
        .forEach(card -> wake(Work.CARD, card.id() + "#" + card.desired(), now));
  }

  @Override
  public void redraw() {
    stale = true;
  }

  @Override
  public void update(CaseUpdate update) {
    int changed =
        handle
            .createUpdate(
                """
                UPDATE case_file
                   SET state = :state, version = version + 1, trouble = :trouble,
                       changed_at = :now,
                       ruling = COALESCE(:ruling, ruling),
                       decision = COALESCE(:decision, decision),
                       outcome = COALESCE(:outcome, outcome),
                       caution = COALESCE(:caution, caution)
                 WHERE id = :id AND version = :version
                """)
            .bind("state", update.state().name())
            .bind("trouble", update.trouble())
            .bind("now", Rows.utc(now))
            .bind("ruling", orNull(update.ruling().map(RulingCodec::write)))
            .bind("decision", orNull(update.decision().map(Codec::decision)))
            .bind("outcome", orNull(update.outcome().map(Codec::outcome)))
            .bind("caution", orNull(update.caution()))
            .bind("id", id.text())
            .bind("version", version)
            .execute();
    if (changed != 1) {
      throw new StoreTrouble("case " + id + " changed under its lock");
    }
    version++;
    stale = true;
  }

  private static @Nullable String orNull(Optional<String> value) {
    return value.orElse(null);
  }

  @Override
  public void keepEvidence(Evidence evidence, Digest digest, Context context) {
    EvidenceRows.add(handle, id, evidence, digest, context);
    stale = true;
  }

  @Override
  public Optional<Sighting> sighting() {
    return sightings.standing();
  }

  @Override
  public void sighted(Sighting is) {
    sightings.replace(is);
  }

  @Override
  public Stage openStage(Stage planned) {
    return stages.open(planned);
  }

  @Override
  public Stage convene(Stage planned) {
    stale = true;
    return stages.convene(planned);
  }

  @Override
  public Stage stage(long key) {
    return stages.get(key);
  }

  @Override
  public List<Stage> stages() {
    return stages.all();
  }

  @Override
  public void closeStage(long key, Stage.State as) {
    stages.close(key, as);
    stale = true;
  }

  @Override
  public void dropApprover(Stage stage, String personId) {
    stages.dropApprover(stage, personId);
    stale = true;
  }

  @Override
  public void handOver(Stage stage, HandOver over) {
    stages.handOver(stage, over.from().id(), over.to().id());
    new HandOverRows(handle, id).keep(over);
    over.told().ifPresent(this::card);
    stale = true;
  }

  @Override
  public List<HandOver> handOvers() {
    return new HandOverRows(handle, id).all();
  }

  @Override
  public void untold(HandOver over) {
    new HandOverRows(handle, id).untold(over);
    stale = true;
  }

  @Override
  public void askAlone(OwnChat chat) {
    new OwnChatRows(handle, id).keep(chat);
    stale = true;
  }

  @Override
  public List<OwnChat> ownChats() {
    return new OwnChatRows(handle, id).all();
  }

  @Override
  public void unasked(OwnChat chat) {
    new OwnChatRows(handle, id).missing(chat);
    stale = true;
  }

  @Override
  public Set<CardPlace> asking(long stageId) {
    return OwnChatRows.asking(handle, stageId);
  }

  @Override
  public List<Vote> votes(long stageId) {
    return new CaseReader(handle).votes(stageId);
  }

  @Override
  public boolean vote(Vote vote) {
    stale = true;
    return votes.put(vote);
  }

  @Override
  public boolean hasVoted(long stageId, String personId) {
    return VoteRows.has(handle, stageId, personId);
  }

  @Override
  public boolean withdraw(long stageId, String personId) {
    boolean withdrawn = votes.withdraw(stageId, personId);
    stale |= withdrawn;
    return withdrawn;
  }

  @Override
  public CardRow card(CardPlace place) {
    stale = true;
    return new CardPlaces(handle, id).at(place, random);
  }

  @Override
  public void mint(TokenRow token) {
    tokens.mint(token);
  }

  @Override
  public boolean redeem(TokenRow token, Instant at) {
    return tokens.redeem(token, at);
  }

  @Override
  public List<Testimony> testimonies() {
    return witnesses.all();
  }

  @Override
  public void ask(Testimony question) {
    witnesses.ask(question);
    card(question.place());
  }

  @Override
  public void testify(Testimony told) {
    witnesses.testify(told);
    stale = true;
  }

  @Override
  public Optional<Instant> lookAsked() {
    return witnesses.lookAsked();
  }

  @Override
  public void askLook() {
    witnesses.askLook(now);
  }

  @Override
  public void looked() {
    witnesses.looked(now);
    stale = true;
  }

  @Override
  public long demand(Choice choice, Outcome proved) {
    return new EffectRows(handle, id).demand(choice, proved, now);
  }

  @Override
  public Campaigns campaigns() {
    return campaigns;
  }

  @Override
  public Effect effect(long key) {
    return new EffectRows(handle, id).get(key);
  }

  @Override
  public void save(Effect effect) {
    new EffectRows(handle, id).save(effect);
  }

  @Override
  public Optional<Answer> answered(Click click) {
    return handle
        .createQuery(
            """
            SELECT answer FROM inbox
             WHERE surface = :surface AND event_id = :event AND answer IS NOT NULL
            """)
        .bind("surface", click.surface())
        .bind("event", click.eventId())
        .mapTo(String.class)
        .findOne()
        .map(Codec::answer);
  }

  @Override
  public void answer(Click click, Answer answer) {
    refused = answer instanceof Answer.Refused;
    Inbox.answer(handle, click, answer);
  }

  @Override
  public void log(String actor, String what, String detail) {
    Story.Line line = new Story.Line(what, Optional.of(id), actor, detail);
    story.add(new LogRows(handle).add(line, now));
  }

  @Override
  public void request(Grant grant) {
    new GrantRows(handle).add(grant);
  }

  @Override
  public boolean spend(GrantId grant, Instant at) {
    Optional<List<Story.Line>> spent = new GrantRows(handle).spend(grant, at);
    spent.ifPresent(story::addAll);
    return spent.isPresent();
  }

  @Override
  public Optional<Freeze> freeze() {
    return new FreezeRows(handle).standing();
  }

  @Override
  public void wake(Work work, String key, Instant at) {
    WorkQueue.wake(handle, work, key, at);
  }
}
