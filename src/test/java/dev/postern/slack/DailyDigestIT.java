package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.Accounts;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.DayBook;
import dev.postern.approval.DayBook.Claim;
import dev.postern.approval.Decision;
import dev.postern.card.DailyDigest;
import dev.postern.card.DigestPlan;
import dev.postern.card.Pauses;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.card.Surfaces;
import dev.postern.fake.Mishap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DailyDigestIT {
  private static final DayBook.Day BUSY =
      new DayBook.Day(
          12,
          List.of(
              ended(new Choice.ReleaseAll(), Decision.By.PEOPLE, "Kim <!channel> Park", 200),
              ended(new Choice.Discard(), Decision.By.PEOPLE, "Noor Haddad", 400),
              ended(new Choice.ReleaseAll(), Decision.By.RULE, "known partner", 3)),
          2,
          1,
          5,
          List.of(
              new DayBook.Waiting(
                  new CaseId("PN-7F3K-2QXD"), Instant.parse("2026-11-23T10:00:00Z"))));

  private static final Pattern CHANNELS = Pattern.compile("[CG][A-Z0-9]{6,20}");

  private final FakeSlack slack = new FakeSlack();
  private volatile Instant now = Instant.parse("2026-11-24T07:00:30Z"); // 08:00:30 in Berlin
  private final WebApi api = new WebApi(slack.settings(), () -> now);
  private final Book book = new Book();
  private final Channels channels = new Channels(api, () -> now);
  private final Pauses pauses = new Surfaces(List.of(), new Random(1)).pauses();
  private Workspace home = home(Set.of("groups:history"));
  private final SlackSurface surface =
      new SlackSurface(api, channels, Accounts.NONE, () -> Optional.of(home));

  private static DayBook.Ended ended(Choice choice, Decision.By by, String because, long after) {
    Instant since = Instant.parse("2026-11-23T12:00:00Z");
    return new DayBook.Ended(new Decision(choice, by, because, since.plusSeconds(after)), since);
  }

  /** One row for each day, as the store has it; shared by all replicas of a test. */
  private static final class Book implements DayBook {
    final Map<String, Instant> claimed = new HashMap<>();
    final Set<String> told = new HashSet<>();
    DayBook.Day day = BUSY;

    /** The next step after which the process dies. */
    String dies = "";

    @Override
    public Claim claim(String channel, LocalDate date, Instant now, Instant stale) {
      String key = channel + date;
      Instant begun = claimed.get(key);
      if (told.contains(key)) {
        return Claim.TOLD;
      }
      if (begun != null && begun.isAfter(stale)) {
        return Claim.BUSY;
      }
      claimed.put(key, now);
      die("claim");
      return begun == null ? Claim.MINE : Claim.DOUBTED;
    }

    @Override
    public void told(String channel, LocalDate date) {
      die("post");
      told.add(channel + date);
    }

    private void die(String step) {
      if (dies.equals(step)) {
        dies = "";
        throw new Killed();
      }
    }

    @Override
    public void giveBack(String channel, LocalDate date) {
      claimed.remove(channel + date);
    }

    @Override
    public DayBook.Day between(Instant from, Instant to) {
      assertThat(from).isEqualTo(Instant.parse("2026-11-23T07:00:00Z"));
      return day;
    }
  }

  /** The process is gone before its next step. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static Workspace home(Set<String> scopes) {
    return new Workspace(FakeSlack.TEAM, "", FakeSlack.APP, "B0POSTERN1", scopes);
  }

  @BeforeEach
  void open() {
    slack.scopes.add("groups:history");
    slack.messages.clock = () -> now;
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
  }

  private DailyDigest replica(String plan) {
    return new DailyDigest(
        DigestPlan.parse(plan, CHANNELS).orElseThrow(), book, surface, pauses, () -> now);
  }

  private DailyDigest replica() {
    return replica("C0MAILOPS1 08:00 Europe/Berlin");
  }

  @Test
  void theDayIsToldOnceHoweverManyReplicasLookHoweverOften() {
    DailyDigest one = replica();
    DailyDigest other = replica();
    one.look();
    other.look();
    one.look();
    replica().look(); // after a restart

    assertThat(slack.messages.all()).hasSize(1);
    String message = slack.messages.all().getFirst().blocks().toString();
    assertThat(message)
        .contains("The day until 24 Nov 2026", "2, of these 1 by people", "1, of these 1 by people")
        .contains("6 min 40 s", "known partner", "Noor Haddad", "Waiting: 5")
        .contains("Open PN-7F3K-2QXD");
    assertThat(BlockKitRules.ofMessage(slack.messages.all().getFirst().blocks())).isEmpty();
  }

  @Test
  void P13_namesAreQuoted() {
    replica().look();

    assertThat(slack.messages.all().getFirst().blocks().findParents("code")).isNotEmpty();
    assertThat(slack.messages.all().getFirst().text()).doesNotContain("channel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-24T06:59:59Z", "2026-11-24T09:00:00Z", "2026-11-24T23:30:00Z"})
  void beforeItsTimeAndLongAfterNothingIsTold(String at) {
    now = Instant.parse(at);
    replica().look();

    assertThat(slack.messages.all()).isEmpty();
    assertThat(book.claimed).isEmpty();
  }

  @Test
  void aDayWithNothingIsToldOnlyWhereThatIsAskedFor() {
    book.day = new DayBook.Day(0, List.of(), 0, 0, 0, List.of());
    replica().look();
    assertThat(slack.messages.all()).isEmpty();

    book.claimed.clear();
    book.told.clear();
    replica("C0MAILOPS1 08:00 Europe/Berlin always").look();
    assertThat(slack.messages.all()).hasSize(1);
  }

  @Test
  void aRuleInShadowIsToldOfOnce_onceSlackTookIt() {
    book.day = new DayBook.Day(0, List.of(), 0, 0, 0, List.of());
    ToldShadows shadows = new ToldShadows(Instant.parse("2026-11-01T00:00:00Z"));
    DailyDigest digest = replica().with(shadows.news());
    slack.http.order("chat.postMessage", Mishap.RATE_LIMITED);
    digest.look();
    assertThat(shadows.told).isEmpty();
    now = now.plusSeconds(60);
    digest.look();

    assertThat(slack.messages.all()).hasSize(1);
    assertThat(slack.messages.all().getFirst().blocks().toString())
        .contains("Rules in shadow", "lets", "would have settled 7 (release)");
    assertThat(BlockKitRules.ofMessage(slack.messages.all().getFirst().blocks())).isEmpty();
    assertThat(shadows.told).containsOnlyKeys("lets");
  }

  @Test
  void whatSlackDidNotTakeIsTriedAgain() {
    DailyDigest digest = replica();
    slack.http.order("chat.postMessage", Mishap.RATE_LIMITED);
    digest.look();
    assertThat(slack.messages.all()).isEmpty();

    now = now.plusSeconds(60);
    digest.look();
    assertThat(slack.messages.all()).hasSize(1);
  }

  @Test
  void P6_nothingIsToldWhereAnotherFirmReadsAlongUntilItDoesNot() {
    slack.channels.put(FakeSlack.CHANNEL, Kit.object().put("is_ext_shared", true));
    DailyDigest digest = replica();
    digest.look();
    assertThat(slack.messages.all()).isEmpty();
    assertThat(book.claimed).isEmpty();

    slack.channels.clear();
    now = now.plus(Duration.ofMinutes(11));
    digest.look();
    assertThat(slack.messages.all()).hasSize(1);
  }

  @Test
  void aDigestThatCouldNotBeWrittenIsToldByTheNextLook() {
    book.day = new DayBook.Day(1, List.of(broken()), 0, 0, 0, List.of());
    DailyDigest digest = replica();
    assertThatThrownBy(digest::look).isInstanceOf(RuntimeException.class);

    book.day = BUSY;
    digest.look();
    assertThat(slack.messages.all()).hasSize(1);
  }

  @SuppressWarnings("NullAway") // stands for any fault of ours while the digest is written
  private static DayBook.Ended broken() {
    return new DayBook.Ended(null, Instant.EPOCH);
  }

  @Test
  void whatSlackMayHaveTakenIsLookedForAndNotToldTwice() {
    DailyDigest digest = replica();
    slack.http.order("chat.postMessage", Mishap.LOST_ANSWER);
    digest.look();
    for (int minute = 0; minute < 5; minute++) {
      now = now.plusSeconds(60);
      digest.look();
      replica().look();
    }

    assertThat(slack.messages.all()).hasSize(1);
    assertThat(slack.methods()).contains("conversations.history");
  }

  @Test
  void whatNeverReachedSlackIsToldAfterALook() {
    DailyDigest digest = replica();
    slack.http.order("chat.postMessage", Mishap.RESET);
    digest.look();
    assertThat(slack.messages.all()).isEmpty();
    minutes(digest, 5);

    assertThat(slack.messages.all()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claim", "post"})
  void aReplicaThatIsKilledBetweenItsClaimAndItsEndLosesNoDigestAndTellsNoneTwice(String step) {
    book.dies = step;
    assertThatThrownBy(replica()::look).isInstanceOf(Killed.class);
    int before = slack.messages.all().size();
    assertThat(before).isEqualTo(step.equals("claim") ? 0 : 1);

    DailyDigest other = replica();
    now = now.plusSeconds(10);
    other.look();
    assertThat(slack.messages.all()).as("it may live still").hasSize(before);
    minutes(other, 3);

    assertThat(slack.messages.all()).hasSize(1);
    assertThat(book.told).hasSize(1);
  }

  @Test
  void withoutTheScopeToLookNothingIsToldTwice() {
    home = home(Set.of());
    book.dies = "post";
    assertThatThrownBy(replica()::look).isInstanceOf(Killed.class);
    minutes(replica(), 5);

    assertThat(slack.messages.all()).hasSize(1);
    assertThat(slack.methods()).doesNotContain("conversations.history");
  }

  @Test
  void aPauseOfItsChannelIsHeeded() {
    CardPlace place = new CardPlace("slack", FakeSlack.CHANNEL);
    SurfaceTrouble busy = new SurfaceTrouble(Kind.AWAY, "429", Duration.ofMinutes(4));
    Duration pause = pauses.trouble(place, busy, now, now);
    DailyDigest digest = replica();
    digest.look();
    assertThat(slack.calls()).isEmpty();

    now = now.plus(pause);
    digest.look();
    assertThat(slack.messages.all()).hasSize(1);
  }

  private void minutes(DailyDigest digest, int many) {
    for (int i = 0; i < many; i++) {
      now = now.plusSeconds(60);
      digest.look();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "08:00",
        "C0MAILOPS1 8:00 UTC",
        "C0MAILOPS1 24:00 UTC",
        "C0MAILOPS1 08:60 UTC",
        "mail-oncall 08:00 UTC",
        "C0MAILOPS1 08:00 Europe/Berlim",
        "C0MAILOPS1 08:00",
        "C0MAILOPS1 08:00 UTC never"
      })
  void aPlanThatIsNoneIsNone(String text) {
    assertThat(DigestPlan.parse(text, CHANNELS)).isEmpty();
  }
}
