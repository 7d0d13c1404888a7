package dev.postern.approval;

import java.util.Optional;

/** The desk: what happens to a message from its arrival to the decision. */
public interface Desk {

  /** Inline: examines and rules on the spot; durable when it returns {@link Judgement.Held}. */
  Judgement judge(Message message);

  /** Following: durable when it returns; idempotent on the hold's reference. */
  Received receive(Hold hold);

  /** Writes a click down before anybody judges it; false when this event was written before. */
  boolean accept(Click click);

  /** Accepts a click and judges it at once; the same event again gets the same answer. */
  Answer click(Click click);

  /** What this person needs to vote on the case now; empty when there is nothing to vote on. */
  Optional<Ballot> ballot(CaseId id, Person person);
}
