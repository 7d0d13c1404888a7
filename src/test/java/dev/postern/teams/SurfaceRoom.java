package dev.postern.teams;

import dev.postern.approval.Directory;
import dev.postern.card.pace.Pace;
import dev.postern.card.pace.Pacing;
import dev.postern.evidence.Answer;
import dev.postern.store.CardRoom;
import dev.postern.store.Databases;
import dev.postern.store.Store;
import dev.postern.store.WorkTable;
import dev.postern.store.World;
import dev.postern.teams.wire.Connector;
import dev.postern.teams.wire.Courier;
import dev.postern.teams.wire.Credential;
import dev.postern.teams.wire.Login;
import dev.postern.teams.wire.Registration;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Cards of a world in a channel of the fake Teams, in the time of a test. */
final class SurfaceRoom implements AutoCloseable {
  static final String TEAM = "19:general@thread.tacv2";
  static final String CHANNEL = "19:mail-ops@thread.tacv2";
  static final String GROUP = "02ce3874-dd86-41ba-bddc-013f34019978";

  final World world;
  final FakeEntra entra;
  final FakeConnector teams;
  final Places places;
  final Members members;
  final TeamsSurface surface;
  final WorkTable table;
  private final Courier courier = new Courier();

  SurfaceRoom(Path folder, Directory people) {
    Store.Access access = Databases.h2(folder);
    world = new World(access, people, (_, _, _) -> Answer.failure("SERVFAIL"));
    entra = new FakeEntra(() -> world.now);
    teams = new FakeConnector(entra);
    teams.places.team(TEAM, "Mail operations", GROUP);
    teams.places.channel(TEAM, CHANNEL, "Held mail");
    URI service = URI.create(teams.url());
    Registration app =
        new Registration(
            FakeEntra.APP,
            FakeEntra.TENANT,
            entra.loginUrl(),
            new Credential.Secret(FakeEntra.SECRET));
    Connector connector =
        new Connector(
            new Login(app, courier, () -> world.now), courier, List.of(service), () -> world.now);
    places = new Places(world.store().conversations(), service, () -> world.now);
    members = new Members(connector, places, FakeEntra.TENANT, Set.of(CHANNEL), () -> world.now);
    surface =
        new TeamsSurface(
            connector,
            new Connector.Home(FakeConnector.bot(), FakeEntra.TENANT),
            places,
            members,
            new Onlookers(world.records, people, world.desk::ballot, members),
            new Pace(new TeamsRates(), Pacing.ON, () -> world.now));
    CardRoom cards = CardRoom.in(world, people, List.of(surface), new Random(5));
    table = new WorkTable(access, cards.workers(), new Random(6));
  }

  /** Lets time go by, a second at a time. */
  void seconds(int many) {
    for (int i = 0; i < many; i++) {
      table.run(world.now);
      world.now = world.now.plusSeconds(1);
    }
  }

  @Override
  public void close() {
    courier.close();
    teams.close();
    entra.close();
    world.close();
  }
}
