package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.settings.ByEmail;
import dev.postern.app.settings.ConfiguredPeople;
import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.approval.Accounts;
import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Directory;
import dev.postern.approval.Doorkeeper;
import dev.postern.approval.GroupReading;
import dev.postern.approval.GroupReadings;
import dev.postern.approval.Identity;
import dev.postern.approval.Refusal;
import dev.postern.approval.Stage;
import dev.postern.card.CardWriter;
import dev.postern.fake.Mishap;
import dev.postern.policy.APlan;
import dev.postern.store.World;
import dev.postern.store.Worlds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Approvers by the groups of Teams and Entra, while Microsoft answers and while it does not. */
class TeamsGroupsIT {
  private static final String TEAM = "teams-group:" + GroupsRoom.OPS;
  private static final String ENTRA = "entra-group:" + GroupsRoom.ENTRA;
  private static final CardPlace CARD = new CardPlace("teams", TeamsRoom.CHANNEL);
  private static final String NOOR = "9faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d3";

  @TempDir Path folder;
  private final GroupsRoom room = new GroupsRoom(new Kept());
  private final AtomicInteger presses = new AtomicInteger();
  private Groups groups;
  private World world;
  private Directory people;

  /** The rows of the world that is there now. */
  private final class Kept implements GroupReadings {
    @Override
    public Optional<GroupReading> last(String group) {
      return world.store().groups().last(group);
    }

    @Override
    public void keep(GroupReading reading) {
      world.store().groups().keep(reading);
    }
  }

  @BeforeEach
  void open() {
    room.named.add(NOOR);
    groups = room.groups(true);
    start();
    room.ours.now = world.now;
    room.graph.group(GroupsRoom.ENTRA);
    for (String user : List.of(GroupsRoom.KIM, GroupsRoom.LEE, NOOR)) {
      String role = user.equals(GroupsRoom.LEE) ? "guest" : "user";
      room.teams.places.member(TeamsRoom.TEAM, "29:" + user, user, role);
      room.teams.places.member(GroupsRoom.OPS, "29:" + user, user, role);
      room.graph.member(GroupsRoom.ENTRA, user);
    }
  }

  @AfterEach
  void close() {
    world.close();
    room.close();
  }

  private void start() {
    people =
        new ConfiguredPeople(
            List.of(
                entry("kim", GroupsRoom.KIM), entry("lee", GroupsRoom.LEE), entry("noor", NOOR)),
            name -> name.equals("teams") ? new TeamsAccounts(room.members, groups) : Accounts.NONE,
            ByEmail.NOTHING);
    world = Worlds.onH2(folder, people);
  }

  private static PersonEntry entry(String id, String account) {
    return new PersonEntry(
        id,
        id,
        Optional.empty(),
        "",
        Optional.empty(),
        "",
        Optional.of(account),
        Set.of(),
        Optional.empty());
  }

  private void away() {
    room.teams.http.weather = () -> Optional.of(Mishap.SERVER_ERROR);
    room.graph.http.weather = () -> Optional.of(Mishap.SERVER_ERROR);
  }

  private void back() {
    room.teams.http.weather = Optional::empty;
    room.graph.http.weather = Optional::empty;
  }

  private void later(Duration time) {
    world.now = world.now.plus(time);
    room.ours.now = world.now;
  }

  private void restart() {
    var now = world.now;
    var chain = world.chain;
    world.close();
    groups = room.groups(true);
    start();
    world.now = now;
    world.chain = chain;
    List.of(GroupsRoom.OPS, GroupsRoom.ENTRA).forEach(groups::recall);
  }

  private CaseId asking(String group) {
    groups.refresh(group.replaceFirst("^[a-z]+-group:", ""));
    world.chain = APlan.of("Mail", group).channels("teams:" + TeamsRoom.CHANNEL).chain("mail");
    return world.held("m" + presses.incrementAndGet());
  }

  private Stage stage(CaseId id) {
    return world.find(id).stage().orElseThrow();
  }

  private Doorkeeper.Result press(CaseId id, String account) {
    String event = "e" + presses.incrementAndGet();
    world.desk.accept(
        new Click(
            event,
            "teams",
            new Identity("teams", FakeEntra.TENANT, account),
            world.token(id, CARD),
            CARD.channel(),
            new Choice.ReleaseAll(),
            "because"));
    return world.clicks.judge("teams", event).orElseThrow();
  }

  private static Answer judged(Doorkeeper.Result result) {
    return ((Doorkeeper.Judged) result).answer();
  }

  private String page(CaseId id) {
    CaseFile it = world.find(id);
    var card = world.records.cards(id).getFirst();
    return new CardWriter(people).write(it, card, Optional.empty(), world.now).lead().toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {TEAM, ENTRA})
  void P6_thoseInTheGroupAreAskedButNoGuestsAndAPressDecides(String group) {
    CaseId id = asking(group);

    assertThat(stage(id).approvers()).containsExactlyInAnyOrder("kim", "noor");
    assertThat(judged(press(id, GroupsRoom.LEE))).extracting("why").isEqualTo(Refusal.GUEST);
    assertThat(judged(press(id, GroupsRoom.KIM))).isInstanceOf(Answer.Decided.class);
    assertThat(room.faults()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {TEAM, ENTRA})
  void P6_whoLeftTheGroupSinceIsRefusedAtThePress(String group) {
    CaseId id = asking(group);
    room.teams.places.leaves(GroupsRoom.OPS, "29:" + GroupsRoom.KIM);
    room.graph.leaves(GroupsRoom.ENTRA, GroupsRoom.KIM);
    later(Duration.ofSeconds(61));

    assertThat(judged(press(id, GroupsRoom.KIM))).extracting("why").isEqualTo(Refusal.LEFT);
    assertThat(judged(press(id, NOOR))).isInstanceOf(Answer.Decided.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {TEAM, ENTRA})
  void P6_aPressWaitsWhileNobodySaysWhoIsInTheGroupAndThePageDecidesByTheReadingOfTheDay(
      String group) {
    CaseId id = asking(group);
    later(Duration.ofMinutes(2));
    assertThat(room.members.refresh(new Identity("teams", FakeEntra.TENANT, GroupsRoom.KIM)))
        .isEmpty();
    away();
    later(Duration.ofSeconds(30));
    assertThat(press(id, GroupsRoom.KIM)).isInstanceOf(Doorkeeper.Waits.class);
    assertThat(world.find(id).votes()).isEmpty();

    later(Duration.ofHours(3));
    restart();
    assertThat(world.release(id, "kim")).isInstanceOf(Answer.Decided.class);
    assertThat(stage(asking(group)).approvers()).containsExactlyInAnyOrder("kim", "noor");
  }

  @ParameterizedTest
  @ValueSource(strings = {TEAM, ENTRA})
  void aStageOfAGroupThatNobodyReadWaitsAndAsksWhenItIsKnown(String group) {
    away();
    CaseId id = asking(group);

    assertThat(stage(id).state()).isEqualTo(Stage.State.WAITING);
    assertThat(page(id))
        .contains(
            "Waiting for %s to say who is in %s: nobody is asked yet."
                .formatted(group.equals(TEAM) ? "Teams" : "Entra", group));

    back();
    later(Duration.ofSeconds(30));
    world.desk.timeUp(stage(id).id());
    assertThat(stage(id).approvers()).containsExactlyInAnyOrder("kim", "noor");
    assertThat(world.release(id, "noor")).isInstanceOf(Answer.Decided.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {TEAM, ENTRA})
  void P9_aGroupThatStaysUnreadIsPassedOverAndTheCardSaysWhy(String group) {
    away();
    CaseId id = asking(group);
    later(Duration.ofMinutes(6));
    world.desk.timeUp(stage(id).id());

    assertThat(world.find(id).state()).isEqualTo(CaseState.EXPIRED);
    assertThat(page(id))
        .contains(
            (group.equals(TEAM) ? "Teams" : "Entra") + " has not told yet who is in " + group);
  }

  @Test
  void P6_aQuorumOfAllIsNeverThatOfAPartOfTheGroup() {
    for (int i = 100; i < 700; i++) {
      String user = "00000000-0000-4000-8000-000000000" + i;
      room.teams.places.member(GroupsRoom.OPS, "29:" + i, user, "user");
    }
    // The second page of the roster fails.
    room.teams.http.weather =
        () ->
            room.teams.http.asks.getLast().query().containsKey("continuationToken")
                ? Optional.of(Mishap.SERVER_ERROR)
                : Optional.empty();

    CaseId id = asking(TEAM);

    assertThat(stage(id).state()).isEqualTo(Stage.State.WAITING);
    assertThat(stage(id).approvers()).isEmpty();
  }
}
