package dev.postern.slack;

import java.util.Set;

/**
 * What Postern looks at in Slack again and again, because settings or policy name it.
 *
 * @param channels ids of channels that get cards or the daily digest
 * @param groups ids of user groups that are asked, or that may freeze
 */
public record Watched(Set<String> channels, Set<String> groups) {
  /** Copies the sets, so that it never changes. */
  public Watched {
    channels = Set.copyOf(channels);
    groups = Set.copyOf(groups);
  }
}
