package dev.postern.approval;

import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.evidence.Digest;
import dev.postern.evidence.Evidence;
import dev.postern.policy.Ruling;
import dev.postern.policy.Situation.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of one case. A transaction works on a copy; what was committed never changes again, so
 * that everybody may read it without a lock.
 */
final class MemoryCase {
  final CaseId id;
  final Hold hold;
  CaseState state = CaseState.RECEIVED;
  long version = 1;
  Optional<Ruling> ruling = Optional.empty();
  Optional<Decision> decision = Optional.empty();
  Optional<Outcome> outcome = Optional.empty();
  String trouble = "";
  String caution = "";
  Instant changedAt;
  Optional<Evidence> evidence = Optional.empty();
  Optional<Digest> digest = Optional.empty();
  Optional<Context> context = Optional.empty();
  Optional<Sighting> sighting = Optional.empty();
  final Map<Digest, Evidence> seen;
  final Map<Long, Stage> stages;
  final Map<CardPlace, CardRow> cards;
  final Map<TokenId, TokenRow> tokens;
  final Map<Voter, VoteRow> votes;
  final Map<Long, Effect> effects;
  final List<HistoryLine> log;
  final Map<TokenId, Testimony> witnesses;
  final List<HandOver> handOvers;
  final List<OwnChat> ownChats;
  Optional<Instant> lookAsked = Optional.empty();
  Optional<Instant> looked = Optional.empty();

  /** The key of a vote: one row per person and stage. */
  record Voter(long stageId, String personId) {}

  /** A vote, which stays when it is taken back. */
  record VoteRow(Vote vote, boolean withdrawn) {}

  MemoryCase(CaseId id, Hold hold, Instant now) {
    this.id = id;
    this.hold = hold;
    this.changedAt = now;
    this.seen = new LinkedHashMap<>();
    this.stages = new LinkedHashMap<>();
    this.cards = new LinkedHashMap<>();
    this.tokens = new LinkedHashMap<>();
    this.votes = new LinkedHashMap<>();
    this.effects = new LinkedHashMap<>();
    this.log = new ArrayList<>();
    this.witnesses = new LinkedHashMap<>();
    this.handOvers = new ArrayList<>();
    this.ownChats = new ArrayList<>();
  }

  /** The same rows, to be changed. */
  MemoryCase(MemoryCase of) {
    this.id = of.id;
    this.hold = of.hold;
    this.state = of.state;
    this.version = of.version;
    this.ruling = of.ruling;
    this.decision = of.decision;
    this.outcome = of.outcome;
    this.trouble = of.trouble;
    this.caution = of.caution;
    this.changedAt = of.changedAt;
    this.evidence = of.evidence;
    this.digest = of.digest;
    this.context = of.context;
    this.sighting = of.sighting;
    this.seen = new LinkedHashMap<>(of.seen);
    this.stages = new LinkedHashMap<>(of.stages);
    this.cards = new LinkedHashMap<>(of.cards);
    this.tokens = new LinkedHashMap<>(of.tokens);
    this.votes = new LinkedHashMap<>(of.votes);
    this.effects = new LinkedHashMap<>(of.effects);
    this.log = new ArrayList<>(of.log);
    this.witnesses = new LinkedHashMap<>(of.witnesses);
    this.handOvers = new ArrayList<>(of.handOvers);
    this.ownChats = new ArrayList<>(of.ownChats);
    this.lookAsked = of.lookAsked;
    this.looked = of.looked;
  }

  CaseFile file() {
    Optional<Stage> newest = newestStage();
    return new CaseFile(
        id,
        state,
        version,
        hold.ref(),
        hold.gateway(),
        hold.receivedAt(),
        hold.envelope(),
        hold.summary(),
        hold.raw().isPresent(),
        evidence,
        digest,
        ruling,
        newest,
        newest.map(s -> standing(s.id())).orElse(List.of()),
        decision,
        outcome,
        trouble,
        caution,
        changedAt,
        Optional.empty(),
        context);
  }

  /**
   * A glass that nobody has broken is no stage to look at; a broken one is the last of its round.
   */
  private Optional<Stage> newestStage() {
    return stages.values().stream()
        .filter(s -> s.ordinal() > 0 || s.state() == Stage.State.CARRIED)
        .max(
            Comparator.<Stage>comparingInt(s -> s.place().round())
                .thenComparing(s -> s.ordinal() == 0)
                .thenComparingLong(Stage::id));
  }

  /** Votes of a stage that stand, oldest first. */
  List<Vote> standing(long stageId) {
    return votes.values().stream()
        .filter(row -> row.vote().stageId() == stageId && !row.withdrawn())
        .map(VoteRow::vote)
        .sorted(Comparator.comparing(Vote::at).thenComparing(Vote::personId))
        .toList();
  }

  Backstory backstory() {
    Optional<Stage> newest = newestStage().filter(s -> s.ordinal() > 1 || s.place().round() > 1);
    List<Stage> all = List.copyOf(stages.values());
    return newest
        .map(
            s ->
                new Backstory(
                    places(s),
                    Backstory.before(s, all).stream()
                        .map(p -> new Backstory.Past(p, standing(p.id()), places(p)))
                        .toList(),
                    Backstory.superseded(s, all).flatMap(p -> before(p, s))))
        .orElse(Backstory.none())
        .with(List.copyOf(witnesses.values()), lookedInThisRound())
        .handed(handOvers)
        .askedAlone(ownChats);
  }

  private Optional<Instant> lookedInThisRound() {
    int round = stages.values().stream().mapToInt(s -> s.place().round()).max().orElse(0);
    return looked.filter(
        at ->
            stages.values().stream()
                .filter(s -> s.place().round() == round)
                .map(Stage::opens)
                .min(Comparator.naturalOrder())
                .filter(opens -> !at.isBefore(opens))
                .isPresent());
  }

  private Optional<Backstory.Before> before(Stage superseded, Stage newest) {
    Set<Digest> now = digests(newest);
    return digests(superseded).stream()
        .filter(d -> !now.contains(d))
        .findFirst()
        .map(
            d ->
                new Backstory.Before(
                    Optional.ofNullable(seen.get(d)).orElseThrow(),
                    d,
                    standing(superseded.id()).size()));
  }

  private Set<Digest> digests(Stage stage) {
    return tokensOf(stage).map(TokenRow::digest).collect(Collectors.toSet());
  }

  private Set<CardPlace> places(Stage stage) {
    return asking(stage.id());
  }

  Set<CardPlace> asking(long stageId) {
    return tokensOf(stageId).map(TokenRow::place).collect(Collectors.toSet());
  }

  private Stream<TokenRow> tokensOf(Stage stage) {
    return tokensOf(stage.id());
  }

  private Stream<TokenRow> tokensOf(long stageId) {
    return tokens.values().stream().filter(t -> t.stageId() == stageId);
  }

  List<CardRow> cardsInOrder() {
    return cards.values().stream()
        .sorted(
            Comparator.<CardRow, String>comparing(c -> c.place().surface())
                .thenComparing(c -> c.place().channel()))
        .toList();
  }

  /** The card with another token and revision. */
  static CardRow with(CardRow c, Optional<TokenId> token, int desired) {
    return new CardRow(c.id(), c.caseId(), c.place(), c.externalId(), token, desired, c.applied());
  }

  /** The stage under that key, with other approvers and in another state. */
  static Stage stage(long key, Stage s, List<String> approvers, Stage.State state) {
    return new Stage(key, s.place(), s.name(), approvers, s.terms(), s.opens(), s.closes(), state);
  }
}
