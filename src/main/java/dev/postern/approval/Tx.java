package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.evidence.Evidence;
import dev.postern.policy.Freeze;
import dev.postern.policy.GrantId;
import dev.postern.policy.Situation.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One open transaction on one case, whose row it holds locked. All of it becomes durable together
 * or not at all. No remote call may happen while it is open.
 */
public interface Tx {

  /** Changes the case's row, and makes every card of the case stale. */
  void update(CaseUpdate update);

  /** Stores evidence as the newest revision, and what else rules knew when they ruled on it. */
  void keepEvidence(Evidence evidence, Digest digest, Context context);

  /** As what this case is counted for its sender; empty where it is not. */
  Optional<Sighting> sighting();

  /** Counts this case as that, in place of what it was counted as before. */
  void sighted(Sighting is);

  /** Stores an open stage and returns it with its key. The id given is ignored. */
  Stage openStage(Stage planned);

  /** Opens a stage that waited, with the approvers, terms and times given; returns it. */
  Stage convene(Stage planned);

  /** The stage of that key, of this case. */
  Stage stage(long id);

  /** All stages of this case, oldest first. */
  List<Stage> stages();

  /** Closes a stage and takes its tokens off the cards. */
  void closeStage(long id, Stage.State as);

  /** Takes a person off the approvers of a stage. */
  void dropApprover(Stage stage, String personId);

  /**
   * Asks one person in place of another, with a card for the notice to the new one, and makes every
   * card stale.
   */
  void handOver(Stage stage, HandOver over);

  /** Places that were handed over in this case, oldest first. */
  List<HandOver> handOvers();

  /** Stores that whoever took a place could not be told, and makes every card stale. */
  void untold(HandOver over);

  /** Stores that somebody is asked alone, or cannot be. */
  void askAlone(OwnChat chat);

  /** Those who are asked alone, or cannot be, by their stages. */
  List<OwnChat> ownChats();

  /** Stores that somebody cannot be asked there; the card there asks no longer, others say so. */
  void unasked(OwnChat chat);

  /** Where a stage has ever asked. */
  Set<CardPlace> asking(long stageId);

  /** The card of this case at a place; made if there is none. */
  CardRow card(CardPlace place);

  /** Stores a token and puts it on its card. */
  void mint(TokenRow token);

  /**
   * Spends one use of a token, by one conditional UPDATE that names everything the token is bound
   * to. False when any of it does not hold: nothing was spent.
   */
  boolean redeem(TokenRow token, Instant now);

  /** Votes of a stage that stand, oldest first. */
  List<Vote> votes(long stageId);

  /**
   * Stores a vote in place of an earlier one of the same person, and makes every card stale. True
   * when there was an earlier one, be it withdrawn or not.
   */
  boolean vote(Vote vote);

  /** Whether a person has spent a token on this stage: votes replace each other for free. */
  boolean hasVoted(long stageId, String personId);

  /** Takes a person's vote back and makes every card stale; false where none stands. */
  boolean withdraw(long stageId, String personId);

  /** Recipients who were asked whether they expect the message, oldest first. */
  List<Testimony> testimonies();

  /** Stores a question to a recipient, with a card of its own, and makes every card stale. */
  void ask(Testimony question);

  /** Stores what became of a question and makes every card stale. */
  void testify(Testimony told);

  /** When somebody last asked for another look at the evidence. */
  Optional<Instant> lookAsked();

  /** Notes that somebody asks for another look now. */
  void askLook();

  /** Notes that another look found nothing new, and makes every card stale. */
  void looked();

  /**
   * Stores a new effect, due at once, and returns its key.
   *
   * @param proved what earlier effects of this case proved already: nobody gets it twice
   */
  long demand(Choice choice, Outcome proved);

  /** What this case has to do with others of its kind. */
  Campaigns campaigns();

  /** The effect of that key, of this case. */
  Effect effect(long id);

  /** Stores how an effect stands. */
  void save(Effect effect);

  /** The answer that was given to this click before, if it was judged. */
  Optional<Answer> answered(Click click);

  /** Records the answer to a click; it is judged. */
  void answer(Click click, Answer answer);

  /** Stores a grant that is asked for, and wakes work up for its end. */
  void request(Grant grant);

  /**
   * Takes one of the messages that a grant may still decide about, for this case.
   *
   * @return false where none is left, its time is over, or somebody ended it: nothing changed
   */
  boolean spend(GrantId grant, Instant now);

  /** Whether releasing by rule is frozen, as this transaction sees it. */
  Optional<Freeze> freeze();

  /**
   * Writes a line into the tamper-evident log.
   *
   * @param actor a person's id, {@code policy} or {@code postern}
   * @param what the kind of event, for example {@code vote.cast}
   * @param detail facts as {@code key=value}: own words, ids and hashes only
   */
  void log(String actor, String what, String detail);

  /** Wakes work up at that time, once this transaction is durable. */
  void wake(Work work, String key, Instant at);

  /** Has the cards drawn again, though the case is where it was. */
  void redraw();
}
