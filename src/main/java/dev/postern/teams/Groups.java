package dev.postern.teams;

import dev.postern.approval.Accounts;
import dev.postern.approval.GroupReading;
import dev.postern.approval.GroupReadings;
import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.approval.Rosters;
import dev.postern.card.Remembered;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.card.Troubles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is in the groups that a policy names. A reading is whole or none, so that a quorum of all is
 * never that of a part.
 */
final class Groups {
  /** A group of more people is no group of approvers. */
  static final int MOST_MEMBERS = 1000;

  private static final Logger log = LoggerFactory.getLogger(Groups.class);

  private final Listing listing;
  private final String tenant;
  private final Rosters rosters;

  /** Each leaves alone the one that asked for it, and reads of the other. */
  private final Remembered<GroupReading> byTeams;

  private final Remembered<GroupReading> byGraph;
  private final Troubles troubles;
  private final InstantSource clock;

  /** Asks who is in a group. */
  interface Listing {
    /**
     * All members of a group.
     *
     * @throws SurfaceTrouble {@link Kind#GONE} when there is no such group
     */
    List<GroupReading.Member> members(String group) throws SurfaceTrouble;
  }

  /**
   * Asks nothing yet.
   *
   * @param tenant ours
   */
  Groups(Listing listing, String tenant, GroupReadings rows, InstantSource clock) {
    this.listing = listing;
    this.tenant = tenant;
    this.rosters = new Rosters(rows, clock);
    this.byTeams = new Remembered<>(Members.FRESH, clock);
    this.byGraph = new Remembered<>(Members.FRESH, clock);
    this.troubles = new Troubles(clock);
    this.clock = clock;
  }

  /** Whether a group is a team, channel or chat, and not one of the directory. */
  static boolean ofTeams(String group) {
    return group.startsWith("19:");
  }

  /** Groups that cannot be read, one sentence each; empty when all can. */
  Optional<String> trouble() {
    return troubles.words();
  }

  /** Takes over who was in a group by what another process read, or one before this. */
  void recall(String group) {
    rosters.recall(group);
  }

  /**
   * Learns who is in a group, unless that was done just now.
   *
   * @return how long to wait at least before asking again; empty only where the group was read
   *     lately enough to judge a press by
   */
  Optional<Duration> refresh(String group) {
    try {
      Remembered<GroupReading> read = ofTeams(group) ? byTeams : byGraph;
      rosters.keep(read.learn(group, () -> reading(group)));
      return Optional.empty();
    } catch (SurfaceTrouble trouble) {
      log.debug("group.unread group={} why={}", group, trouble.getMessage());
      rosters.recall(group);
      // Who may vote is not judged by an old reading, whoever has to mend that there is no new one.
      return trouble.kind() == Kind.CLOSED && rosters.within(group, Members.USABLE)
          ? Optional.empty()
          : Optional.of(trouble.asked().orElse(Duration.ZERO));
    }
  }

  /** Who was in a group when it was last read; empty when it never was, or too long ago. */
  Optional<List<Accounts.Member>> members(String group) {
    return rosters
        .last(group)
        .filter(it -> it.tenant().equals(tenant))
        .map(it -> it.members().stream().map(this::member).toList());
  }

  private Accounts.Member member(GroupReading.Member then) {
    return new Accounts.Member(
        new Identity(TeamsSurface.NAME, tenant, then.user()),
        then.barred()
            .map(why -> (Membership) new Membership.Barred(why))
            .orElseGet(() -> new Membership.Insider(Optional.empty())));
  }

  private GroupReading reading(String group) throws SurfaceTrouble {
    try {
      GroupReading whole = new GroupReading(group, tenant, clock.instant(), listing.members(group));
      troubles.clear(group);
      return whole;
    } catch (SurfaceTrouble trouble) {
      String why = String.valueOf(trouble.getMessage());
      String sentence = "The group " + group + " of the policy cannot be read. " + why;
      switch (trouble.kind()) {
        case AWAY, UNSURE -> {} // over by itself; who was asked says so
        case CLOSED, UNFIT -> lasting(group, sentence);
        case GONE -> {
          lasting(group, sentence);
          return new GroupReading(group, tenant, clock.instant(), List.of()); // nobody is in it
        }
      }
      throw trouble;
    }
  }

  private void lasting(String group, String sentence) {
    troubles.lasting(group, sentence);
    log.warn("group.unread {}", sentence);
  }
}
