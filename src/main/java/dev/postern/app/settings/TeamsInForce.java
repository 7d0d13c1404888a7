package dev.postern.app.settings;

import dev.postern.card.DigestPlan;
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

  /** The channels and chats where cards stand: whoever is in one of them counts. */
  public static Set<String> channels(TeamsSettings access, Policy policy) {
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

  /** What the doctor looks for: those, that of the digest, and the accounts of people. */
  public static Watched watched(
      TeamsSettings access, Policy policy, List<Settings.PersonEntry> people) {
    Map<String, String> accounts = new TreeMap<>();
    people.forEach(
        person -> person.teamsUser().ifPresent(account -> accounts.put(person.id(), account)));
    Set<String> channels = channels(access, policy);
    access.manner().digest().map(DigestPlan::channel).ifPresent(channels::add);
    return new Watched(List.copyOf(channels), accounts);
  }

  /** Who is believed besides Teams; checked when the settings were read. */
  public static Emulators emulators(TeamsSettings access, Settings.Http http) {
    return new Emulators(access.outside().emulatorIssuers(), http.host(), http.publicUrl());
  }
}
