package dev.postern.card;

import dev.postern.approval.CaseFile;
import dev.postern.card.CardView.Row;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.policy.SenderHistory;
import dev.postern.policy.Situation.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came earlier from the From domain and address, in one line: numbers only. */
final class SenderPast {
  private final Context context;

  private SenderPast(Context context) {
    this.context = context;
  }

  /** The line as the policy knew it; empty where From names no domain, or nothing was kept. */
  static Optional<Row> of(CaseFile file) {
    Optional<Evidence> evidence = file.evidence().filter(e -> !e.dmarc().fromDomain().isEmpty());
    return evidence.flatMap(
        e ->
            file.context()
                .map(SenderPast::new)
                .map(
                    past -> e.dmarc().result() == DmarcResult.PASS ? past.proved() : past.claimed())
                .map(line -> new Row("Earlier mail", line.runs())));
  }

  private Line proved() {
    SenderHistory domain = context.domain();
    if (domain.last().isEmpty()) {
      return Line.of().say("none: first message from this domain");
    }
    Line line = Line.of();
    line.say(domain.seen() == 0 ? "none of late" : domain.seen() + " from this domain");
    line.say(", the last on ").dateTime(domain.last().orElseThrow());
    String fates = fates(domain);
    line.say(fates.isEmpty() ? "" : ": " + fates);
    return line.say(ofAddress());
  }

  private String ofAddress() {
    long seen = context.address().seen();
    return context.address().last().isEmpty()
        ? "; first from this address"
        : seen == context.domain().seen() ? "" : "; " + seen + " from this address";
  }

  /** Who only claims a domain has no part in its past. */
  private Line claimed() {
    SenderHistory domain = context.domain();
    String not = "does not count, the domain is not proved";
    return domain.asked() + domain.discarded() == 0
        ? Line.of().say(not)
        : Line.of().say(not + "; of others like it " + fates(domain));
  }

  private static String fates(SenderHistory of) {
    List<String> fates = new ArrayList<>();
    add(fates, of.passed(), "passed");
    add(fates, of.asked(), "asked about");
    add(fates, of.released(), "released");
    add(fates, of.discarded(), "discarded");
    return String.join(", ", fates);
  }

  private static void add(List<String> fates, long count, String what) {
    if (count > 0) {
      fates.add(count + " " + what);
    }
  }
}
