package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Accounts.Member;
import dev.postern.approval.GroupReading;
import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.approval.MemoryGroupReadings;
import dev.postern.approval.Refusal;
import dev.postern.fake.Mishap;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembersTest {
  private static final String PARTNER = "T0PARTNER1";

  private FakeSlack slack;
  private WebApi api;
  private Members members;
  private final MemoryGroupReadings readings = new MemoryGroupReadings();
  private Optional<Workspace> home;
  private volatile Instant now = SlackRoom.NOW;

  @BeforeEach
  void open() throws Exception {
    slack = new FakeSlack();
    api = new WebApi(slack.settings(), () -> now);
    home = Optional.of(api.workspace());
    members = another();
  }

  /** As another replica has them, or this one after a restart. */
  private Members another() {
    return new Members(api.within(Duration.ofSeconds(2)), () -> home, readings, () -> now);
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
  }

  private static Identity account(String user) {
    return new Identity("slack", FakeSlack.TEAM, user);
  }

  private Membership learn(Identity who) {
    assertThat(members.refresh(who)).isEmpty();
    return members.membership(who);
  }

  private long calls(String method) {
    return slack.methods().stream().filter(method::equals).count();
  }

  @Test
  void aFullMemberIsOneOfUsWithTheVerifiedAddress() {
    assertThat(learn(account("U1KIM")))
        .isEqualTo(new Membership.Insider(EmailAddress.parse("U1KIM@corp.example")));
  }

  @Test
  void P6_anAddressThatTheWorkspaceDidNotVerifyIsNone() {
    slack.accounts.put("U1KIM", Kit.object().put("is_email_confirmed", false));
    assertThat(learn(account("U1KIM"))).isEqualTo(new Membership.Insider(Optional.empty()));

    slack.scopes.remove("users:read.email");
    assertThat(learn(account("U1LEE"))).isEqualTo(new Membership.Insider(Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "is_restricted, GUEST",
    "is_ultra_restricted, GUEST",
    "is_bot, BOT",
    "is_workflow_bot, BOT",
    "is_stranger, STRANGER",
    "deleted, DEACTIVATED"
  })
  void P6_whatIsNoFullMemberNeverCounts(String field, Refusal why) {
    slack.accounts.put("U1KIM", Kit.object().put(field, true));

    assertThat(learn(account("U1KIM"))).isEqualTo(new Membership.Barred(why));
  }

  @Test
  void P6_slackbotIsABotThoughSlackDoesNotSaySo() {
    assertThat(learn(account("USLACKBOT"))).isEqualTo(new Membership.Barred(Refusal.BOT));
  }

  /** The field says that somebody authorised this app. */
  @Test
  void whoAuthorisedTheAppIsNoBot() {
    slack.accounts.put("U1KIM", Kit.object().put("is_app_user", true));

    assertThat(learn(account("U1KIM"))).isInstanceOf(Membership.Insider.class);
  }

  @Test
  void P6_anAccountOfAnotherWorkspaceIsAnOutsiderAndNoneOfOurs() {
    slack.accounts.put("U1EVE", Kit.object().put("team_id", PARTNER));

    assertThat(learn(new Identity("slack", PARTNER, "U1EVE"))).isEqualTo(new Membership.Outsider());
    assertThat(learn(account("U1EVE"))).isEqualTo(new Membership.Barred(Refusal.STRANGER));
  }

  @Test
  void aMemberOfOurWorkspaceInALargerOrganisationIsOneOfUs() {
    ObjectNode changed = Kit.object().put("team_id", "T0ELSEWHERE");
    changed.putObject("enterprise_user").putArray("teams").add("T0ELSEWHERE").add(FakeSlack.TEAM);
    slack.accounts.put("U1KIM", changed);

    assertThat(learn(account("U1KIM"))).isInstanceOf(Membership.Insider.class);
  }

  @ParameterizedTest
  @CsvSource({"user_not_found", "user_not_visible"})
  void P6_whomSlackDoesNotKnowIsAStranger(String error) {
    slack.accounts.put("U1EVE", Kit.object().put("error", error));

    assertThat(learn(account("U1EVE"))).isEqualTo(new Membership.Barred(Refusal.STRANGER));
  }

  @ParameterizedTest
  @CsvSource({"invalid_arguments", "method_deprecated", "a_word_of_tomorrow"})
  void P6_whatSaysNothingOfTheAccountIsOurTroubleAndMakesNobodyAStranger(String error) {
    slack.refuse("users.info", error);

    assertThat(members.refresh(account("U1KIM"))).as("the click waits").isPresent();
    assertThat(members.membership(account("U1KIM"))).isInstanceOf(Membership.Unknown.class);
    assertThat(api.trouble().orElseThrow()).contains(error + " to users.info", "no click of Slack");

    assertThat(learn(account("U1KIM"))).isInstanceOf(Membership.Insider.class);
    assertThat(api.trouble()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "not_authed, install the app again",
    "not_allowed_token_type, install the app again",
    "team_access_not_granted, owners allow the app",
    "accesslimited, owners allow the app",
  })
  void P6_aTokenThatSlackRefusesMakesNobodyAStranger(String error, String mend) {
    slack.refuse("users.info", error);

    assertThat(members.refresh(account("U1KIM"))).as("waiting would not help").isEmpty();
    assertThat(members.membership(account("U1KIM"))).isInstanceOf(Membership.Unknown.class);
    assertThat(api.trouble().orElseThrow()).contains(error, mend);
  }

  @ParameterizedTest
  @CsvSource({"ratelimited", "team_added_to_org", "internal_error"})
  void P6_aSlackThatIsBusyMakesNobodyAStranger(String error) {
    slack.refuse("users.info", error);

    assertThat(members.refresh(account("U1KIM"))).isPresent();
    assertThat(members.membership(account("U1KIM"))).isInstanceOf(Membership.Unknown.class);
  }

  @Test
  void slackIsAskedOnceAMinuteAboutEachAccount() {
    learn(account("U1KIM"));
    now = now.plusSeconds(59);
    learn(account("U1KIM"));
    assertThat(calls("users.info")).isEqualTo(1);

    now = now.plusSeconds(2);
    slack.accounts.put("U1KIM", Kit.object().put("deleted", true));
    assertThat(learn(account("U1KIM"))).isEqualTo(new Membership.Barred(Refusal.DEACTIVATED));
    assertThat(calls("users.info")).isEqualTo(2);
  }

  @Test
  void clicksAtOnceAreOneQuestion() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        threads.execute(() -> learn(account("U1KIM")));
      }
    }

    assertThat(calls("users.info")).isEqualTo(1);
  }

  @Test
  void P6_whatWasLearnedLongAgoDecidesNothing() {
    learn(account("U1KIM"));
    now = now.plus(Members.USABLE);
    assertThat(members.membership(account("U1KIM"))).isInstanceOf(Membership.Insider.class);

    now = now.plusSeconds(1);
    assertThat(members.membership(account("U1KIM"))).isEqualTo(new Membership.Unknown());
  }

  @Test
  void P6_beforeSlackToldWhichWorkspaceIsOursNobodyIsKnown() {
    learn(account("U1KIM"));
    home = Optional.empty();

    assertThat(members.refresh(account("U1KIM"))).isPresent();
    assertThat(members.membership(account("U1KIM"))).isEqualTo(new Membership.Unknown());
    assertThat(members.members("S1OPS")).isEmpty();
  }

  @Test
  void anAnswerThatWasNotGivenIsWaitedFor() {
    slack.http.order("users.info", Mishap.SERVER_ERROR);
    assertThat(members.refresh(account("U1KIM"))).contains(Duration.ZERO);
    assertThat(members.membership(account("U1KIM"))).isEqualTo(new Membership.Unknown());

    // Others do not ask at once what did not work.
    assertThat(members.refresh(account("U1LEE"))).isPresent();
    assertThat(calls("users.info")).isEqualTo(1);

    now = now.plusSeconds(2);
    assertThat(learn(account("U1KIM"))).isInstanceOf(Membership.Insider.class);
  }

  @Test
  void slackIsLeftAloneAsLongAsItAsks() {
    slack.http.order("users.info", Mishap.RATE_LIMITED);

    assertThat(members.refresh(account("U1KIM"))).contains(Duration.ofSeconds(7));
    now = now.plusSeconds(6);
    assertThat(members.refresh(account("U1KIM"))).isPresent();
    assertThat(calls("users.info")).isEqualTo(1);
    now = now.plusSeconds(1);
    learn(account("U1KIM"));
  }

  @Test
  void aSilentSlackIsWaitedForTwoSecondsOnly() {
    slack.http.order("users.info", Mishap.SILENCE);
    long began = System.nanoTime();

    assertThat(members.refresh(account("U1KIM"))).isPresent();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void P6_withoutTheScopeNobodyCountsAndReadinessSaysWhy() {
    slack.scopes.remove("users:read");

    // Waiting would not help, so the click is refused at once.
    assertThat(learn(account("U1KIM"))).isEqualTo(new Membership.Unknown());
    assertThat(api.trouble())
        .hasValueSatisfying(t -> assertThat(t).contains("missing_scope", "users:read"));
  }

  @Test
  void theMembersOfAGroupAreReadWithWhatSlackSaysOfEach() {
    slack.groups.put("S1OPS", List.of("U1KIM", "U1BOT"));
    slack.accounts.put("U1BOT", Kit.object().put("is_bot", true));
    assertThat(members.members("S1OPS")).isEmpty();

    read("S1OPS");

    assertThat(members.members("S1OPS").orElseThrow())
        .extracting(Member::membership)
        .satisfiesExactly(
            kim -> assertThat(kim).isInstanceOf(Membership.Insider.class),
            bot -> assertThat(bot).isEqualTo(new Membership.Barred(Refusal.BOT)));
  }

  @Test
  void aGroupThatCannotBeReadAgainKeepsItsMembers() {
    slack.groups.put("S1OPS", List.of("U1KIM"));
    read("S1OPS");
    now = now.plus(Duration.ofHours(2));
    slack.http.order("usergroups.users.list", Mishap.SERVER_ERROR);

    read("S1OPS");

    assertThat(members.members("S1OPS").orElseThrow()).hasSize(1);
  }

  @Test
  void aGroupThatDoesNotExistHasNobodyAndReadinessSaysSo() {
    read("S1GONE");

    assertThat(members.members("S1GONE")).contains(List.of());
    assertThat(api.trouble())
        .hasValueSatisfying(t -> assertThat(t).contains("S1GONE", "no_such_subteam"));

    slack.groups.put("S1GONE", List.of("U1KIM"));
    now = now.plus(Duration.ofMinutes(2));
    read("S1GONE");
    assertThat(api.trouble()).isEmpty();
  }

  @Test
  void P16_ofAHugeGroupOnlySoManyAreRead() {
    List<String> crowd = IntStream.range(0, 300).mapToObj(i -> "U1CROWD" + i).toList();
    slack.groups.put("S1ALL", crowd);

    read("S1ALL");

    assertThat(members.members("S1ALL").orElseThrow()).hasSize(Members.MOST_MEMBERS);
    assertThat(api.trouble())
        .hasValueSatisfying(t -> assertThat(t).contains("S1ALL has 300 members"));
  }

  private List<Membership> of(String group) {
    return members.members(group).orElseThrow().stream().map(Member::membership).toList();
  }

  @Test
  void P6_aGroupIsUnknownUntilEachMemberWasAskedAboutOnce() {
    slack.groups.put("S1OPS", List.of("U1KIM", "U1LEE", "U1GONE"));
    slack.accounts.put("U1LEE", Kit.object().put("error", "internal_error"));
    slack.accounts.put("U1GONE", Kit.object().put("error", "user_not_found"));

    read("S1OPS");
    assertThat(members.members("S1OPS")).isEmpty();
    assertThat(members.refresh("S1OPS")).isPresent();

    slack.accounts.remove("U1LEE");
    now = now.plusSeconds(2);
    read("S1OPS");
    assertThat(of("S1OPS"))
        .satisfiesExactly(
            kim -> assertThat(kim).isInstanceOf(Membership.Insider.class),
            lee -> assertThat(lee).isInstanceOf(Membership.Insider.class),
            gone -> assertThat(gone).isEqualTo(new Membership.Barred(Refusal.STRANGER)));
  }

  @Test
  void P6_theLastWholeReadingStaysUntilANewOneIsWhole() {
    slack.groups.put("S1OPS", List.of("U1KIM"));
    read("S1OPS");
    slack.groups.put("S1OPS", List.of("U1LEE", "U1KIM"));
    slack.accounts.put("U1LEE", Kit.object().put("error", "internal_error"));
    now = now.plus(Duration.ofMinutes(2));

    read("S1OPS");
    assertThat(of("S1OPS")).hasSize(1);
    assertThat(members.refresh("S1OPS")).as("a click waits").isPresent();

    slack.accounts.remove("U1LEE");
    now = now.plusSeconds(2);
    assertThat(members.refresh("S1OPS")).isEmpty();
    assertThat(of("S1OPS")).hasSize(2);
  }

  @Test
  void aClickAsksAboutSomeMembersOfAnUnreadGroupAndTheNextGoesOn() {
    slack.groups.put("S1OPS", IntStream.range(0, 15).mapToObj(i -> "U1OPS" + i).toList());

    assertThat(members.refresh("S1OPS")).contains(Duration.ZERO);
    assertThat(calls("users.info")).isEqualTo(10);
    assertThat(members.members("S1OPS")).isEmpty();
    assertThat(members.refresh("S1OPS")).isEmpty();
    assertThat(of("S1OPS")).hasSize(15);
  }

  @Test
  void P6_anOldReadingJudgesNoClickThoughSomebodyHasToMendTheApp() {
    slack.groups.put("S1OPS", List.of("U1KIM"));
    read("S1OPS");
    slack.scopes.remove("usergroups:read");

    now = now.plus(Members.USABLE);
    assertThat(members.refresh("S1OPS")).isEmpty();
    now = now.plusSeconds(1);
    assertThat(members.refresh("S1OPS")).isPresent();
    assertThat(of("S1OPS")).as("for the web page").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"no_such_subteam", "subteam_not_found", "plan_upgrade_required"})
  void whereSlackKnowsNoSuchGroupNobodyIsInIt(String error) {
    slack.always("usergroups.users.list", error);

    assertThat(members.refresh("S1OPS")).isEmpty();
    assertThat(members.members("S1OPS")).contains(List.of());
  }

  @Test
  void P6_anAnswerThatNobodyExpectedEmptiesNoGroup() {
    slack.groups.put("S1OPS", List.of("U1KIM"));
    read("S1OPS");
    now = now.plus(Duration.ofMinutes(2));
    slack.always("usergroups.users.list", "team_is_odd");

    read("S1OPS");

    assertThat(of("S1OPS")).hasSize(1);
    assertThat(members.refresh("S1OPS")).isPresent();
    assertThat(api.trouble()).hasValueSatisfying(t -> assertThat(t).contains("team_is_odd"));
  }

  @Test
  void aReadingServesOtherReplicasAndTheNextStartWhileSlackIsAway() {
    slack.groups.put("S1OPS", List.of("U1KIM", "U1BOT"));
    slack.accounts.put("U1BOT", Kit.object().put("is_bot", true));
    read("S1OPS");
    slack.http.weather = () -> Optional.of(Mishap.SERVER_ERROR);
    home = Optional.empty();

    members = another();
    members.recall("S1OPS");

    Identity kim = members.members("S1OPS").orElseThrow().getFirst().who();
    assertThat(kim).isEqualTo(account("U1KIM"));
    assertThat(of("S1OPS"))
        .containsExactly(
            new Membership.Insider(EmailAddress.parse("U1KIM@corp.example")),
            new Membership.Barred(Refusal.BOT));
    assertThat(members.refresh("S1OPS")).as("judges no click in Slack").isPresent();
    assertThat(members.membership(kim)).isEqualTo(new Membership.Unknown());
  }

  @Test
  void whatAnotherReplicaReadIsTakenOverWhenSlackDoesNotAnswerThisOne() {
    slack.groups.put("S1OPS", List.of("U1KIM"));
    read("S1OPS");
    Members other = another();
    slack.groups.put("S1OPS", List.of("U1KIM", "U1LEE"));
    now = now.plus(Duration.ofMinutes(2));
    other.read("S1OPS");
    slack.http.weather = () -> Optional.of(Mishap.SERVER_ERROR);

    assertThat(of("S1OPS")).hasSize(1);
    read("S1OPS");
    assertThat(of("S1OPS")).hasSize(2);
  }

  @Test
  void P6_aReadingOfMoreThanADayAgoNamesNobody() {
    slack.groups.put("S1OPS", List.of("U1KIM"));
    read("S1OPS");
    now = now.plus(Duration.ofHours(24));
    assertThat(of("S1OPS")).hasSize(1);

    now = now.plusSeconds(1);
    assertThat(members.members("S1OPS")).isEmpty();
    members = another();
    members.recall("S1OPS");
    assertThat(members.members("S1OPS")).isEmpty();
  }

  @Test
  void P6_aReadingOfAnotherWorkspaceNamesNobody() {
    slack.groups.put("S1OPS", List.of("U1KIM"));
    read("S1OPS");
    GroupReading ours = readings.last("S1OPS").orElseThrow();
    readings.rows.put("S1OPS", new GroupReading("S1OPS", PARTNER, ours.at(), ours.members()));

    members = another();
    members.recall("S1OPS");
    assertThat(members.members("S1OPS")).isEmpty();
  }

  @Test
  void aStoreThatIsAwayTakesNothingFromWhatIsKnown() {
    slack.groups.put("S1OPS", List.of("U1KIM"));
    readings.away = true;
    read("S1OPS");

    assertThat(of("S1OPS")).hasSize(1);
    slack.http.weather = () -> Optional.of(Mishap.SERVER_ERROR);
    now = now.plus(Duration.ofMinutes(2));
    assertThat(members.refresh("S1OPS")).isPresent();
    assertThat(of("S1OPS")).hasSize(1);
  }

  /** Reads a group as the rounds do, which wait for Slack's rates. */
  private void read(String group) {
    Optional<Duration> wait = members.read(group);
    while (wait.isPresent()) {
      now = now.plus(wait.get());
      wait = members.read(group);
    }
  }
}
