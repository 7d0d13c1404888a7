package dev.postern.app.settings;

import dev.postern.policy.GroupKind;
import dev.postern.policy.Policy;
import dev.postern.policy.StagePlan;
import dev.postern.teams.TeamsSettings;
import dev.postern.teams.Watched;
import dev.postern.teams.door.Emulators;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What settings and policy together say of Teams. */
public final class TeamsInForce {
  private static final String CHANNEL = "teams:";

  private TeamsInForce() {}

  /** The channels and chats where cards stand. */
  private static Set<String> channels(TeamsSettings access, Policy policy) {
    Set<String> channels = new TreeSet<>(Set.of(access.defaultChannel()));
    for (StagePlan stage : policy.stages()) {
      Stream.of(stage.asked().told(), stage.asked().channels())
          .flatMap(List::stream)
          .filter(entry -> entry.startsWith(CHANNEL))
          .map(entry -> entry.substring(CHANNEL.length()))
          .forEach(channels::add);
    }
    return channels;
  }

  /** What is looked for: those, the accounts of people, and groups that the policy names. */
  public static Watched watched(
      TeamsSettings access, Policy policy, List<Settings.PersonEntry> people) {
    Map<String, String> accounts = new TreeMap<>();
    people.forEach(
        person ->
            person
                .teamsUser()
                .map(it -> person.teamsTenant().isEmpty() ? it : person.teamsTenant() + "/" + it)
                .ifPresent(account -> accounts.put(person.id(), account)));
    List<String> groups =
        Stream.of(GroupKind.TEAMS, GroupKind.ENTRA)
            .flatMap(kind -> kind.among(policy.named()).stream())
            .toList();
    return new Watched(List.copyOf(channels(access, policy)), accounts, groups);
  }

  /** Who is believed besides Teams; checked when the settings were read. */
  public static Emulators emulators(TeamsSettings access, Settings.Http http) {
    return new Emulators(access.outside().emulatorIssuers(), http.host(), http.publicUrl());
  }
}
