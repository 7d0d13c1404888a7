package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.Act;
import dev.postern.approval.CaseId;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import java.util.Optional;

/**
 * A button was pressed ({@code block_actions}).
 *
 * @param eventId the same for every delivery of this press
 * @param who the account; its tenant is the account's own workspace, also in shared channels
 * @param channel where; empty in a modal
 * @param triggerId opens a modal within three seconds
 * @param action the button's {@code action_id}; of a menu, what its entry stands for
 * @param label what the button or entry said
 * @param token what it carried
 * @param caseId the case on the card; empty on cards without one
 * @param message the pressed message as card rows have it; empty where it is none
 */
record Press(
    String eventId,
    Identity who,
    String channel,
    String triggerId,
    String action,
    String label,
    String token,
    Optional<CaseId> caseId,
    String message) {

  /** The {@code action_id} of the menu of rare actions. */
  static final String MENU = "pn.more";

  /** Reads Slack's payload; empty when a part is missing. */
  static Optional<Press> parse(JsonNode payload) {
    JsonNode button = payload.path("actions").path(0);
    String user = Kit.text(payload.path("user").path("id"));
    String actionTs = Kit.text(button.path("action_ts"));
    boolean menu = Kit.text(button.path("action_id")).equals(MENU);
    String carried = carried(button);
    String action = menu ? carried.replaceFirst(" .*", "") : Kit.text(button.path("action_id"));
    if (user.isEmpty() || actionTs.isEmpty() || action.isEmpty()) {
      return Optional.empty();
    }
    JsonNode container = payload.path("container");
    String channel = Kit.text(container.path("channel_id"));
    String message = Kit.text(container.path("message_ts"));
    return Optional.of(
        new Press(
            "press:" + user + ":" + message + ":" + actionTs,
            new Identity(SlackSurface.NAME, tenant(payload), user),
            channel.isEmpty() ? Kit.text(payload.path("channel").path("id")) : channel,
            Kit.text(payload.path("trigger_id")),
            action,
            Kit.text((menu ? button.path("selected_option") : button).path("text").path("text")),
            menu ? carried.replaceFirst("[^ ]* ?", "") : carried,
            caseOf(Kit.text(button.path("block_id"))),
            channel.isEmpty() || message.isEmpty() ? "" : channel + "/" + message));
  }

  /** The workspace of the person: in a shared channel another one than the app's. */
  static String tenant(JsonNode payload) {
    String own = Kit.text(payload.path("user").path("team_id"));
    return own.isEmpty() ? Kit.text(payload.path("team").path("id")) : own;
  }

  /** An ellipsis says that a form follows. */
  boolean wantsForm() {
    return label.endsWith("…");
  }

  /** The press as a click without words. */
  Click click(Act act) {
    return new Click(eventId, SlackSurface.NAME, who, token, channel, act, "");
  }

  private static String carried(JsonNode button) {
    String value = Kit.text(button.path("value"));
    return value.isEmpty() ? Kit.text(button.path("selected_option").path("value")) : value;
  }

  private static Optional<CaseId> caseOf(String blockId) {
    String[] parts = blockId.split("[.]", 3);
    return parts.length == 3 && parts[0].equals("pn") ? CaseId.parse(parts[1]) : Optional.empty();
  }
}
