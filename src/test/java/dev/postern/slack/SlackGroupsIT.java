package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.settings.ByEmail;
import dev.postern.app.settings.ConfiguredPeople;
import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.approval.Answer;
import dev.postern.approval.Ballot;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Directory;
import dev.postern.approval.Doorkeeper;
import dev.postern.approval.Identity;
import dev.postern.approval.Outcome;
import dev.postern.approval.Stage;
import dev.postern.card.CardWriter;
import dev.postern.fake.Mishap;
import dev.postern.policy.APlan;
import dev.postern.store.World;
import dev.postern.store.Worlds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvers by user group while Slack is away: after a restart, and as stages come and go. */
class SlackGroupsIT {
  private static final String ID = "S0MAILOPS";
  private static final String GROUP = "slack-group:" + ID;
  private static final String WAITING =
      "Waiting for Slack to say who is in slack-group:S0MAILOPS: nobody is asked yet.";

  @TempDir Path folder;
  private final FakeSlack slack = new FakeSlack();
  private WebApi api;
  private Optional<Workspace> home;
  private Members members;
  private Directory people;
  private World world;
  private Instant now;

  @BeforeEach
  void open() throws Exception {
    api = new WebApi(slack.settings());
    home = Optional.of(api.workspace());
    slack.groups.put(ID, List.of(SlackRoom.KIM, SlackRoom.NOOR));
    start();
    now = world.now;
  }

  @AfterEach
  void close() {
    world.close();
    api.close();
    slack.close();
  }

  private static PersonEntry entry(String id, String account, String... groups) {
    return new PersonEntry(
        id, id, Optional.empty(), "", Optional.of(account), Set.of(groups), Optional.empty());
  }

  private void start() {
    people =
        new ConfiguredPeople(
            List.of(
                entry("kim", SlackRoom.KIM),
                entry("noor", SlackRoom.NOOR),
                entry("lee", "U04LEE0001", "bosses")),
            () -> members,
            ByEmail.NOTHING);
    world = Worlds.onH2(folder, people);
    members =
        new Members(
            api.within(Duration.ofSeconds(2)), () -> home, world.store().groups(), () -> world.now);
    members.recall(ID);
    world.chain = APlan.of("Mail", GROUP).chain("mail");
  }

  private void away() {
    slack.http.weather = () -> Optional.of(Mishap.SERVER_ERROR);
  }

  private void back() {
    slack.http.weather = Optional::empty;
  }

  /** Slack stays silent, so that nobody says which workspace is ours either. */
  private void restartWhileAway(Duration later) {
    away();
    now = world.now.plus(later);
    world.close();
    home = Optional.empty();
    start();
    world.now = now;
  }

  private Stage stage(CaseId id) {
    return world.find(id).stage().orElseThrow();
  }

  private Optional<Ballot> ballot(CaseId id, String person) {
    return world.desk.ballot(id, people.named(person).getFirst());
  }

  private String page(CaseId id) {
    CaseFile it = world.find(id);
    var card = world.records.cards(id).getFirst();
    return new CardWriter(people).write(it, card, Optional.empty(), world.now).lead().toString();
  }

  @Test
  void afterARestartTheGroupDecidesOnTheWebPageThoughSlackIsAway() {
    members.read(ID);
    CaseId before = world.held("m1");
    restartWhileAway(Duration.ofHours(3));

    assertThat(ballot(before, "kim")).isPresent();
    assertThat(ballot(before, "lee")).isEmpty();
    assertThat(world.release(before, "kim")).isInstanceOf(Answer.Decided.class);

    CaseId after = world.held("m2");
    assertThat(stage(after).approvers()).containsExactlyInAnyOrder("kim", "noor");
    assertThat(world.release(after, "noor")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void P6_aReadingOfBeforeTheRestartJudgesNoClickInSlack() {
    members.read(ID);
    CaseId id = world.held("m1");
    restartWhileAway(Duration.ofMinutes(1));
    Click click =
        new Click(
            "e1",
            "slack",
            new Identity("slack", FakeSlack.TEAM, SlackRoom.KIM),
            world.token(id, World.SLACK),
            World.SLACK.channel(),
            new Choice.ReleaseAll(),
            "");
    world.desk.accept(click);

    assertThat(world.clicks.judge("slack", "e1").orElseThrow())
        .isInstanceOf(Doorkeeper.Waits.class);
    assertThat(world.find(id).votes()).isEmpty();
  }

  @Test
  void aStageOfAGroupThatNobodyReadWaitsDuringTheOutageAndAsksWhenSlackIsBack() {
    world.chain = APlan.chain("mail", APlan.of("Bosses", "group:bosses"), APlan.of("Ops", GROUP));
    CaseId id = world.held("m1");
    away();
    world.now = stage(id).closes();
    world.desk.timeUp(stage(id).id());

    assertThat(world.desk.timeUp(stage(id).id())).isPresent();
    assertThat(stage(id).state()).isEqualTo(Stage.State.WAITING);
    assertThat(page(id)).contains(WAITING);
    assertThat(slack.methods()).contains("usergroups.users.list");

    restartWhileAway(Duration.ofMinutes(1));
    world.chain = APlan.chain("mail", APlan.of("Bosses", "group:bosses"), APlan.of("Ops", GROUP));
    assertThat(world.desk.timeUp(stage(id).id())).isPresent();
    assertThat(page(id)).contains(WAITING);

    back();
    home = workspace();
    world.now = world.now.plusSeconds(10);
    world.desk.timeUp(stage(id).id());
    assertThat(stage(id).approvers()).containsExactlyInAnyOrder("kim", "noor");
    assertThat(world.release(id, "kim")).isInstanceOf(Answer.Decided.class);
  }

  private Optional<Workspace> workspace() {
    try {
      return Optional.of(api.workspace());
    } catch (dev.postern.card.SurfaceTrouble e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anEffectThatFailsDuringTheOutageAsksByTheReadingOfTheDay() {
    members.read(ID);
    CaseId id = world.held("m1");
    world.release(id, "kim");
    restartWhileAway(Duration.ofHours(20));
    world.quarantine.says = Outcome.Kind.PERM_FAIL;
    world.effects.carryOut(1);

    assertThat(world.find(id).state()).isEqualTo(CaseState.FAILED);
    assertThat(stage(id).approvers()).containsExactlyInAnyOrder("kim", "noor");
    assertThat(ballot(id, "noor")).isPresent();
  }

  @Test
  void anEffectThatFailsWhenTheReadingIsTooOldWaitsAndTheCardSaysWhy() {
    members.read(ID);
    CaseId id = world.held("m1");
    world.release(id, "kim");
    restartWhileAway(Duration.ofHours(25));
    world.quarantine.says = Outcome.Kind.PERM_FAIL;
    world.effects.carryOut(1);

    assertThat(world.find(id).state()).isEqualTo(CaseState.FAILED);
    assertThat(stage(id).state()).isEqualTo(Stage.State.WAITING);
    assertThat(page(id)).contains("The mail server refused it.", WAITING);
    assertThat(world.records.tokenAt(id, CardPlace.WEB)).isEmpty();

    world.now = world.now.plus(Duration.ofMinutes(5));
    world.desk.timeUp(stage(id).id());
    assertThat(world.find(id).state()).isEqualTo(CaseState.EXPIRED);
    assertThat(page(id)).contains("Slack has not told yet who is in slack-group:S0MAILOPS.");
  }
}
