package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.card.pace.Lane;
import dev.postern.card.pace.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlackRatesTest {
  private final SlackRates rates = new SlackRates();

  @Test
  void theRatesAreThoseOfSlacksPages() {
    StrictRates.tiers()
        .forEach(
            (method, perMinute) -> {
              Lane lane =
                  method.equals("chat.postMessage")
                      ? SlackRates.posts("C0MAILOPS1")
                      : SlackRates.method(method);
              assertThat(rates.of(lane))
                  .as(method)
                  .singleElement()
                  .satisfies(
                      rate -> {
                        assertThat(rate.most()).isEqualTo(perMinute);
                        assertThat(rate.in()).isEqualTo(Duration.ofMinutes(1));
                      });
            });
  }

  @Test
  void messagesIntoAllChannelsCountTogetherAsWell() {
    Lane all = rates.around(SlackRates.posts("C0MAILOPS1")).orElseThrow();

    assertThat(all).isEqualTo(rates.around(SlackRates.posts("C0LEADS001")).orElseThrow());
    assertThat(rates.of(all)).containsExactly(new Rate(300, Duration.ofMinutes(1), 100));
    assertThat(rates.around(all)).isEmpty();
    assertThat(rates.around(SlackRates.method("chat.update"))).isEmpty();
  }
}
