package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.SurfaceTrouble;

/** Modals: {@code views.*}. */
final class Views {
  private final WebApi api;

  Views(WebApi api) {
    this.api = api;
  }

  /** Opens a modal; the trigger works for three seconds after the press. Returns its id. */
  String open(String triggerId, ObjectNode view) throws SurfaceTrouble {
    var answer =
        api.call(
            "views.open",
            m -> m.viewsOpen(r -> r.triggerId(triggerId).viewAsString(view.toString())));
    var opened = answer.getView();
    return opened == null ? "" : WebApi.text(opened.getId());
  }

  /** Draws a modal anew that is open. */
  void update(String viewId, ObjectNode view) throws SurfaceTrouble {
    api.call(
        "views.update", m -> m.viewsUpdate(r -> r.viewId(viewId).viewAsString(view.toString())));
  }

  /** Draws the Home tab of one person. */
  void publish(String user, ObjectNode view) throws SurfaceTrouble {
    api.call(
        "views.publish", m -> m.viewsPublish(r -> r.userId(user).viewAsString(view.toString())));
  }
}
