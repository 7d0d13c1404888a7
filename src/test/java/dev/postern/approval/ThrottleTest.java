package dev.postern.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.policy.APolicy;
import dev.postern.policy.Action;
import dev.postern.policy.Policy;
import dev.postern.policy.Situation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

  private final List<String> taken = new ArrayList<>();

  @Test
  void aRuleThatHasActedOftenEnoughAsks() throws Exception {
    Throttle throttle = throttle("do: release, limit: 1");

    assertThat(throttle.rule(proved()).action()).isEqualTo(new Action.Release());
    assertThat(throttle.rule(proved()).action()).isEqualTo(new Action.Ask("admins"));
    assertThat(throttle.rule(proved()).reason().plain())
        .isEqualTo("It is more than rule r may release an hour.");
  }

  @Test
  void nothingIsTakenForARuleThatAsksOrHasNoLimit() throws Exception {
    throttle("do: ask, chain: admins").rule(proved());
    throttle("do: release").rule(proved());

    assertThat(taken).isEmpty();
  }

  private Throttle throttle(String terms) throws Exception {
    Policy policy =
        Policy.parse(
            """
            chains:
              admins: {name: Admins, approvers: [kim], window: 4h}
            rules:
              - {name: r, when: "true", %s}
            """
                .formatted(terms),
            "p.yaml");
    Allowance allowance =
        (rule, limit, _) -> {
          taken.add(rule);
          return taken.size() <= limit;
        };
    return new Throttle(() -> policy, allowance, () -> NOW);
  }

  private static Situation proved() {
    return APolicy.provedMail();
  }
}
