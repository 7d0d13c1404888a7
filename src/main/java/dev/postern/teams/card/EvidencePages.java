package dev.postern.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView.Group;
import java.util.ArrayList;
import java.util.List;

/**
 * All the evidence of a case, on as many pages as Teams needs to take it: nothing is cut, a block
 * that is too long goes on on the next page.
 */
public final class EvidencePages {
  /** Leaves room for what stands around the blocks. */
  private static final int ROOM = AdaptiveCards.MOST_OCTETS - 3_000;

  private static final String READING = "Read only. Text in code style is not Postern’s own.";

  private final String caseId;
  private final String token;
  private final String note;
  private final List<ArrayNode> pages = new ArrayList<>();
  private int used;

  /**
   * Divides it into pages.
   *
   * @param caseId as people read it
   * @param token what the button carried; buttons between pages carry it on
   * @param groups of the card, then what the message itself says
   * @param note about what is not there, in own words; empty without
   */
  public EvidencePages(String caseId, String token, List<Group> groups, String note) {
    this.caseId = caseId;
    this.token = token;
    this.note = note;
    pages.add(Json.array());
    int number = 0;
    for (Group group : groups) {
      add(group, "e" + number++);
    }
    if (groups.isEmpty()) {
      pages.getLast().add(new RichText().plain("Nothing more was found.").block("Medium"));
    }
  }

  /** How many there are, at least one. */
  public int count() {
    return pages.size();
  }

  String caseId() {
    return caseId;
  }

  /** The page of that number, from 1; the nearest where there is none. */
  ObjectNode draw(int number) {
    int page = Math.clamp(number, 1, pages.size());
    ObjectNode card = AdaptiveCards.frame("Evidence for case " + caseId);
    ArrayNode body = card.putArray("body").add(Json.heading("Evidence " + caseId));
    body.addAll(pages.get(page - 1).deepCopy());
    if (!note.isEmpty()) {
      body.add(new RichText().plain(note).block("Medium"));
    }
    body.add(Json.footer(pages.size() == 1 ? READING : place(page) + READING));
    if (pages.size() > 1) {
      ArrayNode turns = card.putArray("actions");
      turn(turns, "Previous page", page - 1);
      turn(turns, "Next page", page + 1);
    }
    return card;
  }

  private String place(int page) {
    return "Page " + page + " of " + pages.size() + ". ";
  }

  private void turn(ArrayNode turns, String title, int page) {
    if (page >= 1 && page <= pages.size()) {
      ObjectNode press = turns.addObject().put("type", "Action.Submit").put("title", title);
      press
          .putObject("data")
          .put(Field.VERB, Field.EVIDENCE)
          .put(Field.TOKEN, token)
          .put(Field.PAGE, page);
    }
  }

  private void add(Group group, String id) {
    List<ObjectNode> lines = new ArrayList<>();
    group.rows().forEach(row -> lines.add(RichText.row(row)));
    group.lines().forEach(runs -> lines.add(RichText.line(runs, "Small")));
    ArrayNode items = open(group, id);
    for (ObjectNode line : lines) {
      int size = Json.size(line) + 1;
      if (used + size > ROOM && !items.isEmpty()) {
        pages.add(Json.array());
        used = 0;
        items = open(group, id);
      }
      items.add(line);
      used += size;
    }
    if (!group.actions().isEmpty()) {
      ObjectNode set = Json.object("ActionSet").put("spacing", "Small");
      ArrayNode buttons = set.putArray("actions");
      group.actions().forEach(it -> buttons.add(Buttons.inDialog(it)));
      items.add(set);
      used += Json.size(set) + 1;
    }
  }

  private ArrayNode open(Group group, String id) {
    ArrayNode page = pages.getLast();
    ObjectNode box = Json.container(id, !page.isEmpty());
    ArrayNode items = box.putArray("items");
    if (!group.title().isEmpty()) {
      items.add(Json.ownText(group.title()).put("weight", "Bolder"));
    }
    page.add(box);
    used += Json.size(box) + 1;
    return items;
  }
}
