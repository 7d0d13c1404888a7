package dev.postern.approval;

import dev.postern.mail.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * The rows that are the truth. Every method that changes something is durable when it returns, also
 * across {@code kill -9}. Safe for many threads and, on PostgreSQL, many processes.
 */
public interface Records extends CaseBook, FreezeRow {

  /**
   * Opens the case of a hold and runs {@code first} in the same transaction. A hold that is known
   * is the same case, also when it is delivered twice at once: then {@code first} does not run.
   *
   * @param kind what kind of message it is; empty where that does not matter or cannot be told
   */
  Received open(Hold hold, Optional<Fingerprint> kind, BiConsumer<Tx, CaseFile> first);

  /** Runs {@code work} in one transaction that holds the case's row locked. */
  <T> T change(CaseId id, BiFunction<Tx, CaseFile, T> work);

  /** The rows of grants. */
  GrantBook grants();

  /** Writes a click into the inbox; false when its event is there already. */
  boolean keep(Click click);

  /** The click of an inbox row. */
  Optional<Click> kept(String surface, String eventId);

  /** When the click of an inbox row came. */
  Optional<Instant> came(String surface, String eventId);

  /** Records the answer to a click that belongs to no case. */
  void answerUnplaced(Click click, Answer answer);

  /** What a token is bound to. */
  Optional<TokenRow> token(TokenId id);

  /** The token that a card carries now. */
  Optional<TokenRow> tokenAt(CaseId id, CardPlace place);

  /** The stage of that key. */
  Optional<Stage> stage(long id);

  /** Whether a person's vote stands on a stage. */
  boolean voteStands(long stageId, String personId);

  /** Whether a person voted on a stage, be the vote taken back or not. */
  boolean hasVoted(long stageId, String personId);

  /** The case of a hold. */
  Optional<CaseId> caseOf(HoldRef hold);

  /** Holds of one source whose message is held and whose case is not decided, in any order. */
  List<KeptHold> undecided(String source);

  /** Whether an effect is still at this attempt: no other process has taken it over. */
  boolean at(long effectId, int attempt);

  /** The case of an effect. */
  Optional<CaseId> caseOfEffect(long effectId);

  /** The case of a question to a witness. */
  Optional<CaseId> caseOfQuestion(TokenId id);

  /** The case that leads a campaign; empty where retention removed it. */
  Optional<CaseId> leaderOf(long campaignId);

  /** The case of a stage. */
  Optional<CaseId> caseOfStage(long stageId);
}
