package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Confirm;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Rare;
import dev.postern.card.CardView.Style;
import dev.postern.card.CardView.Verdict;
import dev.postern.card.Notice;
import java.util.List;

/** Lays a card out in Block Kit; adds, drops and rewords nothing. */
final class CardBlocks {
  private CardBlocks() {}

  /** Question, verdict, facts, buttons, footer. */
  static ArrayNode of(CardView card) {
    ArrayNode blocks = Kit.array();
    blocks.add(Kit.header(id(card, "title"), card.title()));
    card.verdict().ifPresent(v -> blocks.add(verdict(v).block(id(card, "verdict"))));
    if (!card.lead().isEmpty()) {
      blocks.add(new Section().lines(card.lead()).block(id(card, "lead")));
    }
    for (int i = 0; i < card.groups().size(); i++) {
      if (i > 0 && card.kind() == CardView.Kind.HOME) {
        blocks.add(Kit.object("divider").put("block_id", id(card, "line" + i)));
      }
      Group group = card.groups().get(i);
      blocks.add(group(group).block(id(card, group.id())));
      if (!group.actions().isEmpty()) {
        blocks.add(buttons(id(card, group.id() + ".act"), group.actions()));
      }
    }
    if (!card.actions().isEmpty()) {
      ObjectNode row = buttons(id(card, "act"), card.actions());
      if (!card.overflow().isEmpty()) {
        row.withArray("elements").add(menu(card.overflow()));
      }
      blocks.add(row);
    }
    if (!card.footer().isEmpty()) {
      blocks.add(Kit.context(id(card, "foot"), card.footer()));
    }
    return blocks;
  }

  /** A private answer: title, sentences, and that nobody else sees it. */
  static ArrayNode of(Notice notice) {
    return Kit.array()
        .add(Kit.header("pn.notice.title", notice.title()))
        .add(new Section().plain(notice.text()).block("pn.notice.lead"))
        .add(Kit.context("pn.notice.foot", Notice.PRIVATE));
  }

  /** What all are told who see a card: title and sentences. */
  static ArrayNode toAll(Notice notice) {
    return Kit.array()
        .add(Kit.header("pn.notice.title", notice.title()))
        .add(new Section().plain(notice.text()).block("pn.notice.lead"));
  }

  /** How bad it is and why, in words. */
  static Section verdict(Section start, Verdict verdict) {
    String words =
        switch (verdict.level()) {
          case HIGH -> "High risk. ";
          case MEDIUM -> "Medium risk. ";
          case LOW -> "Low risk. ";
          case UNKNOWN -> "Risk unknown. ";
        };
    return start.bold(words).line(verdict.reason());
  }

  private static Section verdict(Verdict verdict) {
    String symbol =
        switch (verdict.level()) {
          case HIGH -> "no_entry";
          case MEDIUM -> "warning";
          case LOW -> "information_source";
          case UNKNOWN -> "grey_question";
        };
    return verdict(new Section().emoji(symbol).plain(" "), verdict);
  }

  static Section group(Group group) {
    Section section = new Section();
    if (!group.title().isEmpty()) {
      section.bold(group.title());
    }
    return section.rows(group.rows()).lines(group.lines());
  }

  static ObjectNode buttons(String blockId, List<CardAction> actions) {
    ObjectNode row = Kit.object("actions").put("block_id", blockId);
    ArrayNode elements = row.putArray("elements");
    actions.forEach(a -> elements.add(button(a)));
    return row;
  }

  private static ObjectNode button(CardAction action) {
    ObjectNode button = Kit.object("button").put("action_id", action.id());
    if (!action.token().isEmpty()) {
      button.put("value", action.token());
    }
    button.set("text", Kit.plain(action.label()));
    action.url().ifPresent(url -> button.put("url", url.toString()));
    if (action.style() != Style.PLAIN) {
      button.put("style", style(action.style()));
    }
    if (!action.say().isEmpty()) {
      button.put("accessibility_label", Kit.cut(action.say(), 75));
    }
    action.confirm().ifPresent(c -> button.set("confirm", confirm(c, action.style())));
    return button;
  }

  /** One entry carries what is wanted and the token: a menu has one id for all its entries. */
  private static ObjectNode menu(List<Rare> rare) {
    ObjectNode menu = Kit.object("overflow").put("action_id", Press.MENU);
    ArrayNode options = menu.putArray("options");
    rare.forEach(r -> options.add(Kit.option(r.label(), r.id() + " " + r.token())));
    return menu;
  }

  private static ObjectNode confirm(Confirm confirm, Style style) {
    ObjectNode dialog = Kit.object();
    dialog.set("title", Kit.plain(Kit.cut(confirm.title(), 100)));
    dialog.set("text", Kit.plain(Kit.cut(confirm.text(), 300)));
    dialog.set("confirm", Kit.plain(confirm.yes()));
    dialog.set("deny", Kit.plain(confirm.no()));
    if (style == Style.DANGER) {
      dialog.put("style", style(style));
    }
    return dialog;
  }

  private static String style(Style style) {
    return style == Style.DANGER ? "danger" : "primary";
  }

  /** New on every revision, so that no client keeps what an older one showed. */
  private static String id(CardView card, String part) {
    String subject = card.caseId().isEmpty() ? card.state() : card.caseId();
    return "pn." + subject + "." + part + ".r" + card.rev();
  }
}
