package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.card.CardWriter;
import dev.postern.card.Doorway;
import dev.postern.card.Notice;
import dev.postern.card.SenderWriter;
import dev.postern.card.SurfaceTrouble;
import dev.postern.evidence.posture.Posture;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The message shortcut "Look this sender up": a view opens at once, and shows what is known of the
 * addresses and domains of that message as soon as DNS has answered.
 */
final class SenderShortcut {
  static final String CALLBACK = "pn.look_sender";

  private static final Logger log = LoggerFactory.getLogger(SenderShortcut.class);
  private static final int MOST_ADDRESSES = 3;
  private static final int MOST_DOMAINS = 2;
  private static final int MOST_AT_ONCE = 8;
  private static final Notice BUSY =
      new Notice("Not now", "Postern cannot look this up at the moment. Please try again.");

  private final Wiring postern;
  private final Doorway doorway;
  private final SenderWriter writer;
  private final Views views;
  private final Executor afterwards;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  SenderShortcut(Wiring postern, WebApi api, Executor afterwards) {
    this.postern = postern;
    this.doorway = new Doorway(postern.directory());
    this.writer =
        new SenderWriter(
            postern.cases(), postern.lookups().reading(), new CardWriter(postern.directory()));
    this.views = new Views(api);
    this.afterwards = afterwards;
  }

  /** Whether an interaction is this shortcut. */
  static boolean is(JsonNode payload) {
    return Kit.text(payload.path("type")).equals("message_action")
        && Kit.text(payload.path("callback_id")).equals(CALLBACK);
  }

  /** Acknowledges at once; opens the view afterwards. */
  Reply handle(JsonNode payload) {
    afterwards.execute(() -> open(payload));
    return Reply.ok();
  }

  private void open(JsonNode payload) {
    String trigger = Kit.text(payload.path("trigger_id"));
    boolean place = places.tryAcquire();
    try {
      String view = views.open(trigger, LookView.of(place ? LookView.LOOKING : LookView.CROWDED));
      if (place) {
        views.update(view, known(payload));
      }
    } catch (SurfaceTrouble slackTrouble) {
      log.warn("A look-up was not shown: {}", slackTrouble.getMessage());
    } finally {
      if (place) {
        places.release();
      }
    }
  }

  private ObjectNode known(JsonNode payload) {
    try {
      String user = Kit.text(payload.path("user").path("id"));
      Identity who = new Identity(SlackSurface.NAME, Press.tenant(payload), user);
      Optional<Notice> refusal = doorway.refuses(who);
      if (refusal.isPresent()) {
        return LookView.of(refusal.get());
      }
      Person asker = postern.directory().person(who).orElseThrow();
      return known(NamedInText.of(payload.path("message")), asker);
    } catch (RuntimeException ours) {
      log.error("A look-up failed", ours);
      return LookView.of(BUSY);
    }
  }

  private ObjectNode known(NamedInText named, Person asker) {
    List<EmailAddress> addresses = first(named.addresses(), MOST_ADDRESSES);
    List<DomainName> domains = first(named.domains(), MOST_DOMAINS);
    List<Posture> postures = domains.stream().map(postern.lookups().posture()).toList();
    int omitted =
        named.addresses().size() - addresses.size() + named.domains().size() - domains.size();
    return LookView.of(writer.of(addresses, postures, omitted, asker));
  }

  private static <T> List<T> first(List<T> all, int most) {
    return all.subList(0, Math.min(most, all.size()));
  }
}
