package dev.postern.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Confirm;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Kind;
import dev.postern.card.CardView.Level;
import dev.postern.card.CardView.Row;
import dev.postern.card.CardView.Style;
import dev.postern.card.CardView.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads the design's worded cards, for tests of renderers. */
public final class CardSample {
  private CardSample() {}

  /** The card of that name as the design has it. */
  public static JsonNode worded(String name) {
    String file = "cardview/" + name + ".json";
    try (InputStream in = CardSample.class.getResourceAsStream(file)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in, file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The card of that name, for renderers. */
  public static CardView named(String name) {
    return read(worded(name));
  }

  /** The card; what no card of ours has (dividers) is left out. */
  public static CardView read(JsonNode card) {
    return new CardView(
        Kind.valueOf(card.path("kind").asText().toUpperCase(Locale.ROOT)),
        card.path("state").asText(),
        card.path("caseId").asText(),
        card.path("rev").asInt(),
        card.path("title").asText(),
        Optional.of(card.path("verdict"))
            .filter(JsonNode::isObject)
            .map(v -> new Verdict(Level.valueOf(v.path("level").asText()), line(v.path("reason")))),
        each(card.path("lead"), CardSample::line),
        each(card.path("groups"), CardSample::group),
        each(card.path("actions"), CardSample::action),
        each(card.path("overflow"), CardSample::rare),
        each(card.path("recipients"), CardSample::foreign),
        each(card.path("evidence"), CardSample::group),
        card.path("footer").asText(),
        card.path("fallback").asText());
  }

  private static Group group(JsonNode group) {
    return new Group(
        group.path("id").asText("ev"),
        group.path("title").asText(),
        each(group.path("rows"), r -> new Row(r.path("label").asText(), line(r.path("value")))),
        each(group.path("lines"), CardSample::line),
        each(group.path("actions"), CardSample::action));
  }

  private static List<Run> line(JsonNode runs) {
    return each(runs, CardSample::run);
  }

  private static Run run(JsonNode run) {
    return switch (run.path("kind").asText()) {
      case "own" -> Run.own(run.path("text").asText());
      case "foreign" -> foreign(run);
      case "time" ->
          new Run.Time(
              Instant.parse(run.path("at").asText()),
              Run.Time.Form.valueOf(run.path("form").asText().toUpperCase(Locale.ROOT)));
      case "person" ->
          new Run.Person(
              run.path("id").asText(),
              new Foreign(run.path("name").asText(), 0, 0, 0),
              run.path("id").asText());
      default -> throw new IllegalArgumentException("no such run: " + run);
    };
  }

  private static Foreign foreign(JsonNode run) {
    return new Foreign(
        run.path("text").asText(),
        run.path("hidden").asInt(),
        run.path("symbols").asInt(),
        run.path("cutFrom").asInt());
  }

  private static CardAction action(JsonNode action) {
    String style = action.path("style").asText();
    return new CardAction(
        action.path("id").asText(),
        action.path("label").asText(),
        action.path("token").asText(),
        style.isEmpty() ? Style.PLAIN : Style.valueOf(style.toUpperCase(Locale.ROOT)),
        action.path("say").asText(),
        Optional.of(action.path("confirm"))
            .filter(JsonNode::isObject)
            .map(
                c ->
                    new Confirm(
                        c.path("title").asText(),
                        c.path("text").asText(),
                        c.path("yes").asText(),
                        c.path("no").asText())),
        Optional.of(action.path("url").asText()).filter(u -> !u.isEmpty()).map(URI::create),
        stake(action));
  }

  /** The design says it to forms only: a release without a question needs a reason. */
  private static Optional<CardView.Stake> stake(JsonNode action) {
    return switch (action.path("id").asText()) {
      case "pn.release" ->
          Optional.of(
              new CardView.Stake(
                  "Delivered at once, cannot be recalled. Your name is recorded.",
                  !action.has("confirm"),
                  Optional.empty()));
      case "pn.discard" ->
          Optional.of(
              new CardView.Stake(action.at("/confirm/text").asText(), false, Optional.empty()));
      default -> Optional.empty();
    };
  }

  /** The design names no ids: each entry has a token of its own. */
  private static CardView.Rare rare(JsonNode entry) {
    String label = entry.path("label").asText();
    String id =
        switch (label) {
          case "Block this sender…" -> "pn.block";
          case "Allow this sender for 24 h…" -> "pn.allow";
          case "Ask a recipient…" -> "pn.ask";
          default -> "pn.handover";
        };
    return new CardView.Rare(id, label, entry.path("token").asText());
  }

  private static <T> List<T> each(JsonNode array, Function<JsonNode, T> read) {
    return StreamSupport.stream(array.spliterator(), false).map(read).toList();
  }
}
