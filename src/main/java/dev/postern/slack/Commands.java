package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.card.CardView;
import dev.postern.card.Doorway;
import dev.postern.card.LookupWriter;
import dev.postern.card.Lookups;
import dev.postern.card.Notice;
import dev.postern.card.Prompt;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /postern}: answers only the person who typed it, at once where it can. What takes longer
 * is acknowledged, and answered where Slack says.
 */
final class Commands {
  private static final Logger log = LoggerFactory.getLogger(Commands.class);

  private static final Notice BUSY =
      new Notice("Not now", "Postern cannot read its cases at the moment. Please try again.");
  private static final Notice CROWDED =
      new Notice(
          "Not now", "Too many look-ups are on their way. Please try again in a few seconds.");
  private static final Notice LOOKING =
      new Notice("Looking…", "The answer follows here as soon as it is known.");

  /** Slack waits for three seconds; the way to us and back takes of that. */
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private static final int MOST_AT_ONCE = 16;

  private final Wiring postern;
  private final Doorway doorway;
  private final Lookups lookups;
  private final ResponseUrls responses;
  private final Executor threads;
  private final Duration patience;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /**
   * @param threads carry out look-ups
   */
  Commands(Wiring postern, ResponseUrls responses, Executor threads) {
    this(postern, responses, threads, PATIENCE);
  }

  Commands(Wiring postern, ResponseUrls responses, Executor threads, Duration patience) {
    this.postern = postern;
    this.doorway = new Doorway(postern.directory());
    this.lookups = postern.lookingUp();
    this.responses = responses;
    this.threads = threads;
    this.patience = patience;
  }

  /**
   * Answers one command.
   *
   * @param fields Slack's form fields
   */
  Reply handle(Map<String, String> fields) {
    String typed = fields.getOrDefault("text", "").strip();
    if (typed.isEmpty() || typed.toLowerCase(Locale.ROOT).equals("help")) {
      return Reply.json(card(LookupWriter.help(Prompt.SLACK)));
    }
    Identity who =
        new Identity(
            SlackSurface.NAME,
            fields.getOrDefault("team_id", ""),
            fields.getOrDefault("user_id", ""));
    if (!places.tryAcquire()) {
      return Reply.json(notice(CROWDED));
    }
    CompletableFuture<ObjectNode> answer =
        CompletableFuture.supplyAsync(() -> answer(typed, who), threads)
            .whenComplete((_, _) -> places.release());
    return inTime(answer, fields.getOrDefault("response_url", ""));
  }

  /** The answer where a command cannot be taken. */
  static Reply notNow() {
    return Reply.json(notice(BUSY));
  }

  private Reply inTime(CompletableFuture<ObjectNode> answer, String responseUrl) {
    try {
      return Reply.json(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException slow) {
      var _ = answer.thenAccept(late -> responses.send(responseUrl, late));
      return Reply.json(notice(LOOKING));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Reply.json(notice(BUSY));
    } catch (ExecutionException ours) {
      log.error("A look-up failed", ours);
      return Reply.json(notice(BUSY));
    }
  }

  private ObjectNode answer(String typed, Identity who) {
    try {
      Optional<Notice> refusal = doorway.refuses(who);
      if (refusal.isPresent()) {
        return notice(refusal.get());
      }
      Person asker = postern.directory().person(who).orElseThrow();
      return card(lookups.answer(typed, asker, Prompt.SLACK));
    } catch (RuntimeException ours) {
      log.error("A look-up failed", ours);
      return notice(BUSY);
    }
  }

  /** A card as a private message. */
  static ObjectNode card(CardView card) {
    ObjectNode body = ephemeral(card.fallback());
    return body.set("blocks", CardBlocks.of(card));
  }

  /** A notice as a private message. */
  static ObjectNode notice(Notice notice) {
    ObjectNode body = ephemeral(notice.title() + ". " + notice.text());
    return body.set("blocks", CardBlocks.of(notice));
  }

  private static ObjectNode ephemeral(String fallback) {
    return Kit.object().put("response_type", "ephemeral").put("text", Kit.escaped(fallback));
  }
}
