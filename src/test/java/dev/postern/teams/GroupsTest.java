package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Accounts.Member;
import dev.postern.approval.GroupReading;
import dev.postern.approval.Identity;
import dev.postern.approval.Refusal;
import dev.postern.fake.Mishap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is in the groups of a policy: rosters of Teams, and groups of Entra. */
class GroupsTest extends OnGroups {
  @ParameterizedTest
  @ValueSource(strings = {OPS, ENTRA})
  void aGroupIsUnknownUntilItWasReadWhole(String group) {
    room.graph.permissions.add("User.Read.All");
    assertThat(groups.members(group)).isEmpty();

    assertThat(groups.refresh(group)).isEmpty();

    assertThat(groups.members(group).orElseThrow())
        .containsExactly(new Member(new Identity("teams", FakeEntra.TENANT, KIM), INSIDER));
    assertThat(rows.rows).containsKey(group);
    assertThat(room.faults()).isEmpty();
  }

  @Test
  void P6_guestsAnonymousUsersAndOtherTenantsInARosterNeverCount() {
    room.teams.places.member(OPS, "29:Guest", LEE, "guest");
    room.teams.places.member(OPS, "29:Anonymous", "", "anonymous");
    room.teams.places.member(OPS, "29:Partner", id(3), "user").put("tenantId", id(9));
    room.teams.places.member(OPS, "29:Untold", id(4), "user").remove("tenantId");
    room.teams.places.member(OPS, "29:Bot", id(5), "bot");

    groups.refresh(OPS);

    assertThat(told(OPS))
        .containsOnly(
            Map.entry(KIM, INSIDER),
            Map.entry(LEE, barred(Refusal.GUEST)),
            Map.entry(id(3), barred(Refusal.STRANGER)),
            Map.entry(id(4), barred(Refusal.STRANGER)),
            Map.entry(id(5), barred(Refusal.STRANGER)));
  }

  @Test
  void P6_whoStandsTwiceInASharedChannelCountsByTheWorse() {
    room.teams.places.member(OPS, "29:KimByAnotherTeam", KIM, "guest");

    groups.refresh(OPS);

    assertThat(told(OPS)).containsOnly(Map.entry(KIM, barred(Refusal.GUEST)));
  }

  @Test
  void everyPageOfARosterIsRead() {
    for (int i = 100; i < 700; i++) {
      room.teams.places.member(OPS, "29:Member" + i, id(i), "user");
    }

    assertThat(groups.refresh(OPS)).isEmpty();

    assertThat(told(OPS)).hasSize(601);
  }

  @Test
  void P6_aPageThatFailsMakesNoReadingOfAPart() {
    for (int i = 100; i < 700; i++) {
      room.teams.places.member(OPS, "29:Member" + i, id(i), "user");
    }
    room.teams.http.weather =
        () ->
            room.teams.http.asks.size() == 2 ? Optional.of(Mishap.SERVER_ERROR) : Optional.empty();

    assertThat(groups.refresh(OPS)).isPresent();

    assertThat(groups.members(OPS)).isEmpty();
  }

  @Test
  void P6_whoseAccountEntraDoesNotDescribeIsAskedOfTheRosterWhereCardsStand() {
    room.graph.member(ENTRA, LEE);
    room.graph.member(ENTRA, id(3));
    room.teams.places.member(TeamsRoom.TEAM, "29:Kim", KIM, "user");
    room.teams.places.member(TeamsRoom.TEAM, "29:Lee", LEE, "guest");

    assertThat(groups.refresh(ENTRA)).isEmpty();

    assertThat(told(ENTRA))
        .containsOnly(
            Map.entry(KIM, INSIDER),
            Map.entry(LEE, barred(Refusal.GUEST)),
            Map.entry(id(3), barred(Refusal.STRANGER)));
    assertThat(room.faults()).isEmpty();
  }

  @Test
  void P6_whoLeftEveryTeamCountsInAGroupOfEntraForNoLongerThanAnHour() {
    room.teams.places.member(TeamsRoom.TEAM, "29:Kim", KIM, "user");
    groups.refresh(ENTRA);
    room.teams.places.leaves(TeamsRoom.TEAM, "29:Kim");
    room.ours.now = room.ours.now.plus(Duration.ofMinutes(59));
    groups.refresh(ENTRA);
    assertThat(told(ENTRA)).containsOnly(Map.entry(KIM, INSIDER));

    room.ours.now = room.ours.now.plus(Duration.ofMinutes(2));
    assertThat(groups.refresh(ENTRA)).isEmpty();
    assertThat(told(ENTRA)).containsOnly(Map.entry(KIM, barred(Refusal.STRANGER)));
  }

  @Test
  void whoIsMetInTheChannelsIsNotAskedAboutAgainForAGroupOfEntra() {
    room.teams.places.member(TeamsRoom.TEAM, "29:Kim", KIM, "user");
    room.graph.member(ENTRA, LEE);
    groups.refresh(ENTRA);
    room.ours.now = room.ours.now.plus(Duration.ofMinutes(59));
    room.teams.places.member(TeamsRoom.TEAM, "29:Lee", LEE, "user");
    room.members.meet();
    room.ours.now = room.ours.now.plus(Duration.ofMinutes(2));
    long asked = asksOfMembers();

    groups.refresh(ENTRA);

    assertThat(told(ENTRA)).containsOnly(Map.entry(KIM, INSIDER), Map.entry(LEE, INSIDER));
    assertThat(asksOfMembers()).isEqualTo(asked);
  }

  /** Or a large group would stand unread each hour, for people of whom none can vote. */
  @Test
  void whoIsInNoTeamIsAskedAboutOnce() {
    room.graph.leaves(ENTRA, KIM);
    room.graph.member(ENTRA, LEE);
    groups.refresh(ENTRA);
    long asked = asksOfMembers();
    room.ours.now = room.ours.now.plus(Duration.ofHours(2));

    groups.refresh(ENTRA);

    assertThat(told(ENTRA)).containsOnly(Map.entry(LEE, barred(Refusal.STRANGER)));
    assertThat(asksOfMembers()).isEqualTo(asked);
  }

  private long asksOfMembers() {
    return room.teams.http.errands().stream().filter("member"::equals).count();
  }

  @Test
  void P6_whatTheDirectorySaysOfGuestsAndAccountsThatAreOffIsHeeded() {
    room.graph.permissions.add("User.Read.All");
    room.graph.member(ENTRA, LEE).put("userType", "Guest");
    room.graph.member(ENTRA, id(3)).put("userPrincipalName", "a_b.example#EXT#@corp.example");
    room.graph.member(ENTRA, id(4)).put("accountEnabled", false);

    groups.refresh(ENTRA);

    assertThat(told(ENTRA))
        .containsOnly(
            Map.entry(KIM, INSIDER),
            Map.entry(LEE, barred(Refusal.GUEST)),
            Map.entry(id(3), barred(Refusal.GUEST)),
            Map.entry(id(4), barred(Refusal.DEACTIVATED)));
    assertThat(room.teams.http.asks).as("nobody has to be asked about").isEmpty();
  }

  @Test
  void P6_aRosterThatIsSilentAboutSomebodyLeavesTheGroupUnread() {
    room.teams.http.always("member", Mishap.UNAVAILABLE);

    assertThat(groups.refresh(ENTRA)).isPresent();
    assertThat(groups.members(ENTRA)).isEmpty();
  }

  @Test
  void aLargeGroupIsReadAtOnceForNobodyIsAskedAboutWhomTheSettingsDoNotName() {
    for (int i = 100; i < 1000; i++) {
      room.graph.member(ENTRA, id(i));
    }

    assertThat(groups.refresh(ENTRA)).isEmpty();

    assertThat(told(ENTRA))
        .hasSize(901)
        .containsEntry(KIM, INSIDER)
        .containsEntry(id(100), barred(Refusal.STRANGER));
    assertThat(room.teams.http.errands()).containsOnly("member");
    assertThat(room.teams.http.asks).as("of Kim, in two places").hasSizeLessThan(3);
  }

  @Test
  void manyOfWhomNothingIsKnownAreAskedAboutInSeveralGoes() {
    sixtyOfTheSettings();

    assertThat(groups.refresh(ENTRA)).isPresent();
    assertThat(groups.members(ENTRA)).isEmpty();

    room.ours.now = room.ours.now.plusSeconds(30);
    assertThat(groups.refresh(ENTRA)).isEmpty();
    assertThat(told(ENTRA)).hasSize(61);
  }

  @Test
  void P6_whoIsTakenOutDoesNotCountFromTheNextPressThatIsAMinuteLater() {
    groups.refresh(OPS);
    room.teams.places.leaves(OPS, "29:Kim");
    room.ours.now = room.ours.now.plusSeconds(59);
    groups.refresh(OPS);
    assertThat(told(OPS)).containsKey(KIM);

    room.ours.now = room.ours.now.plusSeconds(2);
    groups.refresh(OPS);
    assertThat(told(OPS)).isEmpty();
  }

  @Test
  void P6_anOldReadingJudgesNoPressThoughSomebodyHasToMendThatThereIsNoNewOne() {
    groups.refresh(OPS);
    room.teams.places.mood(OPS, TeamsPlaces.Mood.REMOVED);
    room.ours.now = room.ours.now.plus(Duration.ofMinutes(2));
    assertThat(groups.refresh(OPS)).as("read two minutes ago").isEmpty();

    room.ours.now = room.ours.now.plus(Duration.ofMinutes(4));
    assertThat(groups.refresh(OPS)).isPresent();
    assertThat(groups.members(OPS)).as("names people for a day").isPresent();
    assertThat(groups.trouble().orElseThrow())
        .contains(OPS, "BotNotInConversationRoster", "add the app Postern");

    room.teams.places.mood(OPS, TeamsPlaces.Mood.FINE);
    assertThat(groups.refresh(OPS)).isEmpty();
    assertThat(groups.trouble()).isEmpty();
  }

  @Test
  void aReadingOfAnotherProcessNamesPeopleForADay() {
    groups.refresh(OPS);
    room.teams.http.always("members", Mishap.SERVER_ERROR);
    groups = room.groups(true);
    groups.recall(OPS);
    assertThat(told(OPS)).containsKey(KIM);

    room.ours.now = room.ours.now.plus(GroupReading.USABLE).plusSeconds(1);
    assertThat(groups.members(OPS)).isEmpty();
  }

  @Test
  void P6_aReadingOfAnotherTenantNamesNobody() {
    rows.keep(
        new GroupReading(
            OPS,
            id(9),
            room.ours.now,
            List.of(new GroupReading.Member(KIM, Optional.empty(), Optional.empty()))));
    groups.recall(OPS);

    assertThat(groups.members(OPS)).isEmpty();
  }
}
