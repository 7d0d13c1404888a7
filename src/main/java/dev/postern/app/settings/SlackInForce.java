package dev.postern.app.settings;

import dev.postern.app.settings.Settings.SlackAccess;
import dev.postern.card.DigestPlan;
import dev.postern.policy.GroupKind;
import dev.postern.policy.Policy;
import dev.postern.policy.StagePlan;
import dev.postern.slack.SlackSettings;
import dev.postern.slack.Watched;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What settings and policy together say of Slack. */
public final class SlackInForce {
  private static final String CHANNEL = "slack:";

  private SlackInForce() {}

  /** What it takes to connect. */
  public static SlackSettings settings(SlackAccess access) {
    return new SlackSettings(
        access.botToken().text(),
        access.signingSecret().map(Secret::text).orElse(""),
        access.appToken().map(Secret::text).orElse(""),
        access.apiUrl(),
        access.defaultChannel(),
        access.pacing());
  }

  /** The channels and user groups that either of them names. */
  public static Watched watched(SlackAccess access, Policy policy) {
    Set<String> channels = new HashSet<>(Set.of(access.defaultChannel()));
    access.digest().map(DigestPlan::channel).ifPresent(channels::add);
    for (StagePlan stage : policy.stages()) {
      named(stage.asked().told(), CHANNEL).forEach(channels::add);
      named(stage.asked().channels(), CHANNEL).forEach(channels::add);
    }
    return new Watched(channels, Set.copyOf(GroupKind.SLACK.among(policy.named())));
  }

  private static Stream<String> named(List<String> entries, String kind) {
    return entries.stream().filter(e -> e.startsWith(kind)).map(e -> e.substring(kind.length()));
  }
}
