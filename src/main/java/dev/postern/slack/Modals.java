package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CaseFile;
import dev.postern.card.CardView;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.card.CardView.Stake;
import dev.postern.card.Foreign;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The forms and the evidence view. */
final class Modals {
  static final String RELEASE = "pn.release";
  static final String DISCARD = "pn.discard";
  static final String TO_BLOCK = "pn.m.to";
  static final String TO = "pn.to";
  static final String WHY_BLOCK = "pn.m.why";
  static final String WHY = "pn.why";
  static final String REASON_BLOCK = "pn.m.reason";
  static final String REASON = "pn.reason";
  static final String LATER_BLOCK = "pn.m.later";
  static final String LATER = "pn.later";
  static final int SHORTEST_REASON = 10;
  static final int LONGEST_REASON = 240;

  private static final String READING = "Text in code style is not Postern’s own.";
  private static final Set<String> SUBJECT_ROWS =
      Set.of("This vote covers", "From", "Subject", "Asked by", "Until");
  // A view holds 100 blocks (docs.slack.dev, "Modals").
  private static final int MOST_EVIDENCE_GROUPS =
      48; // two blocks each, buttons of one, two besides

  private static final Map<String, String> WHYS =
      new TreeMap<>(
          Map.of(
              "confirmed", "Sender confirmed by phone or in person",
              "expected", "Expected, part of known work",
              "false_alarm", "False alarm of the filter",
              "other", "Other, see below"));

  private Modals() {}

  /** Whom to release to, and why. */
  static ObjectNode release(CardView card, Memo memo, Stake stake) {
    boolean request = card.kind() == CardView.Kind.REQUEST;
    ObjectNode view =
        request
            ? form(RELEASE, "Approve request", "Approve", "Not now", memo)
            : form(RELEASE, "Release message", "Release", "Keep held", memo);
    ArrayNode blocks = facts(view, card);
    if (card.recipients().size() > 1) {
      blocks.add(recipients(card.recipients()));
    }
    if (stake.reasonNeeded() && !request) {
      blocks.add(why());
    }
    blocks.add(reason(stake.reasonNeeded()));
    stake.later().map(Modals::later).ifPresent(blocks::add);
    blocks.add(Kit.context("pn.m.foot", stake.consequence()));
    return view;
  }

  /** Why it is deleted. */
  static ObjectNode discard(CardView card, Memo memo, Stake stake) {
    ObjectNode view =
        card.kind() == CardView.Kind.REQUEST
            ? form(DISCARD, "Refuse request", "Refuse", "Not now", memo)
            : form(DISCARD, "Discard message", "Discard", "Keep held", memo);
    ArrayNode blocks = facts(view, card);
    blocks.add(reason(stake.reasonNeeded()));
    stake.later().map(Modals::later).ifPresent(blocks::add);
    blocks.add(Kit.context("pn.m.foot", stake.consequence()));
    return view;
  }

  /**
   * All that was found, read only.
   *
   * @param inside what the message itself says; empty where that is not shown
   * @param note about what is not there, in own words; empty without
   */
  static ObjectNode evidence(CardView card, CaseFile it, List<Group> inside, String note) {
    ObjectNode view = modal("pn.evidence", "Evidence", "Close");
    ArrayNode blocks = view.putArray("blocks");
    String digest = it.digest().map(d -> ", evidence " + d.brief()).orElse("");
    blocks.add(Kit.context("pn.m.c0", "Case " + it.id() + digest + ", read only. " + READING));
    List<Group> groups = Stream.concat(card.evidence().stream(), inside.stream()).toList();
    for (int i = 0; i < Math.min(groups.size(), MOST_EVIDENCE_GROUPS); i++) {
      Group group = groups.get(i);
      if (!group.title().isEmpty()) {
        blocks.add(Kit.header("pn.m.h" + (2 * i + 1), group.title()));
      }
      if (!group.rows().isEmpty() || !group.lines().isEmpty()) {
        Section facts = new Section().rows(group.rows()).lines(group.lines());
        blocks.add(facts.block("pn.m.ev" + i));
      }
      if (!group.actions().isEmpty()) {
        blocks.add(CardBlocks.buttons("pn.m.act" + i, group.actions()));
      }
    }
    if (groups.isEmpty()) {
      blocks.add(new Section().plain("Nothing more was found.").block("pn.m.ev0"));
    }
    if (!note.isEmpty()) {
      blocks.add(Kit.context("pn.m.note", note));
    }
    return view;
  }

  /** The words behind a choice of "Why is it safe?"; empty for none and for "Other". */
  static String whyWords(String value) {
    return value.equals("other") ? "" : WHYS.getOrDefault(value, "");
  }

  private static ObjectNode modal(String callback, String title, String close) {
    ObjectNode view = Kit.object("modal").put("callback_id", callback);
    view.set("title", Kit.plain(title));
    view.set("close", Kit.plain(close));
    return view;
  }

  static ObjectNode form(String callback, String title, String submit, String close, Memo memo) {
    ObjectNode view = modal(callback, title, close);
    view.set("submit", Kit.plain(submit));
    return view.put("private_metadata", memo.text());
  }

  private static ArrayNode facts(ObjectNode view, CardView card) {
    ArrayNode blocks = view.putArray("blocks");
    card.verdict()
        .map(v -> CardBlocks.verdict(new Section(), v))
        .ifPresent(s -> blocks.add(s.block("pn.m.verdict")));
    List<Row> who =
        card.groups().stream()
            .filter(g -> g.id().equals("who"))
            .flatMap(g -> g.rows().stream())
            .filter(r -> SUBJECT_ROWS.contains(r.label()))
            .toList();
    if (!who.isEmpty()) {
      blocks.add(new Section().rows(who).block("pn.m.who"));
    }
    return blocks;
  }

  private static ObjectNode recipients(List<Foreign> recipients) {
    ObjectNode select = Kit.object("multi_static_select").put("action_id", TO);
    select.set("placeholder", Kit.plain("Choose recipients"));
    ArrayNode options = select.putArray("options");
    for (int i = 0; i < recipients.size(); i++) {
      String text = recipients.get(i).text();
      options.add(Kit.option(text.isEmpty() ? "(empty)" : text, "r" + (i + 1)));
    }
    select.set("initial_options", options.deepCopy());
    ObjectNode block = Kit.input(TO_BLOCK, "Release to", select);
    return block.set("hint", Kit.plain("Those left out stay held."));
  }

  private static ObjectNode why() {
    ArrayNode options = Kit.array();
    WHYS.forEach((value, words) -> options.add(Kit.option(words, value)));
    return Kit.input(WHY_BLOCK, "Why is it safe?", Kit.select(WHY, "Choose", options));
  }

  private static ObjectNode later(String words) {
    ObjectNode box = Kit.object("checkboxes").put("action_id", LATER);
    box.putArray("options").add(Kit.option(words, "later"));
    ObjectNode block = Kit.input(LATER_BLOCK, "Later ones", box).put("optional", true);
    return block.set("hint", Kit.plain(Stake.IF_LATER));
  }

  private static ObjectNode reason(boolean needed) {
    ObjectNode text =
        Kit.object("plain_text_input")
            .put("action_id", REASON)
            .put("multiline", true)
            .put("max_length", LONGEST_REASON);
    ObjectNode block = Kit.input(REASON_BLOCK, "In your words", text);
    block.set("hint", Kit.plain("Kept in the audit log and shown to the other approvers."));
    if (needed) {
      text.put("min_length", SHORTEST_REASON);
      return block;
    }
    return block.put("optional", true);
  }
}
