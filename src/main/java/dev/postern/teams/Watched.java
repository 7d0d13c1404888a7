package dev.postern.teams;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the doctor looks for in Teams, because settings or policy name it.
 *
 * @param channels ids of channels and chats that get cards, in order
 * @param people object ids of accounts in Entra by the name of the person in the settings
 */
public record Watched(List<String> channels, Map<String, String> people) {
  /** Copies both, so that it never changes. */
  public Watched {
    channels = List.copyOf(channels);
    people = Collections.unmodifiableMap(new TreeMap<>(people));
  }
}
