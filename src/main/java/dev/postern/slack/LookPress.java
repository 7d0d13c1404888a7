package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.card.CardView;
import dev.postern.card.Doorway;
import dev.postern.card.Look;
import dev.postern.card.Lookups;
import dev.postern.card.Notice;
import dev.postern.card.SurfaceTrouble;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buttons of look-ups: they show something to whoever presses, and decide about no case. In a
 * private answer the next page takes its place, and what is left when a grant was ended or a
 * message taken out; anywhere else a view opens.
 */
final class LookPress {
  private static final Logger log = LoggerFactory.getLogger(LookPress.class);
  private static final int MOST_AT_ONCE = 16;
  private static final Notice STALE =
      new Notice("This button does nothing", "It is of another version of Postern. Type again.");
  private static final Notice BUSY =
      new Notice("Not now", "Postern cannot read its cases at the moment. Please try again.");

  private final Wiring postern;
  private final Doorway doorway;
  private final Lookups lookups;
  private final ResponseUrls responses;
  private final Views views;
  private final Consumer<Identity> redraw;
  private final Executor afterwards;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /**
   * @param redraw draws somebody's Home tab anew
   */
  LookPress(
      Wiring postern,
      WebApi api,
      ResponseUrls responses,
      Consumer<Identity> redraw,
      Executor afterwards) {
    this.postern = postern;
    this.doorway = new Doorway(postern.directory());
    this.lookups = postern.lookingUp();
    this.responses = responses;
    this.views = new Views(api);
    this.redraw = redraw;
    this.afterwards = afterwards;
  }

  /** Whether an interaction is a press of such a button. */
  static boolean is(JsonNode payload) {
    JsonNode pressed = payload.path("actions").path(0);
    // The menu of a card has the same id as the button to the next page.
    return Kit.text(payload.path("type")).equals("block_actions")
        && Kit.text(pressed.path("type")).equals("button")
        && Look.button(Kit.text(pressed.path("action_id")));
  }

  /** Acknowledges at once; shows it afterwards. */
  Reply handle(JsonNode payload) {
    afterwards.execute(() -> show(payload));
    return Reply.ok();
  }

  private void show(JsonNode payload) {
    JsonNode button = payload.path("actions").path(0);
    String responseUrl = Kit.text(payload.path("response_url"));
    boolean next = !Kit.text(button.path("action_id")).startsWith("pn.open");
    if (responseUrl.isEmpty()) {
      view(payload, button);
    } else {
      Shown shown = shown(payload, button);
      responses.send(responseUrl, shown.message().put("replace_original", next));
    }
  }

  /** What a press is answered with, as a message and as a view. */
  private record Shown(ObjectNode message, ObjectNode view) {
    static Shown of(CardView card) {
      return new Shown(Commands.card(card), LookView.of(card));
    }

    static Shown of(Notice notice) {
      return new Shown(Commands.notice(notice), LookView.of(notice));
    }
  }

  private Shown shown(JsonNode payload, JsonNode button) {
    if (!places.tryAcquire()) {
      return Shown.of(LookView.CROWDED);
    }
    try {
      return found(payload, button);
    } finally {
      places.release();
    }
  }

  private Shown found(JsonNode payload, JsonNode button) {
    try {
      Identity who = who(payload);
      Optional<Notice> refusal = doorway.refuses(who);
      if (refusal.isPresent()) {
        return Shown.of(refusal.get());
      }
      Person asker = postern.directory().person(who).orElseThrow();
      Optional<Look> at = Look.parse(Kit.text(button.path("value")));
      return at.map(look -> Shown.of(lookups.look(look, asker))).orElseGet(() -> Shown.of(STALE));
    } catch (RuntimeException ours) {
      log.error("A look-up failed", ours);
      return Shown.of(BUSY);
    }
  }

  private static Identity who(JsonNode payload) {
    String user = Kit.text(payload.path("user").path("id"));
    return new Identity(SlackSurface.NAME, Press.tenant(payload), user);
  }

  /** In a modal it takes the place of what was shown; elsewhere one opens before it is known. */
  private void view(JsonNode payload, JsonNode button) {
    String on = Kit.text(payload.path("view").path("type"));
    boolean modal = on.equals("modal");
    try {
      String view =
          modal
              ? Kit.text(payload.path("view").path("id"))
              : views.open(Kit.text(payload.path("trigger_id")), LookView.of(LookView.LOOKING));
      views.update(view, shown(payload, button).view());
      if (on.equals("home") && Kit.text(button.path("action_id")).startsWith("pn.end")) {
        redraw.accept(who(payload));
      }
    } catch (SurfaceTrouble slackTrouble) {
      log.warn("A view did not open: {}", slackTrouble.getMessage());
    }
  }
}
