package dev.postern.app;

import dev.postern.app.settings.Settings;
import dev.postern.approval.Accounts;
import dev.postern.approval.DayBook;
import dev.postern.card.DailyDigest;
import dev.postern.card.DigestPlan;
import dev.postern.card.Pauses;
import dev.postern.card.ShadowNews;
import dev.postern.card.Surface;
import dev.postern.slack.Slack;
import dev.postern.teams.Teams;
import io.javalin.config.RoutesConfig;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chat platforms that are switched on.
 *
 * @param slack Slack
 * @param teams Microsoft Teams
 */
record Chats(Optional<Slack> slack, Optional<Teams> teams) {
  /** None of them, or not yet. */
  static final Chats NONE = new Chats(Optional.empty(), Optional.empty());

  /** Where cards go. */
  List<Surface> surfaces() {
    List<Surface> surfaces = new ArrayList<>();
    slack.map(Slack::surface).ifPresent(surfaces::add);
    teams.map(Teams::surface).ifPresent(surfaces::add);
    return surfaces;
  }

  /** What a platform says of accounts. */
  Accounts accounts(String platform) {
    return switch (platform) {
      case "slack" -> slack.map(Slack::accounts).orElse(Accounts.NONE);
      case "teams" -> teams.map(Teams::accounts).orElse(Accounts.NONE);
      default -> Accounts.NONE;
    };
  }

  /** What is told each day, on each of them; not started yet. */
  List<DailyDigest> digests(
      Settings settings, DayBook days, ShadowNews shadows, Pauses pauses, InstantSource clock) {
    List<DailyDigest> all = new ArrayList<>();
    Optional<DigestPlan> there = settings.slack().flatMap(Settings.SlackAccess::digest);
    there.ifPresent(
        plan ->
            slack.ifPresent(
                on ->
                    all.add(
                        new DailyDigest(plan, days, on.surface(), pauses, clock).with(shadows))));
    settings
        .teams()
        .flatMap(access -> access.manner().digest())
        .ifPresent(
            plan ->
                teams.ifPresent(
                    on ->
                        all.add(
                            new DailyDigest(plan, days, on.surface(), pauses, clock)
                                .with(shadows))));
    return all;
  }

  /** Adds the ways in. */
  void register(RoutesConfig routes) {
    slack.ifPresent(it -> it.register(routes));
    teams.ifPresent(it -> it.register(routes));
  }

  /** What readiness says of them. */
  List<Operations.Part> parts() {
    List<Operations.Part> parts = new ArrayList<>();
    slack.ifPresent(it -> parts.add(new Operations.Part("slack", false, it::trouble, it::remark)));
    teams.ifPresent(it -> parts.add(new Operations.Part("teams", false, it::trouble, it::remark)));
    return parts;
  }
}
