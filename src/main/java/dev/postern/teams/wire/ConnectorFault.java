package dev.postern.teams.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.card.RetryAfter;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.teams.wire.Courier.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why the Bot Connector did not do what it was asked, as far as one knows (learn.microsoft.com,
 * "Messages in bot conversations" → "Status codes from bot conversational APIs").
 *
 * @param kind what follows from it
 * @param sentence what happened and how to mend it; no token, no text of a message
 * @param asked how long Teams wants to be left alone
 * @param operatorsBusiness whether readiness should say so
 * @param ofThePlace whether it is about that place alone
 */
record ConnectorFault(
    Kind kind,
    String sentence,
    Optional<Duration> asked,
    boolean operatorsBusiness,
    boolean ofThePlace) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** About more than one place. */
  ConnectorFault(Kind kind, String sentence, Optional<Duration> asked, boolean operatorsBusiness) {
    this(kind, sentence, asked, operatorsBusiness, false);
  }

  /** The Connector answered, at that time, with a status other than 2xx. */
  static ConnectorFault of(Errand errand, Reply reply, Instant now) {
    String code = code(reply.json());
    String start =
        "Teams answers %d%s to %s"
            .formatted(reply.status(), code.isEmpty() ? "" : " " + code, errand.words());
    Optional<Duration> pause = RetryAfter.of(reply.retryAfter(), now);
    return byCode(errand, code, start).orElseGet(() -> byStatus(errand, reply, start, pause));
  }

  private static Optional<ConnectorFault> byCode(Errand errand, String code, String start) {
    return switch (code) {
      case "BotNotRegistered" ->
          closed(
              start
                  + ": register teams.app-id as an Azure bot and switch its channel \"Microsoft"
                  + " Teams\" on.");
      case "BotDisabledByAdmin" ->
          closed(start + ": let the Teams administrator allow the app Postern.");
      case "BotNotInConversationRoster" ->
          Optional.of(shutHere(start + ": add the app Postern to the team or chat again."));
      case "InvalidBotApiHost" ->
          closed(
              start
                  + ": the tenant is in another cloud; add that cloud's address to"
                  + " teams.service-urls.");
      case "NotEnoughPermissions" ->
          closed(start + ": let the owners of the team allow apps to post in the channel.");
      // One person does not want it: nothing that an operator could mend.
      case "ConversationBlockedByUser", "MessageWritesBlocked" ->
          Optional.of(
              new ConnectorFault(
                  Kind.CLOSED,
                  start + ": the person blocked or removed the app Postern.",
                  Optional.empty(),
                  false,
                  true));
      case "ActivityNotFoundInConversation", "MemberNotFoundInConversation" ->
          Optional.of(gone(start));
      case "ConversationNotFound" -> Optional.of(nowhere(errand, start));
      default -> Optional.empty();
    };
  }

  private static ConnectorFault byStatus(
      Errand errand, Reply reply, String start, Optional<Duration> pause) {
    return switch (reply.status()) {
      // Refused before anything was done: too many at once, in general or in one conversation.
      case 412, 429 -> new ConnectorFault(Kind.AWAY, start + ".", pause, false);
      case 400, 413 -> new ConnectorFault(Kind.UNFIT, start + ".", Optional.empty(), false);
      case 401 ->
          shut(start + ": Teams does not take the token of teams.app-id for this conversation.");
      case 403 -> shutHere(start + ": is the app Postern still in the team or chat?");
      case 408 -> unknown(errand, start, pause);
      // A 404 too, where Teams does not name what is missing: it may be a proxy's.
      default ->
          reply.status() >= 500
              ? unknown(errand, start, pause)
              : shut(start + ": is there something between Postern and Teams?");
    };
  }

  /** Nothing came back. Unless it was never sent, nobody knows whether Teams did it. */
  static ConnectorFault silent(Errand errand, IOException e) {
    String sentence =
        "Teams does not answer %s (%s).".formatted(errand.words(), e.getClass().getSimpleName());
    return Courier.unsent(e)
        ? new ConnectorFault(Kind.AWAY, sentence, Optional.empty(), true)
        : unknown(errand, sentence.substring(0, sentence.length() - 1), Optional.empty());
  }

  /** What came back was not Teams' JSON; what is between may have passed the request on. */
  static ConnectorFault gibberish(Errand errand) {
    return unknown(errand, "The answer to " + errand.words() + " is not Teams'", Optional.empty());
  }

  /** Nothing is sent to an address that nobody allowed. */
  static ConnectorFault strangeAddress(Errand errand) {
    return shut(
        "The address that Teams gave for "
            + errand.words()
            + " is not below teams.service-urls, so that nothing is sent to it.");
  }

  /** Teams' own name of an id cannot be one. */
  static ConnectorFault strangeId(Errand errand) {
    return new ConnectorFault(
        Kind.UNFIT,
        "An id that Teams gave cannot be used for " + errand.words() + ".",
        Optional.empty(),
        true);
  }

  SurfaceTrouble trouble() {
    if (ofThePlace) {
      return new Declined(sentence);
    }
    return asked
        .map(pause -> new SurfaceTrouble(kind, sentence, pause))
        .orElseGet(() -> new SurfaceTrouble(kind, sentence));
  }

  private static Optional<ConnectorFault> closed(String sentence) {
    return Optional.of(shut(sentence));
  }

  private static ConnectorFault shut(String sentence) {
    return new ConnectorFault(Kind.CLOSED, sentence, Optional.empty(), true);
  }

  private static ConnectorFault shutHere(String sentence) {
    return new ConnectorFault(Kind.CLOSED, sentence, Optional.empty(), true, true);
  }

  private static ConnectorFault gone(String start) {
    return new ConnectorFault(Kind.GONE, start + ".", Optional.empty(), false);
  }

  /** A card that is gone is posted again; where there is no place to post, that would not end. */
  private static ConnectorFault nowhere(Errand errand, String start) {
    return errand.posts()
        ? shutHere(start + ": the channel or chat is not there; choose another.")
        : gone(start);
  }

  private static ConnectorFault unknown(Errand errand, String start, Optional<Duration> pause) {
    return new ConnectorFault(errand.changes() ? Kind.UNSURE : Kind.AWAY, start + ".", pause, true);
  }

  /** Teams' word for the error, which stands in one of three places; empty when it has none. */
  private static String code(JsonNode answer) {
    String code = Told.text(answer.path("error"), "code");
    if (code.isEmpty()) {
      code = Told.text(answer, "subCode");
    }
    if (code.isEmpty()) {
      code = inner(Told.text(answer, "message"));
    }
    return code.matches("[A-Za-z][A-Za-z ]{0,59}") ? code : "";
  }

  /** "Send proactive messages" shows an answer whose message is JSON once more. */
  private static String inner(String message) {
    if (!message.startsWith("{")) {
      return "";
    }
    try {
      return Told.text(JSON.readTree(message), "subCode");
    } catch (JsonProcessingException noJson) {
      return "";
    }
  }
}
