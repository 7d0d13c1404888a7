package dev.postern.teams;

import dev.postern.approval.GroupReadings;
import dev.postern.teams.wire.Courier;
import dev.postern.teams.wire.Credential;
import dev.postern.teams.wire.Graph;
import dev.postern.teams.wire.Registration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Beside the team where cards stand one that is asked, and a fake Graph. */
final class GroupsRoom implements AutoCloseable {
  /** A team that a policy asks. */
  static final String OPS = "19:the-team-that-is-asked-by-its-id@thread.tacv2";

  static final String ENTRA = "02bd9fd6-8f93-4758-87c3-1fb73740a315";
  static final String KIM = TeamsRoom.KIM;
  static final String LEE = "8faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d2";

  final TeamsRoom ours = new TeamsRoom();
  final FakeConnector teams = ours.teams;
  final Members members = ours.members;

  /** The accounts of people in the settings. */
  final Set<String> named = new HashSet<>(Set.of(KIM, LEE));

  final FakeGraph graph = new FakeGraph(ours.entra);
  private final GroupReadings rows;
  private final Courier courier = new Courier();

  GroupsRoom(GroupReadings rows) {
    this.rows = rows;
    teams.places.team(OPS, "Operations", "00000000-0000-4000-8000-0000000000bb");
  }

  /** As another replica has them, or this one after a restart. */
  Groups groups(boolean withGraph) {
    Registration app =
        new Registration(
            FakeEntra.APP,
            FakeEntra.TENANT,
            ours.entra.loginUrl(),
            new Credential.Secret(FakeEntra.SECRET));
    Optional<Graph> entra =
        withGraph
            ? Optional.of(new Graph(app, courier, graph.url(), () -> ours.now))
            : Optional.empty();
    return new Groups(
        new GroupListing(ours.connector, ours.places, members, entra, named),
        FakeEntra.TENANT,
        rows,
        () -> ours.now);
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
    ours.close();
  }
}
