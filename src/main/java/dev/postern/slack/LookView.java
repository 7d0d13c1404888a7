package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView;
import dev.postern.card.Notice;

/** Look-ups as a modal that nothing can be sent from. */
final class LookView {
  /** What stands there while the answer is on its way. */
  static final Notice LOOKING = new Notice("Looking…", "The answer appears here in a moment.");

  /** What stands there when too many look things up at once. */
  static final Notice CROWDED =
      new Notice("Not now", "Too many look-ups are on their way. Please try again.");

  private LookView() {}

  static ObjectNode of(CardView card) {
    return view(CardBlocks.of(card));
  }

  static ObjectNode of(Notice notice) {
    return view(CardBlocks.of(notice));
  }

  private static ObjectNode view(ArrayNode blocks) {
    ObjectNode view = Kit.object("modal").put("callback_id", "pn.look");
    view.set("title", Kit.plain("Postern"));
    view.set("close", Kit.plain("Close"));
    return view.set("blocks", blocks);
  }
}
