package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.TXT;

import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.policy.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way of a message through the rules of the policy, as "More evidence" shows it. */
final class TraceRows {
  private static final int MOST_RULES = 15;
  private static final int MOST_SHADOWS = 5;
  private static final int LONGEST_WHY = 300;

  /** A text in an expression, also one that was cut: it names hosts, which no chat should link. */
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+(?:\"|\\\\?$)");

  private TraceRows() {}

  /** The rules nearest to the one that decided, which stands last; the page of the case has all. */
  static Group of(Ruling ruling) {
    List<Ruling.Step> all = ruling.trace();
    int left = Math.max(0, all.size() - MOST_RULES);
    List<Row> rows = new ArrayList<>();
    all.subList(left, all.size()).stream().map(TraceRows::row).forEach(rows::add);
    rows.add(new Row("Policy", Line.own("version " + ruling.policyVersion())));
    List<List<Run>> lines = new ArrayList<>();
    ruling.notes().shadows().stream()
        .limit(MOST_SHADOWS)
        .map(it -> Line.own(it.sentence()))
        .forEach(lines::add);
    if (left > 0) {
      lines.add(Line.own("and " + left + " rules before these, none of which decided"));
    }
    return new Group("rules", "Rules of the policy", rows, lines);
  }

  private static Row row(Ruling.Step step) {
    Line line = Line.of().say(step.matched() ? "decided: " : "did not decide: ");
    String why = step.why();
    String shown = why.length() > LONGEST_WHY ? why.substring(0, LONGEST_WHY) + "…" : why;
    Matcher texts = TEXT.matcher(shown);
    int done = 0;
    while (texts.find()) {
      line.say(shown.substring(done, texts.start())).quote(texts.group(), TXT);
      done = texts.end();
    }
    return new Row(step.rule(), line.say(shown.substring(done)).runs());
  }
}
