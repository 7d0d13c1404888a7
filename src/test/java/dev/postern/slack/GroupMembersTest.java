package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Accounts.Member;
import dev.postern.approval.GroupReading;
import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.approval.Refusal;
import dev.postern.fake.Mishap;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is in a user group of Slack. */
class GroupMembersTest extends OnMembers {
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
