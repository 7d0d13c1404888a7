package dev.postern.teams;

import dev.postern.card.Finding;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.teams.wire.Connector;
import dev.postern.teams.wire.Conversation;
import dev.postern.teams.wire.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether those who may decide count where cards stand. Personal chats with the app, whose members
 * count as well, are known to a running Postern alone.
 *
 * @param connector asks Teams
 * @param where channels and chats that the app is in
 * @param tenant ours
 */
record PeopleCheck(Connector connector, List<Conversation> where, String tenant) {
  private static final String WHY = "What this person presses in Teams is refused.";

  /**
   * Asks about each.
   *
   * @param people accounts by the name of the person in the settings, those of other tenants as
   *     {@code TENANT/OBJECT-ID}
   */
  List<Finding> of(Map<String, String> people) {
    if (people.isEmpty()) {
      return List.of(
          Finding.advice(
              "No person of the settings has an account in Teams.",
              "Nobody's press in Teams counts.",
              "Set people.NAME.teams to the Object ID of the account: entra.microsoft.com → Users."));
    }
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, String> person : people.entrySet()) {
      String key = "people." + person.getKey() + ".teams";
      try {
        String account = person.getValue().replaceFirst(".*/", "");
        String named = person.getValue().replaceFirst("/?" + account + "$", "");
        String of = named.isEmpty() ? tenant : named;
        wrong(key, member(account), of).ifPresent(findings::add);
      } catch (SurfaceTrouble trouble) {
        findings.add(
            Finding.told(key + ": ", trouble, WHY, "Mend what the channels above need first."));
        if (trouble.kind() == Kind.AWAY) {
          return findings; // the others would only wait as long
        }
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.well(
                "All people of the settings who have an account in Teams are full members where"
                    + " cards stand: "
                    + people.size()
                    + "."))
        : findings;
  }

  private Optional<Member> member(String account) throws SurfaceTrouble {
    for (Conversation place : where) {
      try {
        return Optional.of(connector.member(place, account));
      } catch (SurfaceTrouble trouble) {
        if (trouble.kind() != Kind.GONE) {
          throw trouble;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Finding> wrong(String key, Optional<Member> member, String of) {
    if (member.isEmpty()) {
      return Optional.of(
          Finding.wrong(
              key + ": nobody of this account is in a channel where cards stand.",
              WHY,
              "In Teams: the team → Add member. Or correct the id: entra.microsoft.com → Users →"
                  + " the person → Object ID."));
    }
    if (member.get().full() && !member.get().tenant().equals(of)) {
      return Optional.of(
          Finding.wrong(
              key + ": where cards stand, the account is not of tenant " + of + ".",
              WHY,
              "Name the person's own account; one of another firm, met in a shared channel, with"
                  + " its tenant: TENANT/OBJECT-ID."));
    }
    return member.get().full()
        ? Optional.empty()
        : Optional.of(
            Finding.wrong(
                key + ": the account is a guest, or no full member, where cards stand.",
                WHY,
                "Name the person's own account in the tenant teams.tenant-id."));
  }
}
