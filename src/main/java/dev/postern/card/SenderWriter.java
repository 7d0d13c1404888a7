package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.HOST;

import dev.postern.approval.CaseBook;
import dev.postern.approval.Mention;
import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Kind;
import dev.postern.card.CardView.Row;
import dev.postern.evidence.posture.Posture;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of addresses and domains that somebody's message in chat names. */
public final class SenderWriter {
  private final CaseLists lists;

  /** Takes its parts. */
  public SenderWriter(CaseBook book, Reading reading, CardWriter cards) {
    this.lists = new CaseLists(book, reading, cards);
  }

  /**
   * The answer.
   *
   * @param addresses the few that are looked up
   * @param domains the few that were checked
   * @param omitted how many more the message names
   */
  public CardView of(
      List<EmailAddress> addresses, List<Posture> domains, int omitted, Person asker) {
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      Row who = new Row("Address", Line.quoted(addresses.get(i).toString(), ADDRESS));
      groups.addAll(about("a" + i, who, Mention.of(addresses.get(i)), asker));
    }
    for (int i = 0; i < domains.size(); i++) {
      DomainName domain = domains.get(i).domain();
      List<Row> rows = new ArrayList<>();
      rows.add(new Row("Domain", Line.quoted(domain.ascii(), HOST)));
      rows.addAll(PostureWriter.brief(domains.get(i)));
      groups.add(new Group("d" + i, "", rows));
      groups.addAll(about("dc" + i, new Row("From here", List.of()), Mention.of(domain), asker));
    }
    String more =
        omitted == 0
            ? ""
            : " The message names " + omitted + " more: /postern looks them up one by one.";
    return new CardView(
        Kind.LOOKUP,
        "senders",
        "",
        1,
        groups.isEmpty() ? "Nothing to look up" : "What is known",
        Optional.empty(),
        groups.isEmpty()
            ? List.of(Line.own("This message names no mail address and no domain."))
            : List.of(),
        groups,
        List.of(),
        List.of(),
        List.of(),
        Notice.PRIVATE + " Text in code style is not Postern’s own." + more,
        "What is known of senders.");
  }

  /** Held mail of one of them: the newest few. */
  private List<Group> about(String id, Row subject, Mention what, Person asker) {
    CaseLists.Page page = lists.about(what, Optional.empty(), asker);
    List<Row> rows = new ArrayList<>();
    String held =
        page.hits().isEmpty()
            ? "none that you may read"
            : page.hits().size() + (page.more().isPresent() ? " and more" : "") + ", newest first";
    rows.add(subject.value().isEmpty() ? new Row("Held mail", Line.own(held)) : subject);
    if (!subject.value().isEmpty()) {
      rows.add(new Row("Held mail", Line.own(held)));
    }
    List<Group> groups = new ArrayList<>();
    groups.add(new Group(id, "", rows));
    for (Group hit : page.hits().subList(0, Math.min(2, page.hits().size()))) {
      groups.add(new Group(id + hit.id(), hit.title(), hit.rows(), hit.lines(), hit.actions()));
    }
    return groups;
  }
}
