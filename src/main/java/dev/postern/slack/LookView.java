package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView;
import dev.postern.card.Notice;

/** Look-ups as a modal that nothing can be sent from. */
final class LookView {
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
