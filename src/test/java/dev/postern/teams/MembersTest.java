package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.approval.Refusal;
import dev.postern.approval.Testimony.Absence;
import dev.postern.card.Unreachable;
import dev.postern.fake.Mishap;
import dev.postern.mail.EmailAddress;
import dev.postern.teams.TeamsPlaces.Mood;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who counts in Teams, and who does not. */
class MembersTest {
  private static final Membership FULL = new Membership.Insider(Optional.empty());

  private final TeamsRoom room = new TeamsRoom();
  private final Members members = room.members;

  @AfterEach
  void close() {
    room.close();
  }

  private static Identity account(String user) {
    return new Identity("teams", FakeEntra.TENANT, user);
  }

  private Membership asked(String user) {
    assertThat(members.refresh(account(user))).isEmpty();
    return members.membership(account(user));
  }

  private long asks() {
    return room.teams.http.errands().stream().filter("member"::equals).count();
  }

  @Test
  void aFullMemberOfATeamCounts() {
    assertThat(members.membership(account(TeamsRoom.KIM))).isEqualTo(new Membership.Unknown());

    assertThat(asked(TeamsRoom.KIM)).isEqualTo(FULL);
    assertThat(members.home()).contains(FakeEntra.TENANT);
  }

  @ParameterizedTest
  @CsvSource({"guest, GUEST", "Guest, GUEST", "anonymous, STRANGER", "'', STRANGER"})
  void P6_whoIsNoFullMemberNeverCounts(String role, Refusal why) {
    room.teams.places.member(TeamsRoom.TEAM, "29:Kim", TeamsRoom.KIM, role);

    assertThat(asked(TeamsRoom.KIM)).isEqualTo(new Membership.Barred(why));
  }

  @Test
  void P6_whoIsInNoneOfThePlacesNeverCounts() {
    assertThat(asked(TeamsRoom.OUTSIDE)).isEqualTo(new Membership.Barred(Refusal.STRANGER));
  }

  @Test
  void whoIsInOneOfThePlacesCounts() {
    room.teams.places.member(TeamsRoom.CHAT, "29:Out", TeamsRoom.OUTSIDE, "user");

    assertThat(asked(TeamsRoom.OUTSIDE)).isEqualTo(FULL);
  }

  @Test
  void whoeverTeamsDoesNotNameIsNotAskedAboutAndUnknown() {
    assertThat(members.refresh(account(""))).isEmpty();

    assertThat(members.membership(account(""))).isEqualTo(new Membership.Unknown());
    assertThat(asks()).isZero();
  }

  @Test
  void nobodyIsAskedAboutTwiceWithinAMinuteAndWhoLeftCountsNoLongerThanThat() {
    asked(TeamsRoom.KIM);
    room.teams.places.leaves(TeamsRoom.TEAM, "29:Kim");
    room.now = room.now.plus(Members.FRESH);
    assertThat(asked(TeamsRoom.KIM)).isEqualTo(FULL);
    assertThat(asks()).isEqualTo(1);

    room.now = room.now.plusSeconds(1);
    assertThat(asked(TeamsRoom.KIM)).isEqualTo(new Membership.Barred(Refusal.STRANGER));
  }

  @Test
  void P6_whileTeamsDoesNotAnswerWhatIsOldServesForFiveMinutesAndNoLonger() {
    asked(TeamsRoom.KIM);
    room.teams.http.always("member", Mishap.UNAVAILABLE);
    room.now = room.now.plus(Members.USABLE).minusSeconds(1);
    assertThat(members.refresh(account(TeamsRoom.KIM))).isPresent();
    assertThat(members.membership(account(TeamsRoom.KIM))).isEqualTo(FULL);

    room.now = room.now.plusSeconds(2);
    assertThat(members.refresh(account(TeamsRoom.KIM))).isPresent();
    assertThat(members.membership(account(TeamsRoom.KIM))).isEqualTo(new Membership.Unknown());

    room.teams.http.mend("member");
    room.now = room.now.plusSeconds(7);
    assertThat(asked(TeamsRoom.KIM)).isEqualTo(FULL);
  }

  @Test
  void whereTeamsAsksToBeLeftAloneThePressWaitsAsLong() {
    room.teams.http.always("member", Mishap.RATE_LIMITED);

    assertThat(members.refresh(account(TeamsRoom.KIM))).contains(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @EnumSource(
      value = Mood.class,
      names = {"REMOVED", "DISABLED", "BLOCKED"})
  void P6_whereTheAppIsNotLetInNobodyWaitsAndNobodyCounts(Mood mood) {
    room.teams.places.mood(TeamsRoom.TEAM, mood);

    assertThat(asked(TeamsRoom.KIM)).isEqualTo(new Membership.Unknown());
  }

  @Test
  void P6_aPlaceThatDoesNotAnswerMakesNobodyAStranger() {
    room.teams.http.order("member", Mishap.UNAVAILABLE); // the first of two

    assertThat(members.refresh(account(TeamsRoom.KIM))).isPresent();

    assertThat(members.membership(account(TeamsRoom.KIM))).isEqualTo(new Membership.Unknown());
  }

  @Test
  void aPlaceThatDoesNotAnswerIsNotMissedWhereAnotherKnowsThem() {
    room.teams.places.member(TeamsRoom.CHAT, "29:Kim", TeamsRoom.KIM, "user");
    room.teams.http.order("member", Mishap.UNAVAILABLE);

    assertThat(asked(TeamsRoom.KIM)).isEqualTo(FULL);
  }

  @Test
  void P6_addressesOfADirectoryProveNothing() {
    EmailAddress address = EmailAddress.parse("kim@corp.example").orElseThrow();
    asked(TeamsRoom.KIM);

    assertThat(room.accounts().refresh(address)).isEmpty();
    assertThat(room.accounts().owner(address)).isEmpty();
  }

  @Test
  void whoIsMetIsWrittenToByTheNameThatTeamsGave() throws Exception {
    assertThat(members.seat(TeamsRoom.KIM)).isEqualTo(new Members.Seat(room.teams.url(), "29:Kim"));
    assertThat(members.nameOf(TeamsRoom.KIM)).contains("29:Kim");
    assertThat(members.nameOf(TeamsRoom.NOOR)).isEmpty();
  }

  @Test
  void guestsAndStrangersGetNoPrivateMessage() {
    assertThat(unreachable(TeamsRoom.GUEST)).isEqualTo(Absence.GUEST);
    assertThat(unreachable(TeamsRoom.OUTSIDE)).isEqualTo(Absence.STRANGER);
  }

  private Absence unreachable(String user) {
    return catchThrowableOfType(Unreachable.class, () -> members.seat(user)).why();
  }

  @Test
  void allWhoAreThereAreMetPageByPage() {
    for (int i = 0; i < 700; i++) {
      room.teams.places.member(TeamsRoom.TEAM, "29:P" + i, user(i), "user");
    }

    members.meet();

    assertThat(members.nameOf(TeamsRoom.KIM)).contains("29:Kim");
    assertThat(members.nameOf(user(699))).contains("29:P699");
    assertThat(members.membership(account(TeamsRoom.GUEST)))
        .isEqualTo(new Membership.Barred(Refusal.GUEST));
  }

  @Test
  void P16_inATeamOfThousandsNotEverybodyIsMet() {
    for (int i = 0; i < 2_100; i++) {
      room.teams.places.member(TeamsRoom.TEAM, "29:P" + i, user(i), "user");
    }

    members.meet();

    assertThat(room.teams.http.errands().stream().filter("members"::equals))
        .as("four pages of the team, one of the chat")
        .hasSize(5);
    assertThat(members.nameOf(user(2_099))).isEmpty();
    assertThat(asked(user(2_099))).as("they are met when they press").isEqualTo(FULL);
  }

  private static String user(int number) {
    return "00000000-0000-4000-8000-%012d".formatted(number);
  }

  @Test
  void aPlaceThatIsClosedKeepsNobodyFromBeingMetElsewhere() {
    room.teams.places.mood(TeamsRoom.TEAM, Mood.REMOVED);
    room.teams.places.member(TeamsRoom.CHAT, "29:Out", TeamsRoom.OUTSIDE, "user");

    members.meet();

    assertThat(members.nameOf(TeamsRoom.KIM)).isEmpty();
    assertThat(members.nameOf(TeamsRoom.OUTSIDE)).contains("29:Out");
  }

  @Test
  void whoHasNoIdInTheDirectoryIsPassedOver() {
    room.teams.places.member(TeamsRoom.TEAM, "29:Nameless", "", "user");

    members.meet();

    assertThat(members.nameOf("")).isEmpty();
  }
}
