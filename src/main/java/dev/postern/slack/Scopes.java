package dev.postern.slack;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the app is to be granted, and what for (docs.slack.dev, "Scopes"). */
final class Scopes {

  /**
   * One scope of the bot token.
   *
   * @param name as Slack calls it
   * @param needed whether Postern is of no use without it
   * @param purpose what it is for, and what happens without it
   * @param methods which methods ask for it
   */
  record Scope(String name, boolean needed, String purpose, Set<String> methods) {
    Scope {
      methods = Set.copyOf(methods);
    }
  }

  /** All that the manifests ask for. */
  static final List<Scope> ALL =
      List.of(
          new Scope(
              "chat:write",
              true,
              "posting and updating cards, and answering privately",
              Set.of("chat.postMessage", "chat.update", "chat.delete", "chat.postEphemeral")),
          new Scope("commands", true, "the command /postern", Set.of()),
          new Scope(
              "users:read",
              true,
              "telling members from guests, bots and strangers; without it no click counts",
              Set.of("users.info")),
          new Scope(
              "users:read.email",
              false,
              "asking recipients by their address (slack.ask-by-email) and linking accounts by it"
                  + " (slack.link-by-email); without it neither is done",
              Set.of("users.info", "users.lookupByEmail")),
          new Scope(
              "usergroups:read",
              false,
              "reading user groups that the policy asks; without it nobody in them is asked",
              Set.of("usergroups.users.list")),
          new Scope(
              "channels:read",
              false,
              "seeing whether a public channel is shared with another firm; without it no card that"
                  + " asks is posted there",
              Set.of("conversations.info")),
          new Scope(
              "groups:read",
              false,
              "seeing whether a private channel is shared with another firm; without it no card that"
                  + " asks is posted there",
              Set.of("conversations.info")),
          new Scope(
              "channels:history",
              false,
              "finding a card in a public channel whose answer was lost; without it a second card"
                  + " may appear",
              Set.of("conversations.history")),
          new Scope(
              "groups:history",
              false,
              "finding a card in a private channel whose answer was lost; without it a second card"
                  + " may appear",
              Set.of("conversations.history")));

  /** Methods that need no scope of the bot token. */
  static final Set<String> FREE =
      Set.of(
          "auth.test",
          "apps.connections.open",
          "chat.getPermalink",
          "views.open",
          "views.publish",
          "views.update");

  private Scopes() {}

  /** The scope of that name; empty for one that Postern has no use for. */
  static Optional<Scope> named(String name) {
    return ALL.stream().filter(scope -> scope.name().equals(name)).findFirst();
  }
}
