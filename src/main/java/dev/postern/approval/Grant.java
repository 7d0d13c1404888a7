package dev.postern.approval;

import dev.postern.policy.GrantId;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.Ruling;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An exception from the rules, asked for or in force or over.
 *
 * @param id its name
 * @param petition what was asked for, by whom and why
 * @param caseId the case in which people decide about it: that of the request, or of the first of
 *     the messages with which they voted for it
 * @param state where it stands
 * @param used how many messages it decided about
 * @param times when what happened
 * @param endedBy id of who ended it early; empty where nobody did
 */
public record Grant(
    GrantId id,
    Petition petition,
    CaseId caseId,
    State state,
    int used,
    Times times,
    String endedBy) {
  /** Clocks of replicas differ by less. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  /** Where a grant stands. */
  public enum State {
    /** People are asked. */
    REQUESTED,
    /** It decides about mail. */
    ACTIVE,
    /** People said no. */
    REFUSED,
    /** Nobody decided about the request in time, or it was given up. */
    LAPSED,
    /** Somebody ended it early, or took the request back. */
    REVOKED,
    /** Its time is over. */
    ENDED,
    /** It decided about as many messages as it may. */
    USED_UP;

    /** In lower case with a hyphen. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it can still decide about mail, now or once it is approved. */
    public boolean open() {
      return this == REQUESTED || this == ACTIVE;
    }
  }

  /**
   * When what happened to a grant.
   *
   * @param asked when it was asked for
   * @param since from when on it is in force; empty where it never was
   * @param ended since when it is over; empty where it is not
   */
  public record Times(Instant asked, Optional<Instant> since, Optional<Instant> ended) {}

  /** What it lets pass or stops. */
  public GrantTerms terms() {
    return petition.terms();
  }

  /** Whether it decides about mail now. A clock that was set back makes none older. */
  boolean inForce(Instant now) {
    return state == State.ACTIVE
        && now.isBefore(terms().until())
        && times.since().filter(from -> now.isAfter(from.minus(TOLERANCE))).isPresent();
  }

  /** As a ruling tells that it decided. */
  Ruling.ByGrant inPlaceOf(Ruling ruling) {
    return new Ruling.ByGrant(id, terms(), petition.owner(), petition.name(), ruling.action());
  }
}
