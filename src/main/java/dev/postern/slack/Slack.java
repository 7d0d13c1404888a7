package dev.postern.slack;

import dev.postern.approval.Accounts;
import dev.postern.card.Surface;
import dev.postern.card.SurfaceTrouble;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slack as a part of Postern. It comes up by itself: a Slack that is down delays cards, never
 * Postern's start.
 */
public final class Slack implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Slack.class);

  /** How readiness says that no signature was right; the doctor looks for it. */
  static final String REFUSED =
      "All requests so far were refused because their signature is not right: is"
          + " slack.signing-secret this app's?";

  private static final Optional<String> ASKED = Optional.of("Slack is being asked.");
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** For calls that somebody waits for. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final SlackSettings settings;
  private final WebApi api;
  private final Members members;
  private final Channels channels;
  private final Watched watched;
  private final SlackSurface surface;
  private final RequestCheck check;
  private final SlackEntrance entrance;
  private final SocketMode socket;
  private final ExecutorService afterwards = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService greeter =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("slack").factory());

  private volatile @Nullable Workspace workspace;
  private volatile boolean ready;

  private Slack(SlackSettings settings, Wiring postern, Watched watched) {
    this.settings = settings;
    this.watched = watched;
    this.api = new WebApi(settings, postern.clock());
    this.members =
        new Members(api.within(SHORT), this::workspace, postern.shared().groups(), postern.clock());
    this.channels = new Channels(api, postern.clock());
    this.surface = new SlackSurface(api, channels, members, this::workspace);
    ResponseUrls responses = new ResponseUrls(api.sdk(), settings.apiUrl());
    Reception reception =
        new Reception(
            this::workspace,
            new Interactions(postern, api, afterwards),
            new Commands(postern, responses, afterwards),
            new Showing(postern, api, responses, afterwards),
            api);
    this.check = new RequestCheck(settings.signingSecret(), postern.clock());
    this.entrance = new SlackEntrance(check, postern.shared().replays(), reception);
    this.socket = new SocketMode(api.sdk(), settings.appToken(), reception);
  }

  /** Starts Slack and returns without having waited for it; empty when it is not configured. */
  public static Optional<Slack> start(SlackSettings settings, Wiring postern, Watched watched) {
    if (!settings.configured()) {
      return Optional.empty();
    }
    Slack slack = new Slack(settings, postern, watched);
    watched.groups().forEach(slack.members::recall);
    slack.greeter.execute(() -> slack.greet(FIRST_PAUSE));
    return Optional.of(slack);
  }

  /** Where cards go. */
  public Surface surface() {
    return surface;
  }

  /** The channel that cards go to unless a policy names another. */
  public String defaultChannel() {
    return settings.defaultChannel();
  }

  /** What Slack says of accounts and user groups. */
  public Accounts accounts() {
    return members;
  }

  /** Adds {@code POST /slack/events}. */
  public void register(RoutesConfig routes) {
    entrance.register(routes);
  }

  /** What keeps Slack from working, with how to mend it; empty when nothing does. */
  public Optional<String> trouble() {
    String words =
        Stream.of(api.trouble(), refused(), ready ? Optional.<String>empty() : ASKED)
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return Optional.of(words).filter(it -> !it.isEmpty());
  }

  private Optional<String> refused() {
    long refused = check.refusedAll();
    return refused == 0 ? Optional.empty() : Optional.of(REFUSED + " (" + refused + " so far).");
  }

  /** What the operator should know though nothing is wrong; empty when there is nothing. */
  public Optional<String> remark() {
    return workspace()
        .filter(home -> !home.mayReadHistory())
        .map(
            _ ->
                "the app may not read its channel, so that a card whose answer was lost may appear"
                    + " twice; docs/slack.md, Permissions");
  }

  private Optional<Workspace> workspace() {
    return Optional.ofNullable(workspace);
  }

  /** Learns whose token it is, opens the socket where one is wanted; tries until both are done. */
  private void greet(Duration pause) {
    try {
      if (workspace == null) {
        workspace = api.workspace();
      }
      if (settings.socketMode()) {
        socket.connect();
        api.clear("socket");
      }
      ready = true;
      greeter.execute(new Rounds(looks(), this::later)::goOn);
      log.info("Slack is connected{}", settings.socketMode() ? " by Socket Mode" : "");
    } catch (SurfaceTrouble e) {
      again(String.valueOf(e.getMessage()), pause);
    } catch (IOException | RuntimeException e) {
      String sentence =
          "Socket Mode does not connect ("
              + e.getClass().getSimpleName()
              + "): is slack.app-token"
              + " right, with the scope connections:write?";
      api.note("socket", sentence);
      again(sentence, pause);
    }
  }

  /** What others may change in Slack. */
  private List<Rounds.Look> looks() {
    return Stream.concat(
            watched.channels().stream().map(id -> (Rounds.Look) () -> channels.look(id)),
            watched.groups().stream().map(id -> (Rounds.Look) () -> members.read(id)))
        .toList();
  }

  private void later(Runnable what, Duration wait) {
    if (!greeter.isShutdown()) {
      var _ = greeter.schedule(what, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void again(String sentence, Duration pause) {
    log.warn("{} Trying again in {} s.", sentence, pause.toSeconds());
    Duration next = pause.multipliedBy(2);
    Duration bounded = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    later(() -> greet(bounded), pause);
  }

  @Override
  public void close() {
    greeter.shutdownNow();
    socket.close();
    afterwards.close();
    api.close();
  }
}
