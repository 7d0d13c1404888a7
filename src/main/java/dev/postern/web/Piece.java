package dev.postern.web;

import dev.postern.card.Foreign;
import dev.postern.card.Run;
import dev.postern.card.Wording;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One run of a line as the page draws it.
 *
 * @param text what is shown
 * @param foreign whether it is a quotation, shown in mono and isolated
 * @param strong whether it is emphasised
 * @param at the instant of a time, for machines
 * @param note what cleaning removed, in own words; empty without
 */
public record Piece(
    String text, boolean foreign, boolean strong, Optional<Instant> at, String note) {
  private static final DateTimeFormatter DATE_TIME = utc("d MMM uuuu, HH:mm 'UTC'");
  private static final DateTimeFormatter TIME = utc("HH:mm 'UTC'");
  private static final DateTimeFormatter DATE = utc("d MMM uuuu");

  /** Lays out a line. What cleaning removed stands in the line already, in the card's words. */
  public static List<Piece> line(List<Run> runs) {
    return runs.stream().map(Piece::of).toList();
  }

  /** Lays out a quotation that stands alone, with what cleaning removed. */
  public static Piece of(Foreign foreign) {
    boolean empty = foreign.text().isEmpty();
    return new Piece(
        empty ? "(empty)" : foreign.text(), !empty, false, Optional.empty(), note(foreign));
  }

  /** Date and time in UTC, with the zone's name. */
  public static String dateTime(Instant at) {
    return DATE_TIME.format(at);
  }

  private static Piece of(Run run) {
    return switch (run) {
      case Run.Own own -> new Piece(own.text(), false, false, Optional.empty(), "");
      case Foreign foreign ->
          new Piece(foreign.text(), !foreign.text().isEmpty(), false, Optional.empty(), "");
      case Run.Time time -> new Piece(words(time), false, false, Optional.of(time.at()), "");
      case Run.Person person -> new Piece(person.name().text(), false, true, Optional.empty(), "");
    };
  }

  private static String words(Run.Time time) {
    return switch (time.form()) {
      case DATETIME -> DATE_TIME.format(time.at());
      case TIME -> TIME.format(time.at());
      case DATE -> DATE.format(time.at());
    };
  }

  private static String note(Foreign foreign) {
    List<String> notes = new ArrayList<>();
    if (foreign.hidden() > 0) {
      notes.add(Wording.count(foreign.hidden(), "hidden character") + " removed");
    }
    if (foreign.symbols() > 0) {
      notes.add(Wording.count(foreign.symbols(), "symbol") + " shown as □");
    }
    if (foreign.cutFrom() > 0) {
      notes.add("cut from " + Wording.count(foreign.cutFrom(), "character"));
    }
    return String.join(", ", notes);
  }

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}
