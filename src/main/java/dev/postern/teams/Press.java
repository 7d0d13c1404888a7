package dev.postern.teams;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.Act;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.evidence.Digest;
import dev.postern.teams.card.Field;
import dev.postern.teams.door.Activity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody pressed a button of a card or dialog.
 *
 * @param heard the activity that says so
 * @param verb which button
 * @param data what the button carried and what was filled in
 */
record Press(Activity heard, String verb, JsonNode data) {
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n]]");

  /** A button of the kind {@code Action.Execute}. */
  static Press executed(Activity heard) {
    JsonNode action = heard.json().path("value").path("action");
    return new Press(heard, Claim.text(action, "verb"), action.path("data"));
  }

  /** A button of the kind {@code Action.Submit}, in a card or dialog. */
  static Press submitted(Activity heard, JsonNode data) {
    return new Press(heard, Claim.text(data, Field.VERB), data);
  }

  /** The account; without a user where Teams does not say. */
  Identity who() {
    return new Identity(TeamsSurface.NAME, heard.tenant(), Places.person(heard));
  }

  String token() {
    return Claim.text(data, Field.TOKEN);
  }

  String field(String name) {
    return Claim.text(data, name);
  }

  /** The same for every delivery of this press. */
  String eventId() {
    // Ids are unique within a conversation only, and messages are named by the time.
    String press =
        String.join("\n", heard.tenant(), heard.conversation(), who().user(), heard.id(), verb);
    return "press:" + Digest.of(press).hex();
  }

  /** When it was pressed, by Teams' clock; empty where Teams does not say. */
  Optional<Instant> at() {
    try {
      return Optional.of(Instant.parse(Claim.text(heard.json(), "timestamp")));
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }

  /** The press as a click. */
  Click click(Act act, String reason) {
    return new Click(
        eventId(), TeamsSurface.NAME, who(), token(), Places.placeOf(heard), act, clean(reason));
  }

  /** PostgreSQL keeps no NUL, and no other control character but line breaks helps a reader. */
  private static String clean(String typed) {
    String line = UNFIT.matcher(typed).replaceAll("").strip();
    int most = Math.min(line.length(), Field.LONGEST_REASON);
    return line.substring(
        0, most > 0 && Character.isHighSurrogate(line.charAt(most - 1)) ? most - 1 : most);
  }

  /** The card's own message, as the card's row has it; empty where Teams does not say. */
  String externalId() {
    String message = Claim.text(heard.json(), "replyToId");
    return message.isEmpty() ? "" : TeamsSurface.externalId(heard.conversation(), message);
  }
}
