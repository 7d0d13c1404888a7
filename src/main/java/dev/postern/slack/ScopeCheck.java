package dev.postern.slack;

import dev.postern.card.Finding;
import dev.postern.slack.Scopes.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Holds what the bot token was granted against what Postern uses here. */
final class ScopeCheck {
  private static final String PASTE =
      "api.slack.com/apps → your app → App Manifest: paste Postern's, save; then Install App →"
          + " Reinstall to Workspace, and restart Postern.";

  private final Watched watched;
  private final Surroundings around;

  ScopeCheck(Watched watched, Surroundings around) {
    this.watched = watched;
    this.around = around;
  }

  List<Finding> of(Set<String> granted) {
    if (granted.isEmpty()) {
      return List.of(
          Finding.advice(
              "Slack did not tell which scopes the token has.",
              "What is missing shows only when it is needed.",
              "Compare OAuth & Permissions with docs/slack.md."));
    }
    List<Finding> findings = new ArrayList<>();
    for (Scope scope : Scopes.ALL) {
      if (!granted.contains(scope.name()) && wanted(scope, granted)) {
        findings.add(missing(scope));
      }
    }
    Set<String> known = new TreeSet<>(granted);
    known.removeIf(scope -> Scopes.named(scope).isPresent());
    known.forEach(scope -> findings.add(superfluous(scope)));
    if (findings.isEmpty()) {
      findings.add(Finding.well("The token has the scopes that are needed, and no others."));
    }
    return findings;
  }

  /** Of a pair for public and private channels one is enough, where it is the right one. */
  private boolean wanted(Scope scope, Set<String> granted) {
    return switch (scope.name()) {
      case "users:read.email" -> around.byEmail();
      case "usergroups:read" -> !watched.groups().isEmpty();
      case "channels:read" -> !granted.contains("groups:read");
      case "groups:read" -> !granted.contains("channels:read");
      case "channels:history" -> !granted.contains("groups:history");
      // Said once, by its sibling.
      case "groups:history" -> false;
      default -> true;
    };
  }

  private static Finding missing(Scope scope) {
    String what = "The scope " + scope.name() + " is missing.";
    String why = "It is for " + scope.purpose() + ".";
    return scope.name().endsWith(":history")
        ? Finding.advice(what, why, PASTE)
        : Finding.wrong(what, why, PASTE);
  }

  private static Finding superfluous(String scope) {
    String shown = scope.matches("[a-z0-9:._-]{1,60}") ? scope : "of an odd name";
    return Finding.advice(
        "The scope " + shown + " is not used.",
        "Whoever gets hold of the token could do with it what Postern never does.",
        "OAuth & Permissions → Scopes: take it away, and reinstall.");
  }
}
