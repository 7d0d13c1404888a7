package dev.postern.teams;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is looked for in Teams, because settings or policy name it.
 *
 * @param channels ids of channels and chats that get cards, in order
 * @param people object ids of accounts in Entra by the name of the person in the settings, those of
 *     other tenants as {@code TENANT/OBJECT-ID}
 * @param groups those that are asked, or that may freeze: ids of teams, channels and chats, and
 *     object ids of groups in Entra
 */
public record Watched(List<String> channels, Map<String, String> people, List<String> groups) {
  /** Copies all, so that it never changes. */
  public Watched {
    channels = List.copyOf(channels);
    groups = List.copyOf(groups);
    people = Collections.unmodifiableMap(new TreeMap<>(people));
  }

  /** Object ids of the people's accounts, of whatever tenant. */
  Set<String> accounts() {
    return people.values().stream()
        .map(it -> it.substring(it.indexOf('/') + 1))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Where no group is asked. */
  public Watched(List<String> channels, Map<String, String> people) {
    this(channels, people, List.of());
  }
}
