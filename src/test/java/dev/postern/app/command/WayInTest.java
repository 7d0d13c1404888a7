package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.card.Finding;
import dev.postern.card.Finding.Grade;
import dev.postern.slack.Far;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WayInTest {
  private static final List<WayIn> ALL =
      List.of(DoctorSlackCommand.WAY_IN, DoctorTeamsCommand.WAY_IN);

  private static void says(Finding finding, Grade grade, String words) {
    assertThat(finding.grade()).as(finding.toString()).isEqualTo(grade);
    assertThat(finding.what()).contains(words);
    if (grade != Grade.WELL) {
      assertThat(finding.why()).isNotEmpty();
      assertThat(finding.mend()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | Sign in             | HTTP 401",
        "404 | nothing here        | HTTP 404",
        "200 | welcome             | HTTP 200",
        "302 |                     | HTTP 302"
      })
  void somethingElseThanPosternIsTold(int status, String body, String words) {
    for (WayIn way : ALL) {
      try (Far proxy = new Far(way.path())) {
        proxy.says(status, body == null ? "" : body);

        says(way.look(Optional.of(proxy.url())), Grade.WRONG, words);
      }
    }
  }

  @Test
  void onlyTheRefusalOfThatEntranceIsPosterns() {
    for (WayIn way : ALL) {
      try (Far proxy = new Far(way.path())) {
        proxy.says(401, "{\"title\":\"" + way.refusal() + "\"}");
        says(way.look(Optional.of(proxy.url())), Grade.WELL, "Postern answers at");

        proxy.says(403, way.refusal());
        says(way.look(Optional.of(proxy.url())), Grade.WRONG, "HTTP 403");
      }
    }
    assertThat(ALL).extracting(WayIn::refusal).doesNotHaveDuplicates();
  }

  @Test
  void anAddressThatIsNotToldNotThereOrNotSafe() {
    for (WayIn way : ALL) {
      says(way.look(Optional.empty()), Grade.ADVICE, "http.public-url is not set");
      says(at(way, "http://127.0.0.1:1"), Grade.ADVICE, "Nobody answers at");
      says(at(way, "http://[::1]:1"), Grade.ADVICE, "Nobody answers at");
      says(at(way, "http://postern.example"), Grade.WRONG, "does not begin with https://");
    }
  }

  private static Finding at(WayIn way, String publicUrl) {
    return way.look(Optional.of(URI.create(publicUrl)));
  }
}
