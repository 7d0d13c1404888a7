package dev.postern.intake.mtahooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.intake.SmtpReply;

/** What the MTA is told, as JSON. */
final class HookAnswer {
  private HookAnswer() {}

  /** It goes on with the message. */
  static String accept() {
    return action("accept").toString();
  }

  /**
   * It tells its client that it took the message, and drops it. Not {@code quarantine}: Stalwart
   * then drops the message too, and nobody has it.
   */
  static String discard() {
    return action("discard").toString();
  }

  /**
   * It refuses the message, for now or for good.
   *
   * @param words one line
   */
  static String refuse(int status, String enhanced, String words) {
    ObjectNode answer = action("reject");
    ObjectNode response = answer.putObject("response");
    response.put("status", status);
    response.put("enhancedStatus", enhanced);
    // Stalwart 0.16 reads this name, though its documentation has the one above.
    response.put("enhanced_status", enhanced);
    response.put("message", SmtpReply.oneLine(words));
    response.put("disconnect", false);
    return answer.toString();
  }

  private static ObjectNode action(String word) {
    return JsonNodeFactory.instance.objectNode().put("action", word);
  }
}
