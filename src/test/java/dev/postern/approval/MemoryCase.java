package dev.postern.approval;

import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.evidence.Digest;
import dev.postern.evidence.Evidence;
import dev.postern.policy.Ruling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  Instant changedAt;
  Optional<Evidence> evidence = Optional.empty();
  Optional<Digest> digest = Optional.empty();
  final Map<Long, Stage> stages;
  final Map<CardPlace, CardRow> cards;
  final Map<TokenId, TokenRow> tokens;
  final Map<Voter, VoteRow> votes;
  final Map<Long, Effect> effects;
  final List<HistoryLine> log;

  /** The key of a vote: one row per person and stage. */
  record Voter(long stageId, String personId) {}

  /** A vote, which stays when it is taken back. */
  record VoteRow(Vote vote, boolean withdrawn) {}

  MemoryCase(CaseId id, Hold hold, Instant now) {
    this.id = id;
    this.hold = hold;
    this.changedAt = now;
    this.stages = new LinkedHashMap<>();
    this.cards = new LinkedHashMap<>();
    this.tokens = new LinkedHashMap<>();
    this.votes = new LinkedHashMap<>();
    this.effects = new LinkedHashMap<>();
    this.log = new ArrayList<>();
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
    this.changedAt = of.changedAt;
    this.evidence = of.evidence;
    this.digest = of.digest;
    this.stages = new LinkedHashMap<>(of.stages);
    this.cards = new LinkedHashMap<>(of.cards);
    this.tokens = new LinkedHashMap<>(of.tokens);
    this.votes = new LinkedHashMap<>(of.votes);
    this.effects = new LinkedHashMap<>(of.effects);
    this.log = new ArrayList<>(of.log);
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
        changedAt);
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

  List<CardRow> cardsInOrder() {
    return cards.values().stream()
        .sorted(
            Comparator.<CardRow, String>comparing(c -> c.place().surface())
                .thenComparing(c -> c.place().channel()))
        .toList();
  }
}
