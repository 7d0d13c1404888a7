package dev.postern.teams;

import dev.postern.approval.GroupReadings;
import dev.postern.teams.wire.Connector;
import dev.postern.teams.wire.Courier;
import dev.postern.teams.wire.Credential;
import dev.postern.teams.wire.Graph;
import dev.postern.teams.wire.Login;
import dev.postern.teams.wire.Registration;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fakes of Microsoft with a team where cards stand and one that is asked, and ours before them. */
final class GroupsRoom implements AutoCloseable {
  /** Where cards stand. */
  static final String TEAM = "19:general@thread.tacv2";

  static final String CHANNEL = "19:mail-ops@thread.tacv2";

  /** A team that a policy asks. */
  static final String OPS = "19:the-team-that-is-asked-by-its-id@thread.tacv2";

  static final String ENTRA = "02bd9fd6-8f93-4758-87c3-1fb73740a315";
  static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";
  static final String LEE = "8faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d2";

  volatile Instant now = Instant.parse("2026-11-24T07:03:20Z");
  final FakeEntra entra = new FakeEntra(() -> now);
  final FakeConnector teams = new FakeConnector(entra);
  final FakeGraph graph = new FakeGraph(entra);
  private final GroupReadings rows;
  private final Courier courier = new Courier();
  private final Registration app =
      new Registration(
          FakeEntra.APP,
          FakeEntra.TENANT,
          entra.loginUrl(),
          new Credential.Secret(FakeEntra.SECRET));
  private final Connector connector =
      new Connector(
          new Login(app, courier, () -> now), courier, List.of(URI.create(teams.url())), () -> now);
  private final Places places = new Places(new RememberedPlaces(), URI.create(teams.url()));
  final Members members =
      new Members(connector, places, FakeEntra.TENANT, Set.of(CHANNEL), () -> now);

  GroupsRoom(GroupReadings rows) {
    this.rows = rows;
    teams.places.team(TEAM, "Security", "00000000-0000-4000-8000-0000000000aa");
    teams.places.channel(TEAM, CHANNEL, "Mail");
    teams.places.team(OPS, "Operations", "00000000-0000-4000-8000-0000000000bb");
  }

  /** As another replica has them, or this one after a restart. */
  Groups groups(boolean withGraph) {
    Optional<Graph> entraGroups =
        withGraph ? Optional.of(new Graph(app, courier, graph.url(), () -> now)) : Optional.empty();
    return new Groups(
        new GroupListing(connector, places, members, entraGroups),
        FakeEntra.TENANT,
        rows,
        () -> now);
  }

  /** What no real client should have asked. */
  List<String> faults() {
    List<String> all = new ArrayList<>(teams.faults);
    all.addAll(graph.faults);
    return all;
  }

  int asks() {
    return teams.http.asks.size() + graph.http.asks.size();
  }

  @Override
  public void close() {
    courier.close();
    graph.close();
    teams.close();
    entra.close();
  }
}
