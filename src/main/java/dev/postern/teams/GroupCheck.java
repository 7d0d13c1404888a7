package dev.postern.teams;

import dev.postern.card.Finding;
import dev.postern.card.SurfaceTrouble;
import dev.postern.teams.wire.Connector;
import dev.postern.teams.wire.Conversation;
import dev.postern.teams.wire.Graph;
import dev.postern.teams.wire.GraphUser;
import dev.postern.teams.wire.GraphUser.Standing;
import dev.postern.teams.wire.MemberPage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether the groups that the policy names can be read, and whether anybody in them can count.
 *
 * @param connector asks Teams
 * @param at where Teams is reached for a place
 * @param graph asks Entra; empty where {@code teams.graph} is off
 * @param tenant ours
 */
record GroupCheck(
    Connector connector, Function<String, Conversation> at, Optional<Graph> graph, String tenant) {
  private static final String WHY =
      "The policy names this group; while it cannot be read, a stage that asks it is passed over,"
          + " and nobody in it may freeze releasing.";

  /** Asks about each. */
  List<Finding> of(List<String> groups) {
    return groups.stream().map(it -> Groups.ofTeams(it) ? roster(it) : entra(it)).toList();
  }

  private Finding roster(String id) {
    String about = "Group teams-group:" + id;
    try {
      MemberPage page = connector.members(at.apply(id), Optional.empty());
      long ours =
          page.members().stream().filter(it -> it.full() && it.tenant().equals(tenant)).count();
      return counted(
          about,
          (page.next().isPresent() ? "at least " : "") + ours + " full members of our tenant",
          ours > 0 || page.next().isPresent(),
          "In Teams: the team → Add member.");
    } catch (SurfaceTrouble trouble) {
      return Finding.told(
          about + ": ",
          trouble,
          WHY,
          "Check the id. In Teams: the team → Manage team → Apps: add Postern; a private or shared"
              + " channel tells its members only with a permission that Postern does not ask for:"
              + " name its team, or people.");
    }
  }

  private Finding entra(String id) {
    String about = "Group entra-group:" + id;
    if (graph.isEmpty()) {
      return Finding.wrong(about + ": teams.graph is off.", WHY, "Set teams.graph = on.");
    }
    try {
      List<GraphUser> users = graph.get().members(id, Groups.MOST_MEMBERS);
      long able =
          users.stream()
              .map(GraphUser::standing)
              .filter(it -> it == Standing.MEMBER || it == Standing.UNTOLD)
              .count();
      return counted(
          about,
          able + " accounts that are not known to be guests or switched off",
          able > 0,
          "entra.microsoft.com → Groups → the group → Members.");
    } catch (SurfaceTrouble trouble) {
      return Finding.told(
          about + ": ",
          trouble,
          WHY,
          "Check the id: entra.microsoft.com → Groups → the group → Object ID. For a missing"
              + " permission: App registrations → the app → API permissions → Microsoft Graph →"
              + " Application permissions → GroupMember.Read.All, then Grant admin consent.");
    }
  }

  private static Finding counted(String about, String who, boolean any, String mend) {
    return any
        ? Finding.well(about + " can be read: " + who + ".")
        : Finding.wrong(about + " has nobody who counts.", WHY, mend);
  }
}
