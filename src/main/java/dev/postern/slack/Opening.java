package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.card.Doorway;
import dev.postern.card.Notice;
import dev.postern.card.Notices;
import dev.postern.card.SurfaceTrouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a modal for one who may see it. A trigger works for three seconds: what is not ready in a
 * part of a second follows in a modal that stands open.
 */
final class Opening {
  private static final Notice NO_CASE =
      new Notice("No such case", "Postern has no case for this card. Your click changed nothing.");
  private static final Notice NOT_OPENED =
      new Notice(
          "The form did not open", "Slack did not show it. Nothing changed. Please click again.");
  private static final Notice LATE =
      new Notice("Not now", "Postern is too slow at the moment. Nothing changed. Click again.");

  private static final Duration SOON = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(Opening.class);

  private final Wiring postern;
  private final Doorway doorway;
  private final Messages messages;
  private final Views views;
  private final Executor threads;

  Opening(Wiring postern, WebApi api, Executor threads) {
    this.postern = postern;
    this.doorway = new Doorway(postern.directory());
    this.messages = new Messages(api);
    this.views = new Views(api);
    this.threads = threads;
  }

  /** Draws one modal. */
  interface Form {
    Drawn of(CaseFile it, Person who);
  }

  /** A modal that stands open before somebody. */
  record Opened(String viewId, CaseFile it, Person who) {}

  /** A modal, or what is said where there is nothing to fill in. */
  record Drawn(Optional<ObjectNode> view, Notice otherwise) {
    static Drawn of(ObjectNode view) {
      return new Drawn(Optional.of(view), NOT_OPENED);
    }
  }

  /** What a press comes to: a modal about a case for somebody, or a sentence. */
  private record Ready(Drawn drawn, Optional<CaseFile> it, Optional<Person> who) {
    static Ready told(Notice notice) {
      return new Ready(new Drawn(Optional.empty(), notice), Optional.empty(), Optional.empty());
    }

    Optional<Opened> at(String viewId) {
      return drawn.view().isPresent() && it.isPresent()
          ? who.map(person -> new Opened(viewId, it.get(), person))
          : Optional.empty();
    }
  }

  /** Shows a modal; empty where none is shown, and whoever pressed was told why. */
  Optional<Opened> show(Press press, Form form) {
    CompletableFuture<Ready> coming =
        CompletableFuture.supplyAsync(() -> ready(press, form), threads);
    try {
      Optional<Ready> soon = within(SOON, coming);
      return soon.isPresent() ? open(press, soon.get()) : follow(press, coming);
    } catch (SurfaceTrouble slackTrouble) {
      log.warn("A form did not open: {}", slackTrouble.getMessage());
      tell(press.channel(), press.who(), NOT_OPENED);
      return Optional.empty();
    }
  }

  private Optional<Opened> open(Press press, Ready ready) throws SurfaceTrouble {
    if (ready.drawn().view().isEmpty()) {
      tell(press.channel(), press.who(), ready.drawn().otherwise());
      return Optional.empty();
    }
    return ready.at(views.open(press.triggerId(), ready.drawn().view().get()));
  }

  private Optional<Opened> follow(Press press, CompletableFuture<Ready> coming)
      throws SurfaceTrouble {
    String view = views.open(press.triggerId(), LookView.of(LookView.LOOKING));
    Ready ready = within(PATIENCE, coming).orElseGet(() -> Ready.told(LATE));
    Drawn drawn = ready.drawn();
    views.update(view, drawn.view().orElseGet(() -> LookView.of(drawn.otherwise())));
    return ready.at(view);
  }

  private static Optional<Ready> within(Duration patience, CompletableFuture<Ready> coming) {
    try {
      return Optional.of(coming.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException slow) {
      return Optional.empty();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.of(Ready.told(LATE));
    } catch (ExecutionException ours) {
      // What can be expected to fail was answered for already.
      throw new IllegalStateException(ours.getCause());
    }
  }

  private Ready ready(Press press, Form form) {
    try {
      Optional<Notice> refusal = doorway.refuses(press.who());
      if (refusal.isPresent()) {
        return Ready.told(refusal.get());
      }
      Person who = postern.directory().person(press.who()).orElseThrow();
      Optional<CaseFile> it = press.caseId().flatMap(postern.cases()::find);
      return it.isEmpty()
          ? Ready.told(NO_CASE)
          : new Ready(form.of(it.get(), who), it, Optional.of(who));
    } catch (RuntimeException ours) {
      log.error("A form could not be drawn", ours);
      return Ready.told(Notices.NOT_RECORDED);
    }
  }

  /** Tells one person something where they pressed; nothing in places without a channel. */
  void tell(String channel, Identity who, Notice notice) {
    if (channel.isEmpty()) {
      return;
    }
    try {
      String fallback = notice.title() + ". " + notice.text();
      messages.tell(channel, who.user(), fallback, CardBlocks.of(notice));
    } catch (SurfaceTrouble slackTrouble) {
      log.warn("A private answer was not taken: {}", slackTrouble.getMessage());
    }
  }
}
