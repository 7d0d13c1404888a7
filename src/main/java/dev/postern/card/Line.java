package dev.postern.card;

import dev.postern.card.Cleaner.Kind;
import dev.postern.policy.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line in the making: our own words, and beside them what others wrote. */
final class Line {
  private final List<Run> runs = new ArrayList<>();

  private Line() {}

  static Line of() {
    return new Line();
  }

  static List<Run> own(String words) {
    return of().say(words).runs();
  }

  static List<Run> quoted(String raw, Kind kind) {
    return of().quote(raw, kind).runs();
  }

  /** Our own words: constants, numbers and checked names of the settings only. */
  Line say(String words) {
    if (!words.isEmpty()) {
      runs.add(Run.own(words));
    }
    return this;
  }

  /** Somebody else's words, cleaned, with what was taken out of them said beside. */
  Line quote(String raw, Kind kind) {
    return quote(Cleaner.clean(raw, kind));
  }

  Line quote(Foreign text) {
    runs.add(text.text().isEmpty() ? Run.own("(empty)") : text);
    String note = note(text);
    return say(note.isEmpty() ? "" : " (" + note + ")");
  }

  /**
   * The words of a rule, the values of the message among them quoted; nothing where there are none.
   *
   * @param before what is said before them
   */
  Line reason(String before, Reason reason) {
    String own = before;
    for (Reason.Piece piece : reason.pieces()) {
      if (piece.foreign()) {
        say(own).quote(piece.text(), Kind.SUBJECT);
        own = "";
      } else {
        own += piece.text();
      }
    }
    return reason.isBlank() ? this : say(own);
  }

  /**
   * A name of the settings, which is checked when they are loaded; one that was not, or that a
   * remote system gave itself, is a quotation.
   */
  Line name(String name) {
    return name.matches("[A-Za-z0-9 ._-]{1,40}") ? say(name) : quote(name, Kind.ID);
  }

  Line dateTime(Instant at) {
    runs.add(new Run.Time(at, Run.Time.Form.DATETIME));
    return this;
  }

  Line time(Instant at) {
    runs.add(new Run.Time(at, Run.Time.Form.TIME));
    return this;
  }

  Line add(Run run) {
    runs.add(run);
    return this;
  }

  Line addAll(List<? extends Run> more) {
    runs.addAll(more);
    return this;
  }

  List<Run> runs() {
    return List.copyOf(runs);
  }

  private static String note(Foreign text) {
    List<String> notes = new ArrayList<>();
    if (text.hidden() > 0) {
      notes.add(Wording.count(text.hidden(), "hidden character") + " removed");
    }
    if (text.symbols() > 0) {
      notes.add(Wording.count(text.symbols(), "symbol") + " shown as □");
    }
    if (text.cutFrom() > 0) {
      notes.add("cut from " + grouped(text.cutFrom()) + " characters");
    }
    return String.join(", ", notes);
  }

  private static String grouped(int number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
  }
}
