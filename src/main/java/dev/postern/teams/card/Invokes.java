package dev.postern.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.Notice;
import dev.postern.card.Notices;

/**
 * Answers to {@code adaptiveCard/action}, each the body of an HTTP 200: the status that counts
 * stands inside ("Universal Action Model", response format).
 */
public final class Invokes {
  private static final String ERROR = "application/vnd.microsoft.error";

  private Invokes() {}

  /** This card takes the place of the one that was pressed, for the one who pressed. */
  public static ObjectNode card(ObjectNode card) {
    return answer(200, Attachments.CARD).set("value", card);
  }

  /** A sentence to the one who pressed; the card stays. */
  public static ObjectNode told(Notice notice) {
    return answer(200, "application/vnd.microsoft.activity.message").put("value", words(notice));
  }

  /** Nothing was recorded, and a second press may do it. */
  public static ObjectNode notRecorded() {
    return error(500, "NotRecorded", Notices.NOT_RECORDED);
  }

  static String words(Notice notice) {
    return Words.noMarkdown(Words.cut(notice.title() + ". " + notice.text(), 2000));
  }

  private static ObjectNode error(int status, String code, Notice notice) {
    ObjectNode answer = answer(status, ERROR);
    answer.putObject("value").put("code", code).put("message", words(notice));
    return answer;
  }

  private static ObjectNode answer(int status, String type) {
    return Json.object().put("statusCode", status).put("type", type);
  }
}
