package dev.postern.approval;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Keeps messages of one kind together: what happens besides the decision itself. Safe for many
 * threads; every method is durable when it returns, and may be repeated.
 */
public final class Campaigning {
  private final Records records;
  private final Panel panel;
  private final InstantSource clock;

  /** Takes its parts. */
  public Campaigning(Records records, Panel panel, InstantSource clock) {
    this.records = records;
    this.panel = panel;
    this.clock = clock;
  }

  /**
   * Puts the messages that have gathered on the card of the first one.
   *
   * @param number of the set that they make
   * @return when to look again, where it is too early
   */
  public Optional<Duration> gather(long campaign, int number) {
    return records
        .leaderOf(campaign)
        .flatMap(
            leader ->
                records.change(
                    leader,
                    (tx, it) ->
                        new Gathering(panel, tx, it, clock.instant()).gather(campaign, number)));
  }

  /** What its campaign came to, a case that is a member follows: it is decided, or asked anew. */
  public void follow(CaseId member, long campaign) {
    if (records.find(member).isPresent()) {
      records.change(
          member,
          (tx, it) -> {
            new Gathering(panel, tx, it, clock.instant()).follow(campaign);
            return null;
          });
    }
  }

  /**
   * Takes a message out of those that are decided together, for somebody who may decide: it is
   * asked about alone.
   */
  public Answer apart(CaseId member, Identity who) {
    return records
        .leaderOf(member)
        .or(() -> records.backstory(member).together().map(Together::leader))
        .map(
            leader ->
                records.change(
                    leader,
                    (tx, it) -> new Gathering(panel, tx, it, clock.instant()).apart(member, who)))
        .orElseGet(() -> new Answer.Refused(Refusal.NOT_TOGETHER, "", Optional.of(member)));
  }
}
