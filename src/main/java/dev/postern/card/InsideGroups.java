package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.REASON;
import static dev.postern.card.Cleaner.Kind.TXT;

import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.mail.Contents;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import dev.postern.mail.TextExcerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the message itself says, for the private view of somebody who decides: header fields, hops,
 * link targets, the beginning of its plain text. Every word of it is a quotation, bounded, in code
 * style; nothing is a link, and no web page is drawn.
 */
public final class InsideGroups {
  /** Those that people compare; how each is written is the sender's. */
  private static final List<String> WORTH_SEEING =
      List.of(
          "From",
          "Sender",
          "Reply-To",
          "To",
          "Cc",
          "Subject",
          "Date",
          "Message-ID",
          "In-Reply-To",
          "List-Id",
          "List-Unsubscribe",
          "Auto-Submitted",
          "X-Mailer",
          "User-Agent",
          "Authentication-Results");

  private static final int MOST_OF_ONE_NAME = 2;
  private static final int MOST_HOPS = 10;
  private static final int MOST_LINKS = 15;

  private InsideGroups() {}

  /** The groups of a message; time is linear in it. */
  public static List<Group> of(RawMessage message) {
    HeaderFields header = HeaderFields.of(message);
    List<Group> groups = new ArrayList<>();
    groups.add(headers(header));
    groups.add(hops(header.named("Received")));
    groups.add(links(Contents.of(message, header).links()));
    groups.add(text(TextExcerpt.of(message, header)));
    return groups;
  }

  private static Group headers(HeaderFields header) {
    List<Row> rows = new ArrayList<>();
    int left = 0;
    for (String name : WORTH_SEEING) {
      List<HeaderField> fields = header.named(name);
      fields.stream()
          .limit(MOST_OF_ONE_NAME)
          .forEach(field -> rows.add(new Row(name, Line.quoted(field.unfoldedValue(), TXT))));
      left += Math.max(0, fields.size() - MOST_OF_ONE_NAME);
    }
    List<List<Run>> more =
        left > 0 ? List.of(Line.own("and " + left + " more of the same names")) : List.of();
    return new Group("headers", "Headers as received", rows, more);
  }

  /** The newest first, as they stand; only those of the own gateways can be believed. */
  private static Group hops(List<HeaderField> received) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_HOPS, received.size()); i++) {
      rows.add(new Row("Hop " + (i + 1), Line.quoted(received.get(i).unfoldedValue(), TXT)));
    }
    int more = received.size() - rows.size();
    List<List<Run>> lines = new ArrayList<>();
    lines.add(
        Line.own(
            received.isEmpty()
                ? "The message names no hops."
                : Wording.count(received.size(), "Received field")
                    + (", newest first" + (more > 0 ? ", " + more + " not shown" : ""))
                    + ". A sender can invent those below your own."));
    return new Group("hops", "Received hops", rows, lines);
  }

  private static Group links(List<Contents.Link> links) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_LINKS, links.size()); i++) {
      Line line = Line.of().quote(links.get(i).target(), TXT);
      if (!links.get(i).text().isBlank()) {
        line.say(", shown as ").quote(links.get(i).text(), TXT);
      }
      rows.add(new Row(Integer.toString(i + 1), line.runs()));
    }
    int more = links.size() - rows.size();
    List<List<Run>> lines =
        rows.isEmpty()
            ? List.of(Line.own("No web page in the message has links."))
            : more > 0 ? List.of(Line.own("and " + more + " more")) : List.of();
    return new Group("links", "Links, not clickable", rows, lines);
  }

  private static Group text(Optional<TextExcerpt> excerpt) {
    List<List<Run>> lines = new ArrayList<>();
    if (excerpt.isEmpty() || excerpt.get().lines().isEmpty()) {
      lines.add(Line.own("The message has no plain text. Web pages are not shown."));
    } else {
      excerpt.get().lines().forEach(line -> lines.add(Line.quoted(line, REASON)));
      if (excerpt.get().cut()) {
        lines.add(Line.own("There is more."));
      }
    }
    return new Group("text", "Beginning of the text", List.of(), lines);
  }
}
