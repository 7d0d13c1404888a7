package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.approval.Refusal;
import dev.postern.fake.Mishap;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which accounts of Slack count. */
class MembersTest extends OnMembers {
  private Membership learn(Identity who) {
    assertThat(members.refresh(who)).isEmpty();
    return members.membership(who);
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

    assertThat(learn(new Identity("slack", PARTNER, "U1EVE")))
        .isEqualTo(new Membership.Outsider(PARTNER));
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
}
