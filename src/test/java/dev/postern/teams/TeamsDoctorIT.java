package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.app.Child;
import dev.postern.card.Finding.Grade;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor's test card, and a running Postern that hears its button. */
final class TeamsDoctorIT {
  @TempDir Path folder;
  private final StrictTeams strict = new StrictTeams();

  @AfterEach
  void close() {
    strict.close();
  }

  @Test
  void whoeverPressesTheTestCardIsToldHowLongItTook() throws Exception {
    Map<String, String> settings = new TreeMap<>();
    strict
        .settings()
        .forEach(
            (key, value) ->
                settings.put(
                    "POSTERN_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
    try (Child postern = Child.start("try", folder, settings)) {
      try (TeamsDoctor doctor = strict.doctor()) {
        assertThat(doctor.testCard().grade()).isEqualTo(Grade.WELL);
      }
      TeamsPlaces.Message card = strict.places().messages().getFirst();
      JsonNode button = TeamsHand.action(card.card(), "verb", "pn.probe");
      TeamsHand hand = strict.hand(postern.url);
      ObjectNode silent = hand.pressing("nobody-we-know", card, button, Map.of());
      ObjectNode told = hand.pressing("nobody-we-know", card, button, Map.of());

      assertThat(hand.send(silent).body())
          .contains("activity.message", "Teams did not say when you pressed");
      assertThat(hand.send(told.put("timestamp", Instant.now().toString())).body())
          .contains("Postern hears you")
          .containsPattern("Your press took [0-9]{1,2}[.][0-9]{2} s from Teams to Postern");
    }
  }
}
