package dev.postern.teams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.app.Child;
import dev.postern.app.command.CommandLineTool;
import dev.postern.app.command.Exit;
import dev.postern.app.command.Terminal;
import dev.postern.evidence.Answer;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor beside a running Postern, which hears the button of its test card. */
final class TeamsDoctorIT {
  @TempDir Path folder;
  private final StrictTeams strict = new StrictTeams();

  @AfterEach
  void close() {
    strict.close();
  }

  @Test
  void theWayInIsPosternsAndWhoeverPressesTheTestCardIsToldHowLongItTook() throws Exception {
    Map<String, String> settings = new TreeMap<>();
    strict
        .settings()
        .forEach(
            (key, value) ->
                settings.put(
                    "POSTERN_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
    settings.put("POSTERN_PEOPLE_OPERATOR_TEAMS", StrictTeams.KIM);
    try (Child postern = Child.start("try", folder, settings)) {
      settings.put("POSTERN_HTTP_PUBLIC_URL", postern.url);

      assertThat(doctor(settings))
          .contains("well     Postern answers at " + postern.url)
          .contains("well     A test card stands in channel")
          .doesNotContain("advice", "wrong", "unknown");

      TeamsPlaces.Message card =
          strict.places().messages().stream()
              .filter(message -> message.card().toString().contains("pn.probe")) // try posts, too
              .findFirst()
              .orElseThrow();
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

  private String doctor(Map<String, String> settings) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, UTF_8);
    Terminal terminal =
        new Terminal(InputStream.nullInputStream(), printed, printed, folder, settings);
    int exit =
        new CommandLineTool(
                terminal,
                (_, _, _) -> Exit.NO,
                _ -> (_, _, _) -> Answer.without(Answer.Status.TEMPFAIL, 0))
            .run("doctor", "teams", "--card");
    assertThat(exit).as(out.toString(UTF_8)).isZero();
    return out.toString(UTF_8);
  }
}
