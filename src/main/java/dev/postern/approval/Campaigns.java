package dev.postern.approval;

import dev.postern.approval.Campaign.Member;
import dev.postern.approval.Campaign.Place;
import dev.postern.approval.Campaign.Verdict;
import dev.postern.evidence.Digest;
import dev.postern.mail.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows of campaigns, as one transaction on one case sees them. Only the case's own row is
 * locked, and rows of campaigns after it, never the row of another case: so no two transactions
 * wait for each other's cases. The set of a campaign changes only under the lock of its leader.
 */
public interface Campaigns {

  /** What kind of message this case's is; empty where that cannot be told. */
  Optional<Fingerprint> fingerprint();

  /** The campaign of that likeness that others may join, its row locked. */
  Optional<Campaign> gathering(Digest likeness);

  /** Opens a campaign led by this case; false where another one has just been opened. */
  boolean lead(Digest likeness, Instant until);

  /** Nobody joins it any more. */
  void shut(long campaign);

  /** How many joined it and are still in it, or wait to be. */
  int size(long campaign);

  /** Stages of the case that leads it, oldest first; as they stood a moment ago. */
  List<Stage> stagesOf(CaseId leader);

  /** Makes this case a member. True where it is the first since the set was frozen. */
  boolean join(long campaign, Digest evidence);

  /** The campaign that this case leads and asks about, its row locked. */
  Optional<Campaign> led();

  /** What this case is a member of; as it stood a moment ago. */
  Optional<Member> membership();

  /** A campaign; as it stood a moment ago. */
  Optional<Campaign> campaign(long id);

  /** What its members are to follow. */
  Optional<Verdict> verdict(long campaign);

  /** Members that are in the set or gather, by their ids. */
  List<Member> members(long campaign);

  /** Those among them of which people are still asked. */
  List<Member> asking(long campaign);

  /** Stores where a member stands; false where it does not stand in one of those places. */
  boolean move(CaseId member, long campaign, List<Place> from, Place to);

  /** All who gathered are in the set from now on. */
  void takeIn(long campaign);

  /** Stores a new set: its number and digest, and what votes on it can say of later ones. */
  void freeze(long campaign, int number, Optional<Digest> set, Optional<Campaign.Offer> offer);

  /** Whether it is still to be seen to what people said of later ones. */
  boolean owesLater(long campaign);

  /** Stores what came of that, in own words. */
  void settled(long campaign, String words);

  /**
   * Stores where a campaign stands, and what its members are to follow. Nobody joins it any more.
   */
  void close(long campaign, Campaign.State as, Optional<Verdict> verdict);

  /** Where cards carry a token of a stage of this case. */
  List<CardPlace> carrying(long stageId);
}
