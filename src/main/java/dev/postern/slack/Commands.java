package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Identity;
import dev.postern.card.CardView;
import dev.postern.card.Notice;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /postern}: answers only the person who typed it. */
final class Commands {
  private static final Logger log = LoggerFactory.getLogger(Commands.class);

  private static final Notice STRANGER =
      new Notice(
          "Postern does not know you",
          "Your Slack account is linked to nobody in Postern's settings. Ask whoever runs Postern"
              + " to add your member id to people.");
  private static final Notice NO_CASE =
      new Notice("No such case", "There is no case of that number that you may see.");
  private static final Notice NOT_UNDERSTOOD =
      new Notice("Not understood", "Type /postern and a case number, or /postern help.");
  private static final Notice BUSY =
      new Notice("Not now", "Postern cannot read its cases at the moment. Please try again.");

  private final Wiring postern;

  Commands(Wiring postern) {
    this.postern = postern;
  }

  /**
   * Answers one command.
   *
   * @param fields Slack's form fields
   */
  Reply handle(Map<String, String> fields) {
    String typed = fields.getOrDefault("text", "").strip();
    String word = typed.toLowerCase(Locale.ROOT);
    if (word.isEmpty() || word.equals("help")) {
      return ephemeral("Postern help: commands and how to read a card.", help());
    }
    try {
      Identity who =
          new Identity(
              SlackSurface.NAME,
              fields.getOrDefault("team_id", ""),
              fields.getOrDefault("user_id", ""));
      if (postern.directory().person(who).isEmpty()) {
        return notice(STRANGER);
      }
      return CaseId.parse(typed).map(this::lookUp).orElseGet(() -> notice(NOT_UNDERSTOOD));
    } catch (RuntimeException ours) {
      log.error("A look-up failed", ours);
      return notice(BUSY);
    }
  }

  private Reply lookUp(CaseId id) {
    Optional<CaseFile> it = postern.find().apply(id);
    if (it.isEmpty()) {
      return notice(NO_CASE);
    }
    CardView card = postern.lookup().apply(it.get());
    return ephemeral(card.fallback(), CardBlocks.of(card));
  }

  private static ArrayNode help() {
    return Kit.array()
        .add(Kit.header("pn.help.title.r1", "Postern help"))
        .add(
            new Section()
                .plain("Postern holds mail until a person decides. Nothing is released without")
                .plain(" a click that policy allows.")
                .block("pn.help.lead.r1"))
        .add(
            new Section()
                .bold("Commands")
                .plain("\n")
                .bold("/postern PN-7F3K-2QXD: ")
                .plain("show a case\n")
                .bold("/postern help: ")
                .plain("this page")
                .block("pn.help.cmd.r1"))
        .add(
            new Section()
                .bold("How to read a card")
                .plain("\nText ")
                .code("like this")
                .plain(" was written by a sender, a server or a person. All other words are")
                .plain(" Postern’s.\nAligned means the domain that was proved is the one in From.")
                .plain(" Only then does pass say who sent it.\nA case that ends without a decision")
                .plain(" stays held.")
                .block("pn.help.read.r1"))
        .add(Kit.context("pn.help.foot.r1", "Only you see this."));
  }

  private static Reply notice(Notice notice) {
    return ephemeral(notice.title() + ". " + notice.text(), CardBlocks.of(notice));
  }

  private static Reply ephemeral(String fallback, ArrayNode blocks) {
    ObjectNode body = Kit.object().put("response_type", "ephemeral").put("text", fallback);
    return Reply.json(body.set("blocks", blocks));
  }
}
