package dev.postern.card;

import dev.postern.approval.Backstory.Before;
import dev.postern.approval.CaseFile;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.card.CardWriter.Story;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Replay;
import java.util.List;
import java.util.stream.Collectors;

/** What cards say of evidence that changed after people were asked about it. */
record Changed(Before before, Evidence now) {

  /** The question, asked again. */
  Story story() {
    List<String> facts = Replay.differences(before.evidence(), now);
    String since =
        before.votes() > 0 ? "Since the first vote, " : "Since people were first asked, ";
    String lead = since + Wording.count(facts.size(), "fact") + " changed." + lost();
    return Story.of("superseded", "Evidence changed: vote again", Line.own(lead), group());
  }

  private String lost() {
    String votes = " " + Wording.count(before.votes(), "earlier vote");
    return switch (before.votes()) {
      case 0 -> "";
      case 1 -> votes + " no longer counts.";
      default -> votes + " no longer count.";
    };
  }

  /** What it was and what it is. */
  Group group() {
    List<Row> rows =
        Replay.differences(before.evidence(), now).stream()
            .map(check -> new Row(check, Line.own(words(check))))
            .toList();
    return new Group("diff", "What changed", rows);
  }

  private String words(String check) {
    String was = word(check, before.evidence());
    String is = word(check, now);
    return was.equals(is) ? is + " as before, by other facts" : "was " + was + ", now " + is;
  }

  private static String word(String check, Evidence e) {
    return switch (check) {
      case "SPF" -> aligned(e.spf().result().word(), e.spf().aligned());
      case "SPF of HELO" -> e.helo().result().word();
      case "DKIM" -> dkim(e.dkim());
      case "ARC" -> e.arc().result().word();
      case "DMARC" -> e.dmarc().result().word();
      default -> throw new IllegalArgumentException("no such check: " + check);
    };
  }

  private static String dkim(List<DkimFinding> all) {
    return all.isEmpty()
        ? "none"
        : all.stream()
            .limit(5)
            .map(one -> aligned(one.result().word(), one.aligned()))
            .collect(Collectors.joining(" and "));
  }

  private static String aligned(String word, boolean aligned) {
    return word.equals("pass") ? word + (aligned ? ", aligned" : ", not aligned") : word;
  }

  /** For the footer. */
  static String replaced(Before before) {
    return " replaces " + before.digest().brief();
  }

  static boolean firstTime(CaseFile file) {
    return file.votes().isEmpty() && file.openStage().filter(s -> s.ordinal() == 1).isPresent();
  }
}
