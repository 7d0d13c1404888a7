package dev.postern.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView.Row;
import dev.postern.card.Foreign;
import dev.postern.card.Run;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One {@code RichTextBlock}: a line of text runs. Teams reads no markdown in a run; what others
 * wrote is a run of its own in code style.
 */
final class RichText {
  private final ArrayNode inlines = Json.array();

  /** A label and what stands behind it. */
  static ObjectNode row(Row row) {
    return new RichText().bold(row.label() + ": ").line(row.value()).block("Small");
  }

  /** A line without a label. */
  static ObjectNode line(List<Run> runs, String spacing) {
    return new RichText().line(runs).block(spacing);
  }

  RichText plain(String text) {
    if (!text.isEmpty()) {
      inlines.add(run(Words.inert(text)));
    }
    return this;
  }

  RichText bold(String text) {
    inlines.add(run(Words.inert(text)).put("weight", "Bolder"));
    return this;
  }

  RichText foreign(Foreign text) {
    if (text.text().isEmpty()) {
      return plain("(empty)");
    }
    inlines.add(run(Words.inert(text.text())).put("fontType", "Monospace"));
    return this;
  }

  RichText line(List<Run> runs) {
    for (Run run : runs) {
      switch (run) {
        case Run.Own own -> plain(own.text());
        case Foreign foreign -> foreign(foreign);
        case Run.Time time -> inlines.add(run(macro(time)));
        case Run.Person person -> person(person.name());
      }
    }
    return this;
  }

  /**
   * The line as an element.
   *
   * @param spacing to what stands above; empty for the usual
   */
  ObjectNode block(String spacing) {
    ObjectNode block = Json.object("RichTextBlock");
    if (!spacing.isEmpty()) {
      block.put("spacing", spacing);
    }
    if (inlines.isEmpty()) {
      // A block without a run is none.
      plain(" ");
    }
    return block.set("inlines", inlines);
  }

  private void person(Foreign name) {
    if (name.text().isEmpty()) {
      plain("(empty)");
    } else {
      bold(name.text());
    }
  }

  /** The reader's client puts its own zone and language in the place of the macro. */
  private static String macro(Run.Time time) {
    Instant at = time.at().truncatedTo(ChronoUnit.SECONDS);
    return switch (time.form()) {
      case DATETIME -> "{{DATE(%s,SHORT)}} {{TIME(%s)}}".formatted(at, at);
      case TIME -> "{{TIME(%s)}}".formatted(at);
      case DATE -> "{{DATE(%s,SHORT)}}".formatted(at);
    };
  }

  private static ObjectNode run(String text) {
    return Json.object("TextRun").put("text", text);
  }
}
