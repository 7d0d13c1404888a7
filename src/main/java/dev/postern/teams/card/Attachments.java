package dev.postern.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView;
import dev.postern.card.Notice;

/** Cards as they travel: in a message, in a dialog, among the results of a search. */
public final class Attachments {
  /** The media type of a card. */
  public static final String CARD = "application/vnd.microsoft.card.adaptive";

  private Attachments() {}

  /** A card as an attachment. */
  public static ObjectNode of(ObjectNode card) {
    return Json.object().put("contentType", CARD).set("content", card);
  }

  /**
   * A message that is one card. Notifications and screen readers have what the card says for them,
   * which quotes nothing.
   */
  public static ObjectNode message(CardView card, Viewers viewers) {
    return message(AdaptiveCards.of(card, viewers), card.fallback());
  }

  /** A message that tells all who see it. */
  public static ObjectNode message(Notice notice) {
    return message(AdaptiveCards.toAll(notice), notice.title() + ". " + notice.text());
  }

  /** A result of a search, and the card that is inserted when somebody takes it. */
  public static ObjectNode result(CardView card) {
    ObjectNode result = of(AdaptiveCards.of(card));
    ObjectNode preview = result.putObject("preview");
    preview.put("contentType", "application/vnd.microsoft.card.thumbnail");
    preview
        .putObject("content")
        .put("title", Words.noMarkdown(Words.cut(card.title(), 150)))
        .put("text", Words.noMarkdown(Words.cut(card.fallback(), 300)));
    return result;
  }

  /** A message that is this card. */
  static ObjectNode message(ObjectNode card, String summary) {
    ObjectNode message = Json.object("message");
    message.put("summary", Words.noMarkdown(Words.cut(summary, 300)));
    message.putArray("attachments").add(of(card));
    return message;
  }
}
