package dev.postern.slack;

import java.util.Set;

/**
 * The workspace that the bot token belongs to, as Slack's {@code auth.test} tells it.
 *
 * @param teamId {@code T…}
 * @param enterpriseId {@code E…} on Enterprise Grid; empty elsewhere
 * @param appId {@code A…}; empty where Slack does not say
 * @param botId {@code B…}, the author of our cards
 * @param scopes what the token may do
 */
record Workspace(
    String teamId, String enterpriseId, String appId, String botId, Set<String> scopes) {
  Workspace {
    scopes = Set.copyOf(scopes);
  }

  /** Whether a request comes from this app in this workspace; absent parts are empty. */
  boolean owns(String team, String enterprise, String app) {
    boolean ourTeam =
        team.isEmpty()
            ? !enterpriseId.isEmpty() && enterpriseId.equals(enterprise)
            : team.equals(teamId);
    return ourTeam && (appId.isEmpty() || app.isEmpty() || appId.equals(app));
  }

  /** Whether accounts can be found by their mail addresses. */
  boolean mayReadAddresses() {
    return scopes.contains("users:read.email");
  }

  /** Whether cards can be looked for in a channel of this kind. */
  boolean mayReadHistory() {
    return scopes.contains("channels:history") || scopes.contains("groups:history");
  }
}
