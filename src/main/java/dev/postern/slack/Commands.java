package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Identity;
import dev.postern.card.CardView;
import dev.postern.card.LookupWriter;
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
              + " to add your member id.");
  private static final Notice BUSY =
      new Notice("Not now", "Postern cannot read its cases at the moment. Please try again.");

  private final Wiring postern;
  private final LookupWriter lookups;

  Commands(Wiring postern) {
    this.postern = postern;
    this.lookups = new LookupWriter(postern.cases(), postern.directory());
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
      return card(LookupWriter.help());
    }
    try {
      Identity who =
          new Identity(
              SlackSurface.NAME,
              fields.getOrDefault("team_id", ""),
              fields.getOrDefault("user_id", ""));
      return postern
          .directory()
          .person(who)
          .map(asker -> card(lookups.find(typed, Optional.of(asker))))
          .orElseGet(() -> notice(STRANGER));
    } catch (RuntimeException ours) {
      log.error("A look-up failed", ours);
      return notice(BUSY);
    }
  }

  private static Reply card(CardView card) {
    ObjectNode body = ephemeral(card.fallback());
    return Reply.json(body.set("blocks", CardBlocks.of(card)));
  }

  private static Reply notice(Notice notice) {
    ObjectNode body = ephemeral(notice.title() + ". " + notice.text());
    return Reply.json(body.set("blocks", CardBlocks.of(notice)));
  }

  private static ObjectNode ephemeral(String fallback) {
    return Kit.object().put("response_type", "ephemeral").put("text", Kit.escaped(fallback));
  }
}
