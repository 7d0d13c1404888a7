package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.SurfaceTrouble;

/** Modals: {@code views.*}. */
final class Views {
  private final WebApi api;

  Views(WebApi api) {
    this.api = api;
  }

  /** Opens a modal; the trigger works for three seconds after the press. */
  void open(String triggerId, ObjectNode view) throws SurfaceTrouble {
    api.call(
        "views.open", m -> m.viewsOpen(r -> r.triggerId(triggerId).viewAsString(view.toString())));
  }
}
