package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Replays;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signed requests are taken once, whoever asks, on any store. */
abstract class ReplayContract extends OnAWorld {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private boolean take(String signature) {
    return world.store().replays().take(signature, world.now.plus(TEN_MINUTES));
  }

  private long rows() {
    return world
        .store()
        .rows()
        .withHandle(
            h -> h.createQuery("SELECT COUNT(*) FROM taken_request").mapTo(Long.class).one());
  }

  private Retention.Removed sweep() {
    Duration days = Duration.ofDays(30);
    try (Retention retention =
        world.store().retention(new Retention.Terms(days, days, days), () -> world.now)) {
      return retention.sweep();
    }
  }

  @Test
  void P4_ofManyWhoTakeOneSignatureOneDoes() throws Exception {
    List<Boolean> takes = atOnce(16, _ -> take("v0=a"));

    assertThat(takes).filteredOn(first -> first).hasSize(1);
    assertThat(take("v0=b")).isTrue();
  }

  @Test
  void whatFailedMayComeAgain() {
    Replays replays = world.store().replays();
    take("v0=a");
    replays.forget("v0=a");

    assertThat(take("v0=a")).isTrue();
    assertThat(take("v0=a")).isFalse();
  }

  @Test
  void P14_noRowHoldsASignature() {
    take("v0=0123456789abcdef");

    String hash =
        world
            .store()
            .rows()
            .withHandle(
                h -> h.createQuery("SELECT hash FROM taken_request").mapTo(String.class).one());
    assertThat(hash).matches("[0-9a-f]{64}").doesNotContain("0123456789abcdef");
  }

  @Test
  void itStaysForAsLongAsItWouldBeBelievedAndThenGoes() {
    for (int i = 0; i < 1100; i++) {
      take("v0=" + i);
    }
    world.now = world.now.plus(TEN_MINUTES);
    assertThat(sweep()).isEqualTo(new Retention.Removed(0, 0, 0));
    assertThat(rows()).isEqualTo(1100);

    world.now = world.now.plusSeconds(1);
    take("v0=fresh");
    sweep();
    assertThat(rows()).isEqualTo(1);
    assertThat(take("v0=fresh")).isFalse();
  }
}
