package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.card.SurfaceTrouble;
import dev.postern.card.Troubles;
import dev.postern.fake.Mishap;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TroublesTest {
  private volatile Instant now = SlackRoom.NOW;
  private final FakeSlack slack = new FakeSlack();
  private final WebApi api = new WebApi(slack.settings(), () -> now);

  @AfterEach
  void close() {
    api.close();
    slack.close();
  }

  private void askInVain() {
    assertThat(
            catchThrowableOfType(
                SurfaceTrouble.class,
                () -> new Messages(api).permalink(FakeSlack.CHANNEL, "1795503800.000001")))
        .isNotNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"SERVER_ERROR", "RESET"})
  void aFaultThatPassesIsForgottenThoughNobodyCallsThatMethodAgain(Mishap mishap) {
    slack.http.order("chat.getPermalink", mishap);
    askInVain();
    now = now.plus(Troubles.PASSING).minusSeconds(1);
    assertThat(api.trouble()).hasValueSatisfying(t -> assertThat(t).contains("chat.getPermalink"));

    now = now.plusSeconds(1);
    assertThat(api.trouble()).isEmpty();
  }

  @Test
  void aFaultThatSomebodyHasToMendStaysUntilItIsMended() throws SurfaceTrouble {
    slack.refuse("auth.test", "token_revoked");
    assertThat(catchThrowableOfType(SurfaceTrouble.class, api::workspace)).isNotNull();
    now = now.plus(Troubles.PASSING.multipliedBy(1000));
    assertThat(api.trouble()).hasValueSatisfying(t -> assertThat(t).contains("slack.bot-token"));

    api.workspace();
    assertThat(api.trouble()).isEmpty();
  }

  @Test
  void aFaultThatGoesOnIsToldForAsLongAsItDoes() {
    for (int i = 0; i < 3; i++) {
      slack.http.order("chat.getPermalink", Mishap.SERVER_ERROR);
      askInVain();
      now = now.plus(Troubles.PASSING).minusSeconds(1);
      assertThat(api.trouble()).isPresent();
    }
  }
}
