package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Doorkeeper;
import dev.postern.approval.Identity;
import dev.postern.approval.Refusal;
import dev.postern.approval.Stage;
import dev.postern.approval.Testimony;
import dev.postern.policy.APlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clicks of Slack accounts, judged once Slack has said who they are. */
abstract class DoorkeeperContract extends OnAChain {
  private static final String GROUP = "slack-group:S0MAILOPS";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private int events;

  private Click click(CaseId id, String person) {
    Click click =
        new Click(
            "e" + events++,
            "slack",
            new Identity("slack", "T0CORP0001", "U" + person),
            world.token(id, World.SLACK),
            World.SLACK.channel(),
            new Choice.ReleaseAll(),
            "");
    assertThat(world.desk.accept(click)).isTrue();
    return click;
  }

  private Doorkeeper.Result look(Click click) {
    return world.clicks.judge("slack", click.eventId()).orElseThrow();
  }

  private Answer judged(Click click) {
    return ((Doorkeeper.Judged) look(click)).answer();
  }

  @ParameterizedTest
  @EnumSource(names = {"GUEST", "STRANGER", "BOT", "DEACTIVATED", "UNCONFIRMED"})
  void P6_anAccountThatNeverCountsIsRefusedWithTheReason(Refusal why) {
    CaseId id = world.held("m1");
    people.barred.put("Ukim", why);

    assertRefused(judged(click(id, "kim")), why);

    assertThat(world.find(id).votes()).isEmpty();
    assertThat(world.find(id).state()).isEqualTo(CaseState.ASKING);
    assertThat(world.records.history(id))
        .extracting(HistoryLine::detail)
        .contains("why=" + why.word() + " surface=slack");
  }

  @Test
  void P5_aRefusedAccountSpendsNoUseOfTheToken() {
    CaseId id = world.held("m1");
    people.barred.put("Ukim", Refusal.GUEST);
    judged(click(id, "kim"));

    assertThat(judged(click(id, "noor"))).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void P6_aClickWaitsWhileSlackDoesNotSayWhoItIs() {
    CaseId id = world.held("m1");
    Click click = click(id, "kim");
    people.silence = Optional.of(Duration.ZERO);

    assertThat(look(click)).isInstanceOf(Doorkeeper.Waits.class);
    assertThat(world.find(id).votes()).isEmpty();

    people.silence = Optional.empty();
    assertThat(judged(click)).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void theWaitsGrowAndEndAtTheBoundWithARefusalThatSaysSo() {
    CaseId id = world.held("m1");
    Click click = click(id, "kim");
    Instant came = world.now;
    people.silence = Optional.of(Duration.ZERO);

    int tries = 0;
    Doorkeeper.Result result = look(click);
    while (result instanceof Doorkeeper.Waits waits) {
      assertThat(waits.left()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(30));
      world.now = world.now.plus(waits.left());
      result = look(click);
      tries++;
    }

    assertThat(Duration.between(came, world.now)).isEqualTo(PATIENCE);
    assertThat(tries).isBetween(10, 30);
    assertRefused(((Doorkeeper.Judged) result).answer(), Refusal.UNCONFIRMED);
    assertRefused(judged(click), Refusal.UNCONFIRMED);
    people.silence = Optional.empty();
    assertRefused(judged(click), Refusal.UNCONFIRMED);
  }

  @Test
  void aClickWaitsAsLongAsSlackAsks() {
    Click click = click(world.held("m1"), "kim");
    people.silence = Optional.of(Duration.ofSeconds(40));

    assertThat(((Doorkeeper.Waits) look(click)).left())
        .isGreaterThanOrEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void aForgedClickIsRefusedWithoutAskingSlack() {
    Click forged =
        new Click(
            "forged",
            "slack",
            new Identity("slack", "T0CORP0001", "Ukim"),
            "pn1.forged",
            World.SLACK.channel(),
            new Choice.ReleaseAll(),
            "");
    world.desk.accept(forged);
    people.silence = Optional.of(Duration.ZERO);

    assertRefused(judged(forged), Refusal.FORGED);
    assertThat(people.asked).isEmpty();
  }

  private Click testify(String event, String token) {
    Click said =
        new Click(
            event,
            "slack",
            new Identity("slack", "T0CORP0001", "Uanna"),
            token,
            "Uanna",
            new Act.Testify(Testimony.Word.EXPECTED),
            "");
    world.desk.accept(said);
    return said;
  }

  @Test
  void P6_aWitnessOfWhomSlackSaysNothingIsNotHeard() {
    CardPlace annas = new CardPlace("slack", "Uanna");
    CaseId id = world.held("m1");
    world.act(id, "kim", new Act.Ask(World.address("anna@corp.example")));
    Testimony asked = world.records.backstory(id).questionAt(annas).orElseThrow();
    Click said = testify("said", world.tokens.seal(asked.id()));
    people.silence = Optional.of(Duration.ZERO);

    assertThat(look(said)).isInstanceOf(Doorkeeper.Waits.class);
    world.now = world.now.plus(PATIENCE);

    assertRefused(judged(said), Refusal.UNCONFIRMED);
    assertThat(world.records.backstory(id).questionAt(annas).orElseThrow().reply()).isEmpty();
  }

  @Test
  void aForgedAnswerOfAWitnessEndsToo() {
    Click forged = testify("forged", "pn1.forged");
    people.silence = Optional.of(Duration.ZERO);
    assertThat(look(forged)).isInstanceOf(Doorkeeper.Waits.class);
    world.now = world.now.plus(PATIENCE);

    assertRefused(judged(forged), Refusal.FORGED);
  }

  private CaseId askedByGroup() {
    world.chain = APlan.chain("mail", APlan.of("Mail", GROUP), APlan.of("Bosses", "group:bosses"));
    return world.held("m1");
  }

  @Test
  void theMembersOfAUserGroupAreAskedAsTheyAreWhenTheStageOpens() {
    people.groups.put(GROUP, Set.of("kim", "noor"));
    CaseId id = askedByGroup();

    assertThat(stage(id).approvers()).containsExactlyInAnyOrder("kim", "noor");
    assertThat(judged(click(id, "kim"))).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void P6_whoLeftTheUserGroupBeforeTheVoteCannotVote() {
    people.groups.put(GROUP, Set.of("kim", "noor"));
    CaseId id = askedByGroup();
    Click click = click(id, "kim");
    people.groups.put(GROUP, Set.of("noor"));

    assertRefused(judged(click), Refusal.LEFT);

    assertThat(people.asked).contains(GROUP);
    assertThat(judged(click(id, "noor"))).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void whoJoinedTheUserGroupLaterIsNotAsked() {
    people.groups.put(GROUP, Set.of("noor"));
    CaseId id = askedByGroup();
    people.groups.put(GROUP, Set.of("kim", "noor"));

    assertRefused(judged(click(id, "kim")), Refusal.NOT_ALLOWED);
  }

  @Test
  void P6_aClickWaitsWhileSlackDoesNotSayWhoIsInTheGroup() {
    people.groups.put(GROUP, Set.of("kim", "noor"));
    Click click = click(askedByGroup(), "kim");
    people.silenceAboutGroups = Optional.of(Duration.ZERO);

    assertThat(look(click)).isInstanceOf(Doorkeeper.Waits.class);
    world.now = world.now.plus(PATIENCE);
    assertRefused(judged(click), Refusal.UNCONFIRMED);
  }

  @Test
  void whoIsAskedByNameToo_needsNoAnswerAboutTheGroup() {
    people.groups.put(GROUP, Set.of("noor"));
    world.chain = APlan.of("Mail", GROUP, "kim").chain("mail");
    Click click = click(world.held("m1"), "kim");
    people.silenceAboutGroups = Optional.of(Duration.ZERO);

    assertThat(judged(click)).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void onTheWebPageTheLastReadingOfTheGroupCounts() {
    people.groups.put(GROUP, Set.of("kim", "noor"));
    CaseId id = askedByGroup();
    people.silenceAboutGroups = Optional.of(Duration.ZERO);

    assertThat(world.act(id, "kim", RELEASE)).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void P6_nobodyHasLeftAGroupThatIsNotReadYet() {
    people.groups.put(GROUP, Set.of("kim", "noor"));
    CaseId id = askedByGroup();
    Set<String> read = people.groups.remove(GROUP); // as after a restart

    assertRefused(world.act(id, "kim", RELEASE), Refusal.UNCONFIRMED);
    assertThat(stage(id).name()).isEqualTo("Mail");
    assertThat(stage(id).state()).isEqualTo(Stage.State.OPEN);

    people.groups.put(GROUP, read);
    assertThat(world.act(id, "kim", RELEASE)).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void whoStepsAsideEndsNoStageForWantOfAGroupThatIsNotReadYet() {
    people.groups.put(GROUP, Set.of("noor"));
    world.chain = APlan.of("Mail", GROUP, "kim").chain("mail");
    CaseId id = world.held("m1");
    people.groups.remove(GROUP);

    world.act(id, "kim", new Act.StepAside());

    assertThat(stage(id).state()).isEqualTo(Stage.State.OPEN);
  }

  @Test
  void aStageThatTooFewAreLeftForWhoeverIsInTheGroupEnds() {
    people.groups.put(GROUP, Set.of("noor"));
    world.chain = APlan.of("Mail", GROUP, "kim").quorum(2).chain("mail");
    CaseId id = world.held("m1");
    people.groups.remove(GROUP);

    world.act(id, "kim", new Act.StepAside());

    assertThat(world.find(id).state()).isEqualTo(CaseState.EXPIRED);
  }
}
