package dev.postern.approval;

import static dev.postern.approval.MemoryCase.with;

import dev.postern.approval.MemoryCase.VoteRow;
import dev.postern.approval.MemoryCase.Voter;
import dev.postern.evidence.Digest;
import dev.postern.evidence.Evidence;
import dev.postern.policy.Freeze;
import dev.postern.policy.GrantId;
import dev.postern.policy.Situation.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One transaction in memory: works on a copy of the case, which counts only when it is committed.
 */
final class MemoryTx implements Tx {
  private final MemoryRecords records;
  private final MemoryCase rows;
  private final Instant now;
  private final Map<MemoryRecords.Event, Answer> answers = new HashMap<>();
  private boolean stale;

  MemoryTx(MemoryRecords records, MemoryCase rows, Instant now) {
    this.records = records;
    this.rows = rows;
    this.now = now;
  }

  Map<MemoryRecords.Event, Answer> answers() {
    return answers;
  }

  /** Makes all cards that fell behind show the truth; the last step before the commit. */
  void finish() {
    if (stale) {
      rows.cards.replaceAll((_, c) -> with(c, c.token(), c.desired() + 1));
    }
  }

  @Override
  public void request(Grant grant) {
    records.grants().add(grant);
  }

  @Override
  public boolean spend(GrantId grant, Instant at) {
    return records.grants().spend(grant, at);
  }

  @Override
  public void redraw() {
    stale = true;
  }

  @Override
  public void update(CaseUpdate update) {
    rows.state = update.state();
    rows.version++;
    rows.trouble = update.trouble();
    rows.caution = update.caution().orElse(rows.caution);
    rows.changedAt = now;
    rows.ruling = update.ruling().or(() -> rows.ruling);
    rows.decision = update.decision().or(() -> rows.decision);
    rows.outcome = update.outcome().or(() -> rows.outcome);
    stale = true;
  }

  @Override
  public void keepEvidence(Evidence evidence, Digest digest, Context context) {
    rows.evidence = Optional.of(evidence);
    rows.digest = Optional.of(digest);
    rows.context = Optional.of(context);
    rows.seen.put(digest, evidence);
    stale = true;
  }

  @Override
  public Optional<Sighting> sighting() {
    return rows.sighting;
  }

  @Override
  public void sighted(Sighting is) {
    rows.sighting = Optional.of(is);
  }

  @Override
  public Stage openStage(Stage planned) {
    long key = records.nextStage();
    rows.stages.put(key, MemoryCase.stage(key, planned, planned.approvers(), planned.state()));
    return stage(key);
  }

  @Override
  public Stage convene(Stage planned) {
    rows.stages.put(planned.id(), planned);
    stale = true;
    return stage(planned.id());
  }

  @Override
  public Stage stage(long id) {
    return row(rows.stages, id);
  }

  private static <K, V> V row(Map<K, V> table, K key) {
    return Optional.ofNullable(table.get(key)).orElseThrow();
  }

  @Override
  public List<Stage> stages() {
    return List.copyOf(rows.stages.values());
  }

  @Override
  public void closeStage(long id, Stage.State as) {
    Stage stage = stage(id);
    rows.stages.put(id, MemoryCase.stage(id, stage, stage.approvers(), as));
    rows.cards.replaceAll((_, c) -> with(c, c.token().filter(t -> stageOf(t) != id), c.desired()));
    stale = true;
  }

  private long stageOf(TokenId token) {
    return row(rows.tokens, token).stageId();
  }

  @Override
  public void dropApprover(Stage stage, String personId) {
    List<String> left = new ArrayList<>(stage.approvers());
    left.remove(personId);
    Stage stored = stage(stage.id());
    rows.stages.put(stage.id(), MemoryCase.stage(stage.id(), stored, left, stored.state()));
    silence(stage, personId);
    stale = true;
  }

  private void silence(Stage stage, String personId) {
    rows.ownChats.stream()
        .filter(it -> it.stageId() == stage.id() && it.person().id().equals(personId))
        .flatMap(it -> it.place().stream())
        .forEach(
            at ->
                rows.cards.computeIfPresent(at, (_, c) -> with(c, Optional.empty(), c.desired())));
  }

  @Override
  public List<HandOver> handOvers() {
    return List.copyOf(rows.handOvers);
  }

  @Override
  public void askAlone(OwnChat chat) {
    boolean there =
        rows.ownChats.stream()
            .anyMatch(
                it ->
                    it.stageId() == chat.stageId()
                        && it.person().id().equals(chat.person().id())
                        && it.place()
                            .map(CardPlace::surface)
                            .equals(chat.place().map(CardPlace::surface)));
    if (!there) {
      rows.ownChats.add(chat);
    }
    stale = true;
  }

  @Override
  public List<OwnChat> ownChats() {
    return List.copyOf(rows.ownChats);
  }

  @Override
  public void unasked(OwnChat chat) {
    rows.ownChats.replaceAll(
        it ->
            it.stageId() == chat.stageId() && it.place().equals(chat.place())
                ? it.missing(chat.missing().orElseThrow())
                : it);
    rows.cards.computeIfPresent(
        chat.place().orElseThrow(), (_, c) -> with(c, Optional.empty(), c.desired()));
    stale = true;
  }

  @Override
  public Set<CardPlace> asking(long stageId) {
    return rows.asking(stageId);
  }

  @Override
  public void untold(HandOver over) {
    rows.handOvers.replaceAll(
        it -> it.to().equals(over.to()) ? it.untold(over.untold().orElseThrow()) : it);
    stale = true;
  }

  @Override
  public void handOver(Stage stage, HandOver over) {
    rows.handOvers.add(over);
    over.told().ifPresent(this::card);
    String from = over.from().id();
    String to = over.to().id();
    Stage s = stage(stage.id());
    List<String> approvers = s.approvers().stream().map(a -> a.equals(from) ? to : a).toList();
    List<String> asked = Stream.concat(s.terms().asked().stream(), Stream.of(to)).toList();
    Stage.Terms was = s.terms();
    Stage.Terms terms =
        new Stage.Terms(
            asked, was.quorum(), was.reason(), was.onDiscard(), was.onTimeout(), was.onRelease());
    rows.stages.put(
        s.id(),
        new Stage(s.id(), s.place(), s.name(), approvers, terms, s.opens(), s.closes(), s.state()));
    silence(s, from);
    stale = true;
  }

  @Override
  public CardRow card(CardPlace place) {
    stale = true;
    byte[] bits = new byte[16];
    records.random().nextBytes(bits);
    return rows.cards.computeIfAbsent(
        place,
        at ->
            new CardRow(
                HexFormat.of().formatHex(bits),
                rows.id,
                at,
                Optional.empty(),
                Optional.empty(),
                0,
                0));
  }

  @Override
  public void mint(TokenRow token) {
    CardRow card =
        rows.cards.values().stream()
            .filter(c -> c.id().equals(token.cardId()))
            .findFirst()
            .orElseThrow();
    rows.tokens.put(
        token.id(),
        new TokenRow(
            token.id(),
            rows.id,
            token.stageId(),
            token.cardId(),
            card.place(),
            token.digest(),
            token.notAfter(),
            token.usesLeft()));
    rows.cards.put(card.place(), with(card, Optional.of(token.id()), card.desired()));
  }

  @Override
  public boolean redeem(TokenRow token, Instant at) {
    Optional<TokenRow> stored =
        Optional.ofNullable(rows.tokens.get(token.id()))
            .filter(t -> t.stageId() == token.stageId())
            .filter(t -> t.cardId().equals(token.cardId()))
            .filter(t -> t.digest().equals(token.digest()))
            .filter(t -> t.notAfter().isAfter(at))
            .filter(t -> t.usesLeft() > 0);
    stored.ifPresent(
        t ->
            rows.tokens.put(
                t.id(),
                new TokenRow(
                    t.id(),
                    t.caseId(),
                    t.stageId(),
                    t.cardId(),
                    t.place(),
                    t.digest(),
                    t.notAfter(),
                    t.usesLeft() - 1)));
    return stored.isPresent();
  }

  @Override
  public List<Vote> votes(long stageId) {
    return rows.standing(stageId);
  }

  @Override
  public boolean vote(Vote vote) {
    stale = true;
    Voter voter = new Voter(vote.stageId(), vote.personId());
    return rows.votes.put(voter, new VoteRow(vote, false)) != null;
  }

  @Override
  public boolean hasVoted(long stageId, String personId) {
    return rows.votes.containsKey(new Voter(stageId, personId));
  }

  @Override
  public boolean withdraw(long stageId, String personId) {
    Voter voter = new Voter(stageId, personId);
    Optional<VoteRow> standing =
        Optional.ofNullable(rows.votes.get(voter)).filter(row -> !row.withdrawn());
    standing.ifPresent(row -> rows.votes.put(voter, new VoteRow(row.vote(), true)));
    stale |= standing.isPresent();
    return standing.isPresent();
  }

  @Override
  public List<Testimony> testimonies() {
    return List.copyOf(rows.witnesses.values());
  }

  @Override
  public void ask(Testimony question) {
    rows.witnesses.put(question.id(), question);
    card(question.place());
  }

  @Override
  public void testify(Testimony told) {
    rows.witnesses.computeIfPresent(told.id(), (_, t) -> t.reply().isPresent() ? t : told);
    stale = true;
  }

  @Override
  public Optional<Instant> lookAsked() {
    return rows.lookAsked;
  }

  @Override
  public void askLook() {
    rows.lookAsked = Optional.of(now);
  }

  @Override
  public void looked() {
    rows.looked = Optional.of(now);
    stale = true;
  }

  @Override
  public long demand(Choice choice, Outcome proved) {
    long key = records.nextEffect();
    rows.effects.put(key, new Effect(key, rows.id, choice, 0, Effect.State.DUE, proved, now));
    return key;
  }

  /** Cases in memory are alone. */
  @Override
  public Campaigns campaigns() {
    return new Alone();
  }

  @Override
  public Effect effect(long id) {
    return row(rows.effects, id);
  }

  @Override
  public void save(Effect effect) {
    rows.effects.replace(effect.id(), effect);
  }

  @Override
  public Optional<Answer> answered(Click click) {
    MemoryRecords.Event event = MemoryRecords.Event.of(click);
    return Optional.ofNullable(answers.get(event)).or(() -> records.answer(event));
  }

  @Override
  public void answer(Click click, Answer answer) {
    answers.put(MemoryRecords.Event.of(click), answer);
  }

  @Override
  public void log(String actor, String what, String detail) {
    rows.log.add(new CaseBook.HistoryLine(0, now, actor, what, detail));
  }

  @Override
  public Optional<Freeze> freeze() {
    return records.freeze();
  }

  /** Nobody sleeps here: tests do by themselves what is to be done. */
  @Override
  public void wake(Work work, String key, Instant at) {}
}
