package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.fake.Mishap;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups that cannot be read, or not now. */
class GroupsTroubleTest extends OnGroups {
  @Test
  void aRosterOfMoreThanAThousandIsNoGroupAndReadinessSaysSo() {
    for (int i = 100; i < 1101; i++) {
      room.teams.places.member(OPS, "29:Member" + i, id(i), "user");
    }

    assertThat(groups.refresh(OPS)).isPresent();

    assertThat(groups.members(OPS)).isEmpty();
    assertThat(groups.trouble().orElseThrow())
        .contains(OPS, "more than 1000 members", "name a smaller one");
  }

  @ParameterizedTest
  @CsvSource({OPS + ", ConversationNotFound", ENTRA + ", Request_ResourceNotFound"})
  void nobodyIsInAGroupThatIsNotThereAndReadinessSaysSo(String group, String word) {
    room.teams.places.mood(OPS, TeamsPlaces.Mood.DELETED);
    room.graph.deleted(ENTRA);

    assertThat(groups.refresh(group)).isEmpty();

    assertThat(told(group)).isEmpty();
    assertThat(groups.trouble().orElseThrow()).contains(group, word);
  }

  @Test
  void missingConsentIsSaidOfTheGroup() {
    room.graph.permissions.clear();

    assertThat(groups.refresh(ENTRA)).isPresent();

    assertThat(groups.trouble().orElseThrow()).contains(ENTRA, "GroupMember.Read.All");
  }

  @ParameterizedTest
  @ValueSource(strings = {OPS, ENTRA})
  void microsoftIsLeftAloneAsLongAsItAsks(String group) {
    room.teams.http.order("members", Mishap.RATE_LIMITED);
    room.graph.http.order(FakeGraph.MEMBERS, Mishap.RATE_LIMITED);

    assertThat(groups.refresh(group)).contains(Duration.ofSeconds(7));
    int asks = room.asks();
    room.ours.now = room.ours.now.plusSeconds(6);
    assertThat(groups.refresh(group)).isPresent();
    assertThat(room.asks()).isEqualTo(asks);

    room.ours.now = room.ours.now.plusSeconds(1);
    assertThat(groups.refresh(group)).isEmpty();
  }

  @Test
  void whoAsksToBeLeftAloneSilencesNobodyElse() {
    room.graph.http.order(FakeGraph.MEMBERS, Mishap.RATE_LIMITED);
    assertThat(groups.refresh(ENTRA)).isPresent();
    assertThat(groups.refresh(OPS)).as("Teams is not Graph").isEmpty();

    room.ours.now = room.ours.now.plus(Duration.ofMinutes(2));
    room.teams.http.order("members", Mishap.RATE_LIMITED);
    assertThat(groups.refresh(OPS)).isPresent();
    assertThat(groups.refresh(ENTRA)).as("Graph is not Teams").isEmpty();
  }

  @Test
  void aGroupOfWhichNotAllWereAskedAboutYetSilencesNoOther() {
    sixtyOfTheSettings();
    room.graph.group(id(7));

    assertThat(groups.refresh(ENTRA)).isPresent();

    assertThat(groups.refresh(id(7))).isEmpty();
  }

  /** A proxy that knows no such page, say; Graph's and Teams' own words name what is missing. */
  @ParameterizedTest
  @ValueSource(strings = {OPS, ENTRA})
  void P6_aPageThatIsNotThereEmptiesNoGroup(String group) {
    groups.refresh(group);
    room.teams.http.always("members", 404, "");
    room.graph.http.always(FakeGraph.MEMBERS, 404, "");
    room.ours.now = room.ours.now.plus(Duration.ofMinutes(2));

    groups.refresh(group);

    assertThat(told(group)).containsKey(KIM);
    assertThat(groups.trouble().orElseThrow()).contains(group, "404");
  }

  @Test
  void withoutGraphNoGroupOfEntraIsRead() {
    groups = room.groups(false);

    assertThat(groups.refresh(ENTRA)).isPresent();

    assertThat(groups.members(ENTRA)).isEmpty();
    assertThat(room.graph.http.asks).isEmpty();
  }

  @Test
  void aStoreThatIsAwayCostsNothingButTheMemoryOfTheOthers() {
    rows.away = true;

    assertThat(groups.refresh(OPS)).isEmpty();
    assertThat(told(OPS)).containsKey(KIM);
  }
}
