package dev.postern.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Person;
import dev.postern.card.CardView;
import dev.postern.card.CardWriter;
import dev.postern.card.Doorway;
import dev.postern.card.HomeWriter;
import dev.postern.card.LookupWriter;
import dev.postern.card.Lookups;
import dev.postern.card.Notice;
import dev.postern.card.Prompt;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.pace.Pace;
import dev.postern.teams.card.Attachments;
import dev.postern.teams.card.Viewers;
import dev.postern.teams.door.Activity;
import dev.postern.teams.door.Reply;
import dev.postern.teams.wire.Connector;
import dev.postern.teams.wire.Conversation;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Words that people write to the bot. In a channel all would read the answer: what it says of cases
 * goes to the personal chat of whoever asked.
 */
final class Talk {
  private static final Logger log = LoggerFactory.getLogger(Talk.class);

  private static final Notice CROWDED =
      new Notice(
          "Not now", "Too many look-ups are on their way. Please try again in a few seconds.");
  private static final Notice ELSEWHERE =
      new Notice("Answered in our chat", "What Postern knows of cases is for you alone.");
  private static final Notice NO_CHAT =
      new Notice(
          "Write to Postern in a personal chat",
          "What Postern knows of cases is for you alone. Add the app Postern for yourself, and ask"
              + " it there.");

  /** A mention as it stands in the text. */
  private static final Pattern MENTION = Pattern.compile("<at[^>]{0,100}>[^<]{0,200}</at>");

  /** How commands are typed where others read along. */
  static final Prompt IN_CHANNELS = new Prompt("@Postern ");

  private static final Prompt IN_CHAT = new Prompt("");

  /** Words that mean no more than what follows them; some know commands from Slack. */
  private static final Pattern LEADING =
      Pattern.compile("(?i)^(?:/?postern\\s+)?(?:(?:lookup|look up|case|find)\\s+)?");

  private static final int LONGEST = 500;
  private static final int MOST_AT_ONCE = 16;

  private final TeamsWiring postern;
  private final Doorway doorway;
  private final Lookups lookups;
  private final HomeWriter home;
  private final Presses presses;
  private final TeamsSurface surface;
  private final Connector connector;
  private final Pace pace;
  private final Executor afterwards;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /**
   * Takes its parts.
   *
   * @param afterwards answers, so that Teams' request is not kept waiting
   */
  Talk(
      TeamsWiring postern,
      Presses presses,
      TeamsSurface surface,
      Connector connector,
      Pace pace,
      Executor afterwards) {
    this.postern = postern;
    this.doorway = new Doorway(postern.directory());
    this.lookups = postern.lookingUp();
    this.home =
        new HomeWriter(
            postern.cases(),
            postern.lookups().reading(),
            postern.lookups().petitions(),
            new CardWriter(postern.directory()));
    this.presses = presses;
    this.surface = surface;
    this.connector = connector;
    this.pace = pace;
    this.afterwards = afterwards;
  }

  /** Acknowledges at once; answers afterwards. */
  Reply message(Activity heard) {
    JsonNode value = heard.json().path("value");
    if (value.isObject()) {
      afterwards.execute(() -> pressed(heard, value));
    } else {
      afterwards.execute(() -> answer(heard));
    }
    return Reply.ok();
  }

  /** A button of a client that is too old to show the answer in the card. */
  private void pressed(Activity heard, JsonNode value) {
    JsonNode answered = presses.answer(Press.submitted(heard, value)).path("value");
    String words = answered.isTextual() ? answered.textValue() : Claim.text(answered, "message");
    if (!words.isEmpty()) {
      ObjectNode message =
          JsonNodeFactory.instance.objectNode().put("type", "message").put("text", words);
      answer(heard, message);
    }
  }

  private void answer(Activity heard) {
    if (!places.tryAcquire()) {
      send(heard, Attachments.message(CROWDED));
      return;
    }
    try {
      String typed = typed(Claim.text(heard.json(), "text"));
      String word = typed.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
      if (typed.isEmpty() || word.equals("help")) {
        send(heard, message(LookupWriter.help(prompt(heard)).toAll()));
        return;
      }
      Press asker = Press.submitted(heard, heard.json());
      Optional<Notice> refusal = doorway.refuses(asker.who());
      if (refusal.isPresent()) {
        answer(heard, Attachments.message(refusal.get()));
        return;
      }
      Person person = postern.directory().person(asker.who()).orElseThrow();
      CardView card =
          word.equals("mine") ? mine(person) : lookups.answer(typed, person, prompt(heard));
      ObjectNode found = message(word.equals("check") ? card.toAll() : card);
      if (word.equals("check")) {
        send(heard, found);
      } else {
        answer(heard, found);
      }
    } catch (RuntimeException ours) {
      log.error("A look-up in Teams failed", ours);
      send(heard, Attachments.message(Presses.BUSY));
    } finally {
      places.release();
    }
  }

  private static Prompt prompt(Activity heard) {
    return Places.personal(heard) ? IN_CHAT : IN_CHANNELS;
  }

  private CardView mine(Person person) {
    return home.of(
        person,
        postern.lookups().brake().standing(),
        postern.lookups().health().get(),
        postern.clock().instant());
  }

  /** To whoever asked alone. */
  private void answer(Activity heard, ObjectNode found) {
    if (Places.personal(heard)) {
      send(heard, found);
      return;
    }
    Notice here = ELSEWHERE;
    try {
      surface.write(Places.person(heard), found);
    } catch (SurfaceTrouble trouble) {
      log.info("A personal chat in Teams did not take an answer: {}", trouble.getMessage());
      here = NO_CHAT;
    }
    send(heard, Attachments.message(here));
  }

  private void send(Activity heard, ObjectNode message) {
    Conversation at = new Conversation(heard.serviceUrl().toString(), heard.conversation());
    pace.spend(TeamsRates.writes(Places.placeOf(heard)));
    try {
      connector.send(at, message); // in a channel the conversation is the thread
    } catch (SurfaceTrouble trouble) {
      log.warn("An answer in Teams was not taken: {}", trouble.getMessage());
    }
  }

  private static ObjectNode message(CardView card) {
    return Attachments.message(card, Viewers.all());
  }

  /** What was typed, without the mention of the bot and without what HTML needs. */
  static String typed(String text) {
    String bare =
        MENTION
            .matcher(text)
            .replaceAll(" ")
            .replace("&nbsp;", " ")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .replace('\u00a0', ' ')
            .strip();
    String cut = bare.substring(0, Math.min(LONGEST, bare.length()));
    return LEADING.matcher(cut).replaceFirst("").strip();
  }
}
