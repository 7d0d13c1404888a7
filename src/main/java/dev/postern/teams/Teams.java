package dev.postern.teams;

import dev.postern.approval.Accounts;
import dev.postern.card.Surface;
import dev.postern.card.pace.Pace;
import dev.postern.teams.door.DoorCheck;
import dev.postern.teams.door.Emulators;
import dev.postern.teams.door.TeamsEntrance;
import dev.postern.teams.wire.Connector;
import dev.postern.teams.wire.Courier;
import dev.postern.teams.wire.Graph;
import dev.postern.teams.wire.Login;
import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Teams as a part of Postern. The start waits for nothing: a Teams that is down delays cards, never
 * Postern.
 */
public final class Teams implements AutoCloseable {
  /** For calls that somebody waits for. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  /** How often to look who is in the channels, so that they see the newest cards. */
  private static final Duration ROUND = Duration.ofMinutes(30);

  private static final Logger log = LoggerFactory.getLogger(Teams.class);

  /** How often to look who is in the groups that a policy names. */
  private static final Duration LOOK = Duration.ofMinutes(2);

  private final Watched watched;
  private final Courier courier = new Courier();
  private final ExecutorService afterwards = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("teams").factory());
  private final Connector connector;
  private final Places places;
  private final Members members;
  private final Optional<Graph> graph;
  private final Groups groups;
  private final TeamsSurface surface;
  private final DoorCheck check;
  private final TeamsEntrance entrance;

  private Teams(TeamsSettings settings, TeamsWiring postern, Watched watched, Emulators emulators) {
    this.watched = watched;
    TeamsSettings.Outside outside = settings.outside();
    this.connector =
        new Connector(
            new Login(settings.registration(), courier, postern.clock()),
            courier,
            outside.serviceUrls(),
            postern.clock());
    this.places = new Places(postern.conversations(), outside.usualService(), postern.clock());
    this.members =
        new Members(
            connector.within(SHORT),
            places,
            settings.app().homeTenant(),
            Set.copyOf(watched.channels()),
            postern.clock());
    this.graph = settings.graph(courier, postern.clock());
    this.groups =
        new Groups(
            new GroupListing(connector.within(SHORT), places, members, graph, watched.accounts()),
            settings.app().homeTenant(),
            postern.groups(),
            postern.clock());
    Onlookers onlookers =
        new Onlookers(postern.cases(), postern.directory(), postern.ballots(), members);
    Judging judging = new Judging(postern.clicks(), afterwards);
    Pace pace = new Pace(new TeamsRates(), settings.manner().pacing(), postern.clock());
    this.surface = new TeamsSurface(connector, settings.home(), places, members, onlookers, pace);
    Presses presses = new Presses(postern, judging, onlookers, surface, afterwards);
    Reception reception =
        new Reception(
            places,
            presses,
            new TaskDialogs(postern, presses),
            new Search(postern),
            new Talk(postern, presses, surface, connector, pace, afterwards),
            new Installs(places, connector, members, afterwards));
    this.check = new DoorCheck(settings, emulators, postern.clock());
    this.entrance = new TeamsEntrance(check, postern.replays(), reception::handle);
  }

  /**
   * Takes Teams up.
   *
   * @param watched what settings and policy name
   * @param emulators who is believed besides Teams
   */
  public static Teams start(
      TeamsSettings settings, TeamsWiring postern, Watched watched, Emulators emulators) {
    Teams teams = new Teams(settings, postern, watched, emulators);
    watched.groups().forEach(teams.groups::recall);
    teams.every(ROUND, teams.members::meet);
    teams.every(LOOK, () -> watched.groups().forEach(teams.groups::refresh));
    return teams;
  }

  private void every(Duration pause, Runnable look) {
    Runnable guarded =
        () -> {
          try {
            look.run();
          } catch (RuntimeException ours) {
            log.warn("A look at Teams failed: {}", ours.toString());
          }
        };
    var _ = rounds.scheduleWithFixedDelay(guarded, 0, pause.toMinutes(), TimeUnit.MINUTES);
  }

  /** Where cards go. */
  public Surface surface() {
    return surface;
  }

  /** What Teams says of accounts and groups. */
  public Accounts accounts() {
    return new TeamsAccounts(members, groups);
  }

  /** Adds {@code POST /api/messages}. */
  public void register(RoutesConfig routes) {
    entrance.register(routes);
  }

  /** What keeps Teams from working, with how to mend it; empty when nothing does. */
  public Optional<String> trouble() {
    String words =
        Stream.of(
                connector.trouble(),
                graph.flatMap(Graph::trouble),
                groups.trouble(),
                check.trouble(),
                refused())
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return Optional.of(words).filter(it -> !it.isEmpty());
  }

  private Optional<String> refused() {
    long refused = check.refusedAll();
    return refused == 0
        ? Optional.empty()
        : Optional.of(
            "All requests of Teams so far were refused: are teams.app-id and teams.tenant-id those"
                + " of the bot? ("
                + refused
                + " so far).");
  }

  /** What the operator should know though nothing is wrong; empty when there is nothing. */
  public Optional<String> remark() {
    String unknown;
    try {
      unknown =
          watched.channels().stream()
              .filter(it -> !places.knows(it))
              .collect(Collectors.joining(", "));
    } catch (RuntimeException storeTrouble) {
      log.debug("Places in Teams cannot be read", storeTrouble);
      return Optional.empty(); // what ails the store is said beside
    }
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Teams has not told yet that the app is installed where cards go ("
                + unknown
                + "): add the app to that team; docs/teams.md");
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    check.close();
    courier.close(); // ends what is on its way
    afterwards.close();
  }
}
