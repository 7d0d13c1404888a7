package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.HOST;
import static dev.postern.card.Cleaner.Kind.NAME;
import static dev.postern.card.Cleaner.Kind.REASON;
import static dev.postern.card.Cleaner.Kind.SUBJECT;

import dev.postern.approval.Grant;
import dev.postern.approval.Person;
import dev.postern.approval.Petitions;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Confirm;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Kind;
import dev.postern.card.CardView.Row;
import dev.postern.card.CardView.Style;
import dev.postern.policy.GrantId;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which grants are asked for or in force, as far as one person may see them, page by page; and the
 * ending of one. Who may see one may end it.
 */
final class GrantLists {
  private static final int PAGE = 5;
  private static final String LEAD = "Asked for or in force, the newest first.";

  private final Petitions petitions;

  GrantLists(Petitions petitions) {
    this.petitions = petitions;
  }

  /** The newest. */
  CardView open(Person asker) {
    return list(asker, Optional.empty(), Optional.empty());
  }

  /** Those that were asked for before one. */
  CardView after(GrantId last, Person asker) {
    return list(asker, Optional.of(last), Optional.empty());
  }

  /** Ends one at once, and says so above those that are left; again it changes nothing. */
  CardView end(GrantId id, Person asker) {
    String said =
        switch (petitions.revoke(asker, id)) {
          case DONE -> "Grant " + id + " is ended. It decides about no message any more.";
          case ALREADY -> "Grant " + id + " was over before. Nothing changed.";
          // One that is hidden looks like one that does not exist.
          case NOT_ALLOWED, UNKNOWN ->
              "There is no grant " + id + " that you may end. Nothing changed.";
        };
    return list(asker, Optional.empty(), Optional.of(said));
  }

  /** The newest, for the page of one person; empty where there is none. */
  Optional<Group> home(Person asker) {
    List<Grant> found = petitions.list(asker, true, Optional.empty(), PAGE + 1);
    return found.isEmpty() ? Optional.empty() : Optional.of(group("Open grants", found));
  }

  private CardView list(Person asker, Optional<GrantId> after, Optional<String> said) {
    List<Grant> found = petitions.list(asker, true, after, PAGE + 1);
    String more = found.size() > PAGE ? " and more" : "";
    String count = Wording.count(Math.min(PAGE, found.size()), "grant") + more;
    String title = found.isEmpty() ? "No grants" : after.isPresent() ? "Older grants" : count;
    List<List<Run>> lead = new ArrayList<>();
    said.ifPresent(words -> lead.add(Line.own(words)));
    lead.add(Line.own(found.isEmpty() ? "None is asked for or in force that you may see." : LEAD));
    return LookupWriter.answer(
        Kind.LOOKUP,
        "found",
        title,
        lead,
        found.isEmpty() ? List.of() : List.of(group("", found)),
        said.orElse(title + "."));
  }

  private static Group group(String title, List<Grant> found) {
    List<Grant> shown = found.subList(0, Math.min(PAGE, found.size()));
    List<CardAction> buttons = new ArrayList<>();
    shown.forEach(it -> buttons.add(ending(it, "pn.end" + buttons.size())));
    if (found.size() > PAGE) {
      String next = new Look.Grants(shown.getLast().id()).token();
      buttons.add(CardAction.look("pn.more", "Older grants", next));
    }
    List<Row> rows = shown.stream().map(GrantLists::row).toList();
    return new Group("grants", title, rows, List.of(), buttons);
  }

  private static CardAction ending(Grant grant, String buttonId) {
    boolean asked = grant.state() == Grant.State.REQUESTED;
    GrantId id = grant.id();
    Confirm confirm =
        asked
            ? new Confirm(
                "Take back " + id + "?",
                "Nobody is asked about this grant any more, and it never begins.",
                "Take back",
                "Keep asking")
            : new Confirm(
                "End " + id + "?",
                "It decides about no message any more, at once. To have it again, somebody has to"
                    + " ask for it, and others to approve it.",
                "End it",
                "Keep it");
    return new CardAction(
        buttonId,
        (asked ? "Take back " : "End ") + id,
        new Look.EndGrant(id).token(),
        Style.PLAIN,
        "",
        Optional.of(confirm));
  }

  private static Row row(Grant grant) {
    GrantTerms terms = grant.terms();
    String state = grant.state() == Grant.State.REQUESTED ? "asked for, " : "in force, ";
    Line line = Line.of().say(state + terms.kind().word() + " ");
    quote(line, terms.from());
    terms
        .like()
        .ifPresent(it -> line.say(" like case " + it.caseId() + ", ").quote(it.subject(), SUBJECT));
    terms.to().ifPresent(to -> quote(line.say(" to "), to));
    line.say(" until ").dateTime(terms.until());
    line.say(", " + (terms.most() - grant.used()) + " of " + terms.most() + " left, asked by ");
    line.quote(grant.petition().name(), NAME).say(": ").quote(grant.petition().reason(), REASON);
    return new Row(grant.id().text(), line.runs());
  }

  private static void quote(Line line, Party party) {
    line.quote(party.text(), party.address() ? ADDRESS : HOST);
  }
}
