package dev.postern.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Kind;
import dev.postern.card.CardView.Verdict;
import dev.postern.card.Notice;
import dev.postern.card.Run;
import dev.postern.card.Wording;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lays a card out as an Adaptive Card 1.5; adds and rewords nothing, and drops something only where
 * a card would be larger than {@value #MOST_OCTETS} octets. Foreign text stands in text runs alone.
 */
public final class AdaptiveCards {
  /** The most that one card has as JSON in UTF-8; Teams takes 28 KB, of a whole message. */
  public static final int MOST_OCTETS = 20_000;

  private static final String TOO_OLD = " This Teams client is too old to show the card.";

  private AdaptiveCards() {}

  /** A card that is the same for all who see it. */
  public static ObjectNode of(CardView card) {
    return of(card, Viewers.all());
  }

  /** Question, verdict, facts, footer, buttons. */
  public static ObjectNode of(CardView card, Viewers viewers) {
    return Fitted.of(card, shorter -> draw(shorter, viewers));
  }

  /** A private answer: title, sentences, and that nobody else sees it. */
  public static ObjectNode of(Notice notice) {
    ObjectNode card = toAll(notice);
    card.withArray("body").add(Json.footer(Notice.PRIVATE));
    return card;
  }

  /** What all are told who see a card: title and sentences. */
  public static ObjectNode toAll(Notice notice) {
    ObjectNode card = frame(notice.title() + ". " + notice.text());
    card.putArray("body")
        .add(Json.heading(notice.title()))
        .add(lead(List.of(List.of(Run.own(Words.cut(notice.text(), 2000))))));
    return card;
  }

  /** A card without a body. */
  static ObjectNode frame(String fallback) {
    String spoken = Words.noMarkdown(Words.cut(fallback, 300));
    ObjectNode card =
        Json.object("AdaptiveCard")
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("version", "1.5")
            .put("lang", "en")
            .put("speak", spoken)
            .put("fallbackText", spoken + TOO_OLD);
    card.putObject("msteams").put("width", "Full");
    return card;
  }

  private static ObjectNode draw(CardView card, Viewers viewers) {
    ObjectNode drawn = frame(card.fallback());
    if (!viewers.userIds().isEmpty()) {
      drawn.set("refresh", refresh(viewers));
    }
    Forms forms = new Forms(card);
    drawn.set("body", body(card, forms));
    ArrayNode actions = new Buttons(card.actions(), card.overflow(), forms).row();
    if (!actions.isEmpty()) {
      drawn.set("actions", actions);
    }
    return drawn;
  }

  private static ArrayNode body(CardView card, Forms forms) {
    ArrayNode body = Json.array().add(Json.heading(card.title()));
    card.verdict().ifPresent(v -> body.add(verdict(v)));
    if (!card.lead().isEmpty()) {
      body.add(lead(card.lead()));
    }
    Set<String> taken = new HashSet<>(Set.of("lead"));
    for (int i = 0; i < card.groups().size(); i++) {
      Group group = card.groups().get(i);
      boolean line = i > 0 && card.kind() == Kind.HOME;
      body.add(group(group, taken.add(group.id()) ? group.id() : "g" + i, line, forms));
    }
    if (!card.footer().isEmpty()) {
      body.add(Json.footer(card.footer()));
    }
    return body;
  }

  private static ObjectNode refresh(Viewers viewers) {
    ObjectNode refresh = Json.object();
    refresh
        .putObject("action")
        .put("type", "Action.Execute")
        .put("verb", Field.REFRESH)
        .put("title", "Refresh")
        .putObject("data")
        .put(Field.TOKEN, viewers.token());
    ArrayNode ids = refresh.putArray("userIds");
    viewers.userIds().forEach(ids::add);
    return refresh;
  }

  private static ObjectNode verdict(Verdict verdict) {
    String symbol =
        switch (verdict.level()) {
          case HIGH -> "⛔ ";
          case MEDIUM -> "⚠ ";
          case LOW -> "ℹ ";
          case UNKNOWN -> "? ";
        };
    String style =
        switch (verdict.level()) {
          case HIGH -> "attention";
          case MEDIUM -> "warning";
          case LOW -> "accent";
          case UNKNOWN -> "emphasis";
        };
    ObjectNode box =
        Json.object("Container").put("style", style).put("bleed", true).put("spacing", "Small");
    RichText line = new RichText().bold(symbol + Wording.risk(verdict.level()) + ". ");
    box.putArray("items").add(line.line(verdict.reason()).block(""));
    return box;
  }

  private static ObjectNode lead(List<List<Run>> lines) {
    ObjectNode box = Json.object("Container").put("id", "lead").put("spacing", "Small");
    ArrayNode items = box.putArray("items");
    for (List<Run> line : lines) {
      items.add(RichText.line(line, items.isEmpty() ? "" : "Small"));
    }
    return box;
  }

  private static ObjectNode group(Group group, String id, boolean line, Forms forms) {
    ObjectNode box = Json.container(id, line);
    ArrayNode items = box.putArray("items");
    if (!group.title().isEmpty()) {
      items.add(Json.ownText(group.title()).put("weight", "Bolder"));
    }
    group.rows().forEach(row -> items.add(RichText.row(row)));
    group.lines().forEach(runs -> items.add(RichText.line(runs, "Small")));
    if (!group.actions().isEmpty()) {
      ObjectNode set = Json.object("ActionSet").put("spacing", "Small");
      set.set("actions", new Buttons(group.actions(), List.of(), forms).row());
      items.add(set);
    }
    return box;
  }
}
