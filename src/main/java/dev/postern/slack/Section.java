package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView;
import dev.postern.card.Foreign;
import dev.postern.card.Run;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One {@code rich_text} block with one section. Foreign text becomes one text element in code
 * style; Slack reads no markup, mention or link in a text element.
 */
final class Section {
  private static final Pattern SLACK_USER = Pattern.compile("[UW][A-Z0-9]{2,20}");

  private final ArrayNode elements = Kit.array();

  Section plain(String text) {
    ObjectNode last = lastPlain();
    if (text.isEmpty()) {
      return this;
    }
    if (last == null) {
      elements.add(Kit.object("text").put("text", text));
    } else {
      last.put("text", last.path("text").asText() + text);
    }
    return this;
  }

  Section bold(String text) {
    return styled(text, "bold");
  }

  Section emoji(String name) {
    elements.add(Kit.object("emoji").put("name", name));
    return this;
  }

  Section rows(List<CardView.Row> rows) {
    for (CardView.Row row : rows) {
      newLine().bold(row.label() + ": ").line(row.value());
    }
    return this;
  }

  Section lines(List<List<Run>> lines) {
    for (List<Run> line : lines) {
      newLine().line(line);
    }
    return this;
  }

  Section line(List<Run> runs) {
    runs.forEach(this::run);
    return this;
  }

  /** A break, but not before the first element. */
  Section newLine() {
    return elements.isEmpty() ? this : plain("\n");
  }

  ObjectNode block(String blockId) {
    ObjectNode block = Kit.object("rich_text").put("block_id", blockId);
    block.putArray("elements").addObject().put("type", "rich_text_section");
    ((ObjectNode) block.path("elements").path(0)).set("elements", elements);
    return block;
  }

  private void run(Run run) {
    switch (run) {
      case Run.Own own -> plain(own.text());
      case Foreign foreign -> foreign(foreign);
      case Run.Time time -> time(time);
      case Run.Person person -> person(person);
    }
  }

  private void foreign(Foreign foreign) {
    if (foreign.text().isEmpty()) {
      plain("(empty)");
    } else {
      styled(foreign.text(), "code");
    }
  }

  private void person(Run.Person person) {
    if (SLACK_USER.matcher(person.slackUser()).matches()) {
      elements.add(Kit.object("user").put("user_id", person.slackUser()));
    } else {
      foreign(person.name());
    }
  }

  private void time(Run.Time time) {
    String format =
        switch (time.form()) {
          case DATETIME -> "{date_short_pretty}, {time}";
          case TIME -> "{time}";
          case DATE -> "{date_short}";
        };
    elements.add(
        Kit.object("date")
            .put("timestamp", time.at().getEpochSecond())
            .put("format", format)
            .put("fallback", utc(time.at(), time.form())));
  }

  private static String utc(Instant at, Run.Time.Form form) {
    String pattern =
        switch (form) {
          case DATETIME -> "d MMM uuuu, HH:mm 'UTC'";
          case TIME -> "HH:mm 'UTC'";
          case DATE -> "d MMM uuuu";
        };
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC).format(at);
  }

  private Section styled(String text, String style) {
    ObjectNode element = Kit.object("text").put("text", text);
    element.putObject("style").put(style, true);
    elements.add(element);
    return this;
  }

  private @org.jspecify.annotations.Nullable ObjectNode lastPlain() {
    return !elements.isEmpty()
            && elements.get(elements.size() - 1) instanceof ObjectNode last
            && last.path("type").asText().equals("text")
            && !last.has("style")
        ? last
        : null;
  }
}
