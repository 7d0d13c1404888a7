package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Identity;
import dev.postern.card.CardWriter;
import dev.postern.card.Doorway;
import dev.postern.card.HomeWriter;
import dev.postern.card.Notice;
import dev.postern.card.SurfaceTrouble;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Home tab: published anew each time that somebody opens it or ends a grant there, for that
 * person alone.
 */
final class Home {
  static final String EVENT = "app_home_opened";

  private static final Logger log = LoggerFactory.getLogger(Home.class);
  private static final Notice BUSY =
      new Notice("Not now", "Postern cannot read its cases at the moment. Open this again.");

  private final Wiring postern;
  private final Doorway doorway;
  private final HomeWriter writer;
  private final Views views;
  private final Executor afterwards;

  /** Who waits for their page; who opens it once more meanwhile gets the same. */
  private final Set<Identity> drawing = ConcurrentHashMap.newKeySet();

  Home(Wiring postern, WebApi api, Executor afterwards) {
    this.postern = postern;
    this.doorway = new Doorway(postern.directory());
    this.writer =
        new HomeWriter(
            postern.cases(),
            postern.lookups().reading(),
            postern.lookups().petitions(),
            new CardWriter(postern.directory()));
    this.views = new Views(api);
    this.afterwards = afterwards;
  }

  /**
   * Somebody opened the app's pages in Slack.
   *
   * @param team the workspace that the event is of
   */
  void opened(String team, JsonNode event) {
    Identity who = new Identity(SlackSurface.NAME, team, Kit.text(event.path("user")));
    if (Kit.text(event.path("tab")).equals("home")) {
      redraw(who);
    }
  }

  /** What stands there has changed by what this person did. */
  void redraw(Identity who) {
    if (drawing.add(who)) {
      afterwards.execute(() -> publish(who));
    }
  }

  private void publish(Identity who) {
    try {
      views.publish(who.user(), page(who));
    } catch (SurfaceTrouble slackTrouble) {
      log.warn("A Home tab was not taken: {}", slackTrouble.getMessage());
    } finally {
      drawing.remove(who);
    }
  }

  private ObjectNode page(Identity who) {
    try {
      Optional<Notice> refusal = doorway.refuses(who);
      if (refusal.isPresent()) {
        return home(CardBlocks.of(refusal.get()));
      }
      return home(
          CardBlocks.of(
              writer.of(
                  postern.directory().person(who).orElseThrow(),
                  postern.lookups().brake().standing(),
                  postern.lookups().health().get(),
                  postern.clock().instant())));
    } catch (RuntimeException ours) {
      log.error("A Home tab could not be drawn", ours);
      return home(CardBlocks.of(BUSY));
    }
  }

  private static ObjectNode home(ArrayNode blocks) {
    ObjectNode view = Kit.object("home").put("callback_id", "pn.home");
    return view.set("blocks", blocks);
  }
}
