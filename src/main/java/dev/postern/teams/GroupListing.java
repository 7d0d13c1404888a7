package dev.postern.teams;

import dev.postern.approval.GroupReading;
import dev.postern.approval.Membership;
import dev.postern.approval.Refusal;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.teams.wire.Connector;
import dev.postern.teams.wire.Conversation;
import dev.postern.teams.wire.Graph;
import dev.postern.teams.wire.GraphUser;
import dev.postern.teams.wire.Member;
import dev.postern.teams.wire.MemberPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks Teams for the roster of a team, channel or group chat, and Entra for a group of the
 * directory. Guests, accounts of other tenants and whoever has none never count.
 *
 * @param connector asks Teams
 * @param places where Teams is reached
 * @param members what Teams says of accounts, and which tenant is ours
 * @param graph asks Entra; empty where {@code teams.graph} is off
 * @param named accounts of people in the settings; nobody else can count
 */
record GroupListing(
    Connector connector, Places places, Members members, Optional<Graph> graph, Set<String> named)
    implements Groups.Listing {
  /** So many accounts of which nobody knows yet what they are are asked about in one go. */
  private static final int MOST_ASKED = 50;

  /** Teams gives at least fifty at once. */
  private static final int MOST_PAGES = Groups.MOST_MEMBERS / 50;

  GroupListing {
    named = Set.copyOf(named);
  }

  @Override
  public List<GroupReading.Member> members(String group) throws SurfaceTrouble {
    return Groups.ofTeams(group) ? roster(group) : entra(group);
  }

  private List<GroupReading.Member> roster(String place) throws SurfaceTrouble {
    Conversation at = places.at(place);
    Map<String, GroupReading.Member> all = new LinkedHashMap<>();
    Optional<String> from = Optional.empty();
    for (int pages = 0; pages == 0 || from.isPresent(); pages++) {
      MemberPage page = connector.members(at, from);
      for (Member told : page.members()) {
        if (!told.objectId().isEmpty()) {
          GroupReading.Member one = kept(told.objectId(), members.membership(told));
          // In a shared channel somebody can be there more than once: the worse counts.
          all.merge(one.user(), one, (a, b) -> a.barred().isPresent() ? a : b);
        }
      }
      if (all.size() > Groups.MOST_MEMBERS || pages == MOST_PAGES) {
        throw new SurfaceTrouble(
            Kind.UNFIT,
            "It has more than " + Groups.MOST_MEMBERS + " members: name a smaller one.");
      }
      from = page.next();
    }
    return List.copyOf(all.values());
  }

  private List<GroupReading.Member> entra(String group) throws SurfaceTrouble {
    if (graph.isEmpty()) {
      throw new SurfaceTrouble(Kind.CLOSED, "Microsoft Graph is off: set teams.graph = on.");
    }
    List<GroupReading.Member> all = new ArrayList<>();
    int asked = 0;
    for (GraphUser user : graph.get().members(group, Groups.MOST_MEMBERS)) {
      Optional<Membership> known = known(user);
      if (known.isEmpty() && ++asked > MOST_ASKED) {
        // Nobody asked for a pause: other groups can be read meanwhile.
        throw new SurfaceTrouble(
            Kind.AWAY, "Not everybody in it was asked about yet.", Duration.ZERO);
      }
      all.add(
          kept(user.objectId(), known.isPresent() ? known.get() : members.asked(user.objectId())));
    }
    return all;
  }

  /** Where the directory tells no more than an id, the roster where cards stand does. */
  private Optional<Membership> known(GraphUser user) {
    return switch (user.standing()) {
      case MEMBER -> Optional.of(new Membership.Insider(Optional.empty()));
      case GUEST -> Optional.of(new Membership.Barred(Refusal.GUEST));
      case DISABLED -> Optional.of(new Membership.Barred(Refusal.DEACTIVATED));
      case UNTOLD ->
          named.contains(user.objectId())
              ? members.known(user.objectId())
              : Optional.of(new Membership.Barred(Refusal.STRANGER));
    };
  }

  private static GroupReading.Member kept(String user, Membership membership) {
    Optional<Refusal> barred =
        switch (membership) {
          case Membership.Insider _ -> Optional.empty();
          case Membership.Barred(var why) -> Optional.of(why);
          // Who is of another firm is asked by name, never by a group.
          case Membership.Outsider _, Membership.Unknown _ -> Optional.of(Refusal.STRANGER);
        };
    return new GroupReading.Member(user, barred, Optional.empty());
  }
}
