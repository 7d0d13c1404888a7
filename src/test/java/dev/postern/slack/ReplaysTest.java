package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.slack.Replays.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplaysTest {
  private Instant now = SlackRoom.NOW;
  private final Replays replays = new Replays(() -> now);

  @Test
  void aSignatureIsTakenOnce() {
    assertThat(replays.take("v0=a")).isEqualTo(Verdict.FIRST);
    assertThat(replays.take("v0=a")).isEqualTo(Verdict.AGAIN);
    assertThat(replays.take("v0=b")).isEqualTo(Verdict.FIRST);
  }

  @Test
  void itIsRememberedAsLongAsItWouldBeBelieved() {
    replays.take("v0=a");
    now = now.plus(RequestCheck.TOLERANCE.multipliedBy(2));
    assertThat(replays.take("v0=a")).isEqualTo(Verdict.AGAIN);

    now = now.plusSeconds(1);
    assertThat(replays.take("v0=a")).isEqualTo(Verdict.FIRST);
  }

  @Test
  void whatFailedMayComeAgain() {
    replays.take("v0=a");
    replays.forget("v0=a");

    assertThat(replays.take("v0=a")).isEqualTo(Verdict.FIRST);
  }

  @Test
  void P16_theTableIsBoundedAndTakesRequestsAgainWhenOthersAreOld() {
    for (int i = 0; i < Replays.MOST; i++) {
      assertThat(replays.take("v0=" + i)).isEqualTo(Verdict.FIRST);
    }
    assertThat(replays.take("v0=more")).isEqualTo(Verdict.TOO_MANY);
    assertThat(replays.take("v0=0")).isEqualTo(Verdict.AGAIN);

    now = now.plusSeconds(601);
    assertThat(replays.take("v0=more")).isEqualTo(Verdict.FIRST);
  }
}
