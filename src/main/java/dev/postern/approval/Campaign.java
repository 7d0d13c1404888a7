package dev.postern.approval;

import dev.postern.evidence.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Messages of one kind that one card asks about: that of the leader, which was asked about first.
 * Every one of them stays a case with its own hold, evidence, effect and log.
 *
 * @param id key of the row
 * @param likeness what all of them have in common
 * @param leader the case that has the card
 * @param state where it stands
 * @param number of the set that is asked about; 0 while it is the leader alone
 * @param set digest of that set, to which tokens and votes are bound; empty for the leader alone
 * @param frozenAt when that set was frozen
 * @param until when nobody joins any more
 * @param offer on what terms a vote can cover later ones; empty where it cannot
 * @param later what came of such votes, in own words; empty where nothing did, or not yet
 */
public record Campaign(
    long id,
    Digest likeness,
    CaseId leader,
    State state,
    int number,
    Optional<Digest> set,
    Instant frozenAt,
    Instant until,
    Optional<Offer> offer,
    String later) {

  /** Where a campaign stands. */
  public enum State {
    /** Nobody has voted: others may join. */
    ASKING,
    /** Somebody has voted: the set is frozen for good, but for those that are taken out. */
    FROZEN,
    /** The leader is decided, and so is each member of the set that still is what was voted on. */
    DECIDED,
    /** Nobody decided in time. */
    EXPIRED,
    /** The leader is another matter now: its members are asked about without it. */
    OVER
  }

  /** Whether the leader's card asks about it. */
  public boolean asks() {
    return state == State.ASKING || state == State.FROZEN;
  }

  /**
   * A case that joined.
   *
   * @param caseId the case
   * @param campaign the key of what it joined
   * @param place where it stands there
   * @param digest of its evidence when it joined
   */
  public record Member(CaseId caseId, long campaign, Place place, Digest digest) {}

  /** Where a case stands in its campaign. */
  public enum Place {
    /** It joined after the set was frozen, and is in the next one. */
    GATHERING,
    /** In the set that is voted on. */
    IN_SET,
    /** Taken out by somebody who may decide: it is asked about alone. */
    APART,
    /** It has gone its own way. */
    LEFT
  }

  /**
   * What a vote on a set can say of later messages of its kind: what stands on the card counts,
   * whatever the policy says by then.
   *
   * @param pass for how long they pass after a release; empty where DMARC proves nothing
   * @param stop for how long they are deleted after a discard
   * @param most how many at most
   */
  public record Offer(Optional<Duration> pass, Duration stop, int most) {

    /** As the digest of a set has it, and the log. */
    @Override
    public String toString() {
      return "later-pass=%s later-stop=%s later-most=%d"
          .formatted(pass.map(Duration::toString).orElse("no"), stop, most);
    }

    /** For how long later ones are decided about like that. */
    public Duration length(Choice choice) {
      return choice instanceof Choice.Discard ? stop : pass.orElse(Duration.ZERO);
    }
  }

  /**
   * Who said the same of later messages: all whose votes carried the decision.
   *
   * @param people their ids, the first vote first
   * @param chain that asked them; empty where they decided past it
   * @param approves whether as many would have approved a request, too: fewer can discard
   */
  public record Wanted(List<String> people, String chain, boolean approves) {
    /** Copies the list, so that it never changes. */
    public Wanted {
      people = List.copyOf(people);
    }
  }

  /**
   * The decision that a member follows.
   *
   * @param decision about all of the set
   * @param voters everybody who voted, be it otherwise
   * @param later who wants the same for later ones; empty where not all do
   */
  public record Verdict(Decision decision, List<String> voters, Optional<Wanted> later) {}
}
