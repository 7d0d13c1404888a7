package dev.postern.slack;

import dev.postern.card.ClockCheck;
import dev.postern.card.Doctor;
import dev.postern.card.Finding;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Looks Slack over for whoever sets it up: what is wrong, why that matters, what to click. Reads
 * only, but for the test card; needs no running Postern.
 */
public final class SlackDoctor implements Doctor {
  private static final ClockCheck CLOCKS = new ClockCheck("Slack's", RequestCheck.TOLERANCE);

  private static final String ANOTHER =
      "Put another channel's id into slack.channels.default or the policy: in Slack, open the"
          + " channel's details; the id stands at the end.";

  private final SlackSettings settings;
  private final Watched watched;
  private final Surroundings around;
  private final InstantSource clock;
  private final WebApi api;
  private final Channels channels;

  /** Takes what is to be looked over. */
  public SlackDoctor(
      SlackSettings settings, Watched watched, Surroundings around, InstantSource clock) {
    this.settings = settings;
    this.watched = watched;
    this.around = around;
    this.clock = clock;
    this.api = new WebApi(settings);
    this.channels = new Channels(api, clock);
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    Optional<WebApi.Introduction> known = token(findings);
    known.ifPresent(
        it -> {
          it.sent().map(at -> CLOCKS.compare(at, clock.instant())).ifPresent(findings::add);
          findings.addAll(new ScopeCheck(watched, around).of(it.home().scopes()));
          new TreeSet<>(watched.channels()).forEach(id -> findings.add(channel(id)));
          new TreeSet<>(watched.groups()).forEach(id -> findings.add(group(id)));
        });
    findings.add(settings.socketMode() ? socket() : new DoorCheck(settings, around).look());
    return findings;
  }

  private Optional<WebApi.Introduction> token(List<Finding> findings) {
    try {
      WebApi.Introduction it = api.introduction();
      String app = it.home().appId().isEmpty() ? "the app" : "app " + it.home().appId();
      findings.add(
          Finding.well(
              "The bot token is good: " + app + " in workspace " + it.home().teamId() + "."));
      return Optional.of(it);
    } catch (SurfaceTrouble trouble) {
      findings.add(
          Finding.told(
              "",
              trouble,
              "Without it Postern can neither post cards nor know whose clicks they are.",
              "api.slack.com/apps → your app → OAuth & Permissions → Install to Workspace; copy"
                  + " \"Bot User OAuth Token\" to slack.bot-token."));
      return Optional.empty();
    }
  }

  private Finding channel(String id) {
    String why = "Cards for this channel reach nobody there; they can be decided on the web page.";
    try {
      Channels.Channel it = channels.describe(id);
      String mend = it.external() || it.archived() ? ANOTHER : "Type /invite @Postern in it.";
      return it.trouble()
          .map(trouble -> Finding.wrong(trouble, why, mend))
          .orElseGet(
              () -> Finding.well("Postern is in channel " + id + ", which no other firm reads."));
    } catch (SurfaceTrouble trouble) {
      return slackSays("Channel " + id + ": ", trouble, why);
    }
  }

  private Finding group(String id) {
    String why =
        "The policy names this group; while it cannot be read, a stage that asks it is passed over,"
            + " and nobody in it may freeze releasing.";
    try {
      int members = Members.inGroup(api, id).size();
      return members > 0
          ? Finding.well("User group " + id + " has " + members + " members.")
          : Finding.wrong(
              "User group " + id + " has no members.",
              why,
              "In Slack: People → User groups → the group → Edit members.");
    } catch (SurfaceTrouble trouble) {
      return slackSays("User group " + id + ": ", trouble, why);
    }
  }

  private static Finding slackSays(String about, SurfaceTrouble trouble, String why) {
    return Finding.told(
        about,
        trouble,
        why,
        "Check the id. For a missing scope: api.slack.com/apps → your app → App Manifest, paste"
            + " Postern's, save, then Install App → Reinstall.");
  }

  private Finding socket() {
    String why = "Without the connection no click and no command reaches Postern.";
    try {
      api.as(settings.appToken()).call("apps.connections.open", m -> m.appsConnectionsOpen(r -> r));
      return Finding.well("The app token opens Socket Mode.");
    } catch (SurfaceTrouble trouble) {
      // The words of the fault are about the bot token.
      String what = "Socket Mode does not open: " + firstClause(trouble);
      return trouble.kind() == Kind.CLOSED || trouble.kind() == Kind.UNFIT
          ? Finding.wrong(
              what,
              why,
              "api.slack.com/apps → your app → Basic Information → App-Level Tokens → Generate,"
                  + " with the scope connections:write; copy it to slack.app-token. Socket Mode"
                  + " itself is switched on under Socket Mode.")
          : Finding.unknown(what, why);
    }
  }

  private static String firstClause(SurfaceTrouble trouble) {
    return String.valueOf(trouble.getMessage()).replaceFirst("(?s):.*|[.]$", "") + ".";
  }

  /** Whoever presses its button is told by a running Postern how long that took. */
  @Override
  public Finding testCard() {
    String channel = settings.defaultChannel();
    try {
      new Messages(api).post(channel, ProbePress.CARD, ProbePress.FALLBACK, ProbePress.card());
      return Finding.well(
          "A test card stands in channel "
              + channel
              + ": press its button. A running Postern answers you alone with the time it took, and"
              + " takes the card away. No answer within a few seconds: Slack does not reach it.");
    } catch (SurfaceTrouble trouble) {
      return slackSays("The test card was not taken: ", trouble, "No card reaches this channel.");
    }
  }

  @Override
  public void close() {
    api.close();
  }
}
