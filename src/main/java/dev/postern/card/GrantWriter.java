package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.HOST;
import static dev.postern.card.Cleaner.Kind.NAME;
import static dev.postern.card.Cleaner.Kind.REASON;

import dev.postern.approval.Grant;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Kind;
import dev.postern.card.CardView.Row;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Party;
import java.util.List;
import java.util.Optional;

/** The private answer to who asks which grants there are. */
final class GrantWriter {
  private GrantWriter() {}

  /** Those that are asked for or in force, as far as the one who asks may see them. */
  static CardView of(List<Grant> open) {
    String title = open.isEmpty() ? "No grants" : Wording.count(open.size(), "grant");
    String lead =
        open.isEmpty()
            ? "None is asked for or in force that you may see."
            : "Asked for or in force, the newest first. \"postern grant revoke\" and the web page end"
                + " one.";
    return new CardView(
        Kind.LOOKUP,
        "found",
        "",
        1,
        title,
        Optional.empty(),
        List.of(Line.own(lead)),
        open.isEmpty()
            ? List.of()
            : List.of(new Group("grants", "", open.stream().map(GrantWriter::row).toList())),
        List.of(),
        List.of(),
        List.of(),
        Notice.PRIVATE,
        title + ".");
  }

  private static Row row(Grant grant) {
    GrantTerms terms = grant.terms();
    Line line = Line.of().say(grant.state().word() + ", " + terms.kind().word() + " ");
    quote(line, terms.from());
    terms.to().ifPresent(to -> quote(line.say(" to "), to));
    line.say(" until ").dateTime(terms.until());
    line.say(", " + grant.used() + " of " + terms.most() + ", asked by ");
    line.quote(grant.petition().name(), NAME).say(": ").quote(grant.petition().reason(), REASON);
    return new Row(grant.id().text(), line.runs());
  }

  private static void quote(Line line, Party party) {
    line.quote(party.text(), party.address() ? ADDRESS : HOST);
  }
}
