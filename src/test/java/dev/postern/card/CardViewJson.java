package dev.postern.card;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** A card as the design's JSON ({@code cardview.schema.json}), for comparison and for eyes. */
public final class CardViewJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private CardViewJson() {}

  /** The card as a tree. */
  public static ObjectNode tree(CardView card) {
    ObjectNode out = NODES.objectNode();
    out.put("schema", "postern.cardview/1");
    out.put("kind", card.kind().name().toLowerCase(Locale.ROOT));
    out.put("state", card.state());
    if (!card.caseId().isEmpty()) {
      out.put("caseId", card.caseId());
    }
    out.put("rev", card.rev()).put("title", card.title());
    card.verdict()
        .ifPresent(
            v ->
                out.putObject("verdict")
                    .put("level", v.level().name())
                    .set("reason", line(v.reason())));
    put(out, "lead", lines(card.lead()));
    ArrayNode groups = out.putArray("groups");
    card.groups().forEach(g -> groups.add(group(g, true)));
    ArrayNode actions = NODES.arrayNode();
    card.actions().forEach(a -> actions.add(action(a)));
    put(out, "actions", actions);
    ArrayNode overflow = NODES.arrayNode();
    card.overflow()
        .forEach(r -> overflow.addObject().put("label", r.label()).put("token", r.token()));
    put(out, "overflow", overflow);
    put(out, "recipients", line(card.recipients()));
    ArrayNode evidence = NODES.arrayNode();
    card.evidence().forEach(g -> evidence.add(group(g, false)));
    put(out, "evidence", evidence);
    return out.put("footer", card.footer()).put("fallback", card.fallback());
  }

  /** The card as text, one member a line. */
  public static String text(CardView card) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree(card))
          + "\n";
    } catch (IOException cannotHappenInMemory) {
      throw new UncheckedIOException(cannotHappenInMemory);
    }
  }

  private static void put(ObjectNode out, String name, ArrayNode list) {
    if (!list.isEmpty()) {
      out.set(name, list);
    }
  }

  private static ObjectNode group(Group group, boolean withId) {
    ObjectNode out = NODES.objectNode();
    if (withId) {
      out.put("id", group.id());
    }
    if (!group.title().isEmpty()) {
      out.put("title", group.title());
    }
    ArrayNode rows = NODES.arrayNode();
    for (Row row : group.rows()) {
      rows.addObject().put("label", row.label()).set("value", line(row.value()));
    }
    put(out, "rows", rows);
    put(out, "lines", lines(group.lines()));
    ArrayNode actions = NODES.arrayNode();
    group.actions().forEach(a -> actions.add(action(a)));
    put(out, "actions", actions);
    return out;
  }

  private static ArrayNode lines(List<List<Run>> lines) {
    ArrayNode out = NODES.arrayNode();
    lines.forEach(l -> out.add(line(l)));
    return out;
  }

  private static ArrayNode line(List<? extends Run> runs) {
    ArrayNode out = NODES.arrayNode();
    runs.forEach(r -> out.add(run(r)));
    return out;
  }

  private static ObjectNode run(Run run) {
    ObjectNode out = NODES.objectNode();
    return switch (run) {
      case Run.Own own -> out.put("kind", "own").put("text", own.text());
      case Run.Time t ->
          out.put("kind", "time")
              .put("at", t.at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString())
              .put("form", t.form().name().toLowerCase(Locale.ROOT));
      case Run.Person p -> out.put("kind", "person").put("id", p.id()).put("name", p.name().text());
      case Foreign f -> foreign(out.put("kind", "foreign").put("text", f.text()), f);
    };
  }

  private static ObjectNode foreign(ObjectNode out, Foreign f) {
    if (f.hidden() > 0) {
      out.put("hidden", f.hidden());
    }
    if (f.symbols() > 0) {
      out.put("symbols", f.symbols());
    }
    return f.cutFrom() > 0 ? out.put("cutFrom", f.cutFrom()) : out;
  }

  private static ObjectNode action(CardAction action) {
    ObjectNode out = NODES.objectNode();
    out.put("id", action.id()).put("label", action.label());
    if (!action.token().isEmpty()) {
      out.put("token", action.token());
    }
    action.url().ifPresent(url -> out.put("url", url.toString()));
    if (action.style() != CardView.Style.PLAIN) {
      out.put("style", action.style().name().toLowerCase(Locale.ROOT));
    }
    if (!action.say().isEmpty()) {
      out.put("say", action.say());
    }
    action
        .confirm()
        .ifPresent(
            c ->
                out.putObject("confirm")
                    .put("title", c.title())
                    .put("text", c.text())
                    .put("yes", c.yes())
                    .put("no", c.no()));
    return out;
  }
}
