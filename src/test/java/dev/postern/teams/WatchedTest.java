package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchedTest {
  @Test
  void accountsAreThoseOfOurTenantAndOfOthers() {
    String tenant = FakeEntra.TENANT;
    Watched watched =
        new Watched(List.of(), Map.of("kim", TeamsRoom.KIM, "noor", tenant + "/" + TeamsRoom.NOOR));

    assertThat(watched.accounts()).containsExactlyInAnyOrder(TeamsRoom.KIM, TeamsRoom.NOOR);
  }
}
