package dev.postern.teams;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.app.settings.ByEmail;
import dev.postern.app.settings.ConfiguredPeople;
import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.approval.Accounts;
import dev.postern.approval.Ballot;
import dev.postern.approval.Brake;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Directory;
import dev.postern.approval.MemoryFreeze;
import dev.postern.approval.MemoryGroupReadings;
import dev.postern.approval.MemoryReplays;
import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import dev.postern.card.CardWriter;
import dev.postern.card.LookupParts;
import dev.postern.card.ManyCases;
import dev.postern.card.pace.Pace;
import dev.postern.card.pace.Pacing;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Dns;
import dev.postern.evidence.posture.DomainCheck;
import dev.postern.evidence.posture.Posture;
import dev.postern.mail.DomainName;
import dev.postern.policy.APolicy;
import dev.postern.store.Worlds;
import dev.postern.teams.door.Activity;
import dev.postern.teams.wire.Connector;
import dev.postern.teams.wire.Courier;
import dev.postern.teams.wire.Credential;
import dev.postern.teams.wire.Login;
import dev.postern.teams.wire.Registration;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/** The parts of Teams between a fake Teams and books in memory. */
final class TeamsRoom implements AutoCloseable {
  static final String TEAM = "19:general@thread.tacv2";
  static final String CHANNEL = "19:mail-ops@thread.tacv2";
  static final String CHAT = "19:night-shift@unq.gbl.spaces";

  /** Of the settings, and administrators. */
  static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";

  static final String NOOR = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d2";

  /** Of the settings, and a guest in the team. */
  static final String GUEST = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d3";

  /** In the team, and not in the settings. */
  static final String STRANGER = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d4";

  /** Of the settings, and in no team. */
  static final String OUTSIDE = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d5";

  private static final List<PersonEntry> PEOPLE =
      List.of(entry("kim", KIM), entry("noor", NOOR), entry("gus", GUEST), entry("out", OUTSIDE));

  volatile Instant now = Instant.parse("2026-11-24T07:03:20Z");
  volatile Dns zone = (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60);
  volatile boolean storeDown;

  /** What each person needs to vote now; nobody may, until a test says so. */
  volatile BiFunction<CaseId, Person, Optional<Ballot>> ballots = (_, _) -> Optional.empty();

  final FakeEntra entra = new FakeEntra(() -> now);
  final FakeConnector teams = new FakeConnector(entra);
  final RememberedPlaces kept = new RememberedPlaces();
  final Places places = new Places(kept, URI.create(teams.url()), () -> now);
  final ManyCases cases = new Cases();
  final Directory people = new ConfiguredPeople(PEOPLE, _ -> accounts(), ByEmail.NOTHING);
  final Connector connector;
  final Members members;
  private final Groups groups;
  private final Courier courier = new Courier();

  /** Cards stand in the channel and in the group chat; the app is in both. */
  TeamsRoom() {
    teams.places.team(TEAM, "Security", "00000000-0000-4000-8000-0000000000aa");
    teams.places.channel(TEAM, CHANNEL, "Mail");
    teams.places.chat(CHAT);
    teams.places.member(TEAM, "29:Kim", KIM, "user");
    teams.places.member(TEAM, "29:Noor", NOOR, "user");
    teams.places.member(TEAM, "29:Gus", GUEST, "guest");
    teams.places.member(TEAM, "29:Stranger", STRANGER, "user");
    Registration app =
        new Registration(
            FakeEntra.APP,
            FakeEntra.TENANT,
            entra.loginUrl(),
            new Credential.Secret(FakeEntra.SECRET));
    URI service = URI.create(teams.url());
    connector =
        new Connector(new Login(app, courier, () -> now), courier, List.of(service), () -> now);
    members = members(CHANNEL, CHAT);
    groups =
        new Groups(
            new GroupListing(connector, places, members, Optional.empty(), Set.of()),
            FakeEntra.TENANT,
            new MemoryGroupReadings(),
            () -> now);
  }

  private static PersonEntry entry(String id, String account) {
    return new PersonEntry(
        id,
        "The " + id,
        Optional.empty(),
        "",
        Optional.empty(),
        "",
        Optional.of(account),
        Set.of(Reading.ADMINS),
        Optional.empty());
  }

  Accounts accounts() {
    return new TeamsAccounts(members, groups);
  }

  /** Who is in these places. */
  private Members members(String... channels) {
    return new Members(connector, places, FakeEntra.TENANT, Set.of(channels), () -> now);
  }

  Onlookers onlookers() {
    return new Onlookers(cases, people, ballots, members);
  }

  Search search() {
    return new Search(wiring());
  }

  Talk talk(Executor threads) {
    Judging judging = new Judging(wiring().clicks(), Runnable::run);
    Pace pace = new Pace(new TeamsRates(), Pacing.ON, () -> now);
    TeamsSurface surface =
        new TeamsSurface(
            connector,
            new Connector.Home(FakeConnector.bot(), FakeEntra.TENANT),
            places,
            members,
            onlookers(),
            pace);
    Presses presses = new Presses(wiring(), judging, onlookers(), surface, Runnable::run);
    return new Talk(wiring(), presses, surface, connector, pace, threads);
  }

  Installs installs() {
    return new Installs(places, connector, members, Runnable::run);
  }

  private TeamsWiring wiring() {
    Brake brake = new Brake(new MemoryFreeze(), APolicy.letting("kim"), people, () -> now);
    return new TeamsWiring(
        new TeamsWiring.Clicks(_ -> true, (_, _) -> Optional.empty(), _ -> {}),
        cases,
        (_, _) -> Optional.empty(),
        _ -> Optional.empty(),
        _ -> Optional.empty(),
        (_, place) -> place,
        people,
        new CardWriter(people),
        kept,
        new MemoryGroupReadings(),
        new LookupParts(
            new Reading(cases, (_, _) -> Optional.empty()),
            this::posture,
            brake,
            Worlds.inMemory(people).petitions,
            Map::of),
        false,
        new MemoryReplays(),
        () -> now);
  }

  private Posture posture(DomainName domain) {
    return new DomainCheck(zone, Duration.ofSeconds(2)).check(domain, List.of());
  }

  /** Something that somebody sent or did. */
  ObjectNode heard(String user, String conversation, String kind) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("from").put("id", "29:" + user).put("aadObjectId", user);
    json.putObject("recipient").put("id", FakeConnector.bot());
    json.putObject("conversation").put("id", conversation).put("conversationType", kind);
    ObjectNode data = json.putObject("channelData");
    if (kind.equals("channel")) {
      data.putObject("team").put("id", TEAM);
    }
    return json;
  }

  /** The same as the entrance hands it on. */
  Activity activity(String type, ObjectNode json) {
    return new Activity(
        "1795503800000",
        type,
        json.at("/conversation/id").asText(),
        FakeEntra.TENANT,
        URI.create(teams.url()),
        false,
        json);
  }

  /** What stands in a place, oldest first. */
  List<String> shown(String conversation) {
    List<String> texts = new ArrayList<>();
    for (TeamsPlaces.Message message : teams.places.messages()) {
      if (message.conversation().equals(conversation)) {
        texts.add(message.activity().toString());
      }
    }
    return texts;
  }

  /** What somebody alone can read. */
  List<String> shownTo(String name) {
    return shown(teams.places.personal(name));
  }

  @Override
  public void close() {
    courier.close();
    teams.close();
    entra.close();
  }

  /** Reads what the test put there, while the store is up. */
  private final class Cases extends ManyCases {
    @Override
    public Optional<CaseFile> find(CaseId id) {
      if (storeDown) {
        throw new IllegalStateException("the store is down");
      }
      return super.find(id);
    }
  }
}
