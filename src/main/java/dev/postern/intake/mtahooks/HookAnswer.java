package dev.postern.intake.mtahooks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.intake.OwnFields;
import dev.postern.intake.SmtpReply;
import java.util.Optional;

/** What the MTA is told, as JSON. */
final class HookAnswer {
  private HookAnswer() {}

  /** It goes on with the message as it is. */
  static String accept() {
    return action("accept").toString();
  }

  /** It goes on with the message without what only we may write. */
  static String accept(OwnFields own) {
    return accept(own, Optional.empty(), Optional.empty());
  }

  /**
   * It goes on with the message without what only we may write, and with what we have to say on
   * top: that is where Stalwart adds a field. It changes one after the other, so what is added
   * comes last.
   */
  static String accept(OwnFields own, Optional<String> grant, Optional<String> results) {
    ObjectNode answer = action("accept");
    ArrayNode changes = answer.putArray("modifications");
    own.places()
        .forEach(
            at ->
                changes
                    .addObject()
                    .put("type", "deleteHeader")
                    .put("index", at.index())
                    .put("name", at.name()));
    grant.ifPresent(value -> add(changes, OwnFields.GRANT, value));
    results.ifPresent(value -> add(changes, OwnFields.RESULTS, value));
    return answer.toString();
  }

  private static void add(ArrayNode changes, String name, String value) {
    changes.addObject().put("type", "addHeader").put("name", name).put("value", value);
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
