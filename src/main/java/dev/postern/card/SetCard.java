package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.SUBJECT;

import dev.postern.approval.Backstory;
import dev.postern.approval.Campaign.Place;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Together;
import dev.postern.approval.Together.Kin;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.MessageSummary.Attachment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a card says that asks about several messages of one kind at once: how many, which, what is
 * the same on all of them, and on how many of them something differs.
 *
 * @param first the case that has the card
 * @param all the set
 */
record SetCard(CaseFile first, Together all) {
  private static final int VALUES_NAMED = 3;
  private static final int PEOPLE_NAMED = 3;
  private static final int MEMBERS_NAMED = 25;

  /** Of a case whose card asks about others, too. */
  static Optional<SetCard> of(CaseFile it, Backstory before) {
    return before
        .together()
        .filter(_ -> it.openStage().isPresent())
        .filter(t -> t.leader().equals(it.id()) && t.campaign().asks() && t.size() > 1)
        .map(t -> new SetCard(it, t));
  }

  /** With which others a case that is over was asked about. */
  static Optional<Group> past(CaseFile it, Backstory before) {
    return before
        .together()
        .filter(t -> !t.campaign().asks() && t.size() > 1 && t.place() == Place.IN_SET)
        .map(
            t ->
                t.leader().equals(it.id())
                    ? Wording.count(t.size() - 1L, "other message")
                        + " of its kind, each with an outcome of its own"
                    : "case " + t.leader() + ", on one card with " + t.size() + " messages")
        .map(words -> new Group("set", "", rows(words, before.together().orElseThrow())));
  }

  private static List<Row> rows(String words, Together all) {
    Row with = new Row("Together with", Line.own(words));
    String later = all.campaign().later();
    return later.isEmpty() ? List.of(with) : List.of(with, new Row("Later ones", Line.own(later)));
  }

  int messages() {
    return all.size();
  }

  String title() {
    return "Release these " + messages() + " held messages?";
  }

  /** Who sent how many of them to whom. */
  Group who() {
    List<Row> rows = new ArrayList<>();
    String sofar = all.gathering() == 0 ? "" : " (" + all.gathering() + " so far)";
    String unless = all.campaign().offer().isPresent() ? ", unless it says otherwise" : "";
    rows.add(
        new Row(
            "This vote covers",
            Line.own(
                "exactly these "
                    + messages()
                    + " messages; later ones"
                    + sofar
                    + " are asked about separately"
                    + unless)));
    rows.add(new Row("Set frozen", Line.of().dateTime(all.campaign().frozenAt()).runs()));
    rows.add(new Row("From", counted(kin -> kin.message().from(), ADDRESS).runs()));
    Facts.who(first).rows().stream()
        .filter(row -> row.label().equals("Name shown") || row.label().equals("Replies go to"))
        .forEach(rows::add);
    rows.add(new Row("To", recipients().runs()));
    rows.add(new Row("Subject", counted(kin -> kin.message().subject(), SUBJECT).runs()));
    rows.add(new Row("Held since", heldSince().runs()));
    return new Group("set", "", rows);
  }

  /** Each value with on how many it stands, the most frequent first. */
  private Line counted(Function<Kin, String> what, Cleaner.Kind kind) {
    List<Map.Entry<String, Long>> values = counts(what);
    Line line = Line.of();
    for (int i = 0; i < Math.min(VALUES_NAMED, values.size()); i++) {
      String on = values.size() == 1 ? " on all " + messages() : " on " + values.get(i).getValue();
      line.say(i == 0 ? "" : "; ").quote(values.get(i).getKey(), kind).say(on);
    }
    int more = values.size() - VALUES_NAMED;
    return line.say(more > 0 ? "; and " + Wording.count(more, "other") : "");
  }

  private List<Map.Entry<String, Long>> counts(Function<Kin, String> what) {
    return all.set().stream()
        .collect(Collectors.groupingBy(what, LinkedHashMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .toList();
  }

  private Line recipients() {
    List<EmailAddress> people =
        all.set().stream().flatMap(kin -> kin.recipients().stream()).distinct().toList();
    List<EmailAddress> named = people.subList(0, Math.min(PEOPLE_NAMED, people.size()));
    String first = people.size() > named.size() ? ", first: " : ": ";
    return Line.of()
        .say(Wording.count(people.size(), "recipient") + first)
        .addAll(Facts.addresses(named).runs());
  }

  private Line heldSince() {
    List<Instant> times = all.set().stream().map(Kin::receivedAt).sorted().toList();
    Line line = Line.of().dateTime(times.getFirst());
    if (!times.getFirst().equals(times.getLast())) {
      line.say(" to ").dateTime(times.getLast());
    }
    return line.say(" at ").name(first.gateway());
  }

  /** What was found is the same on each: else it would not be in the set. */
  Optional<Group> checks() {
    return Facts.checks(first)
        .map(
            group ->
                new Group(
                    group.id(),
                    group.title(),
                    group.rows().stream()
                        .map(
                            row ->
                                new Row(
                                    row.label(),
                                    Line.of()
                                        .addAll(row.value())
                                        .say(", on all " + messages())
                                        .runs()))
                        .toList()));
  }

  /** Files and links, and what is the same and what differs. */
  Group content() {
    List<Row> rows = new ArrayList<>(Facts.content(first).rows());
    rows.add(new Row("Same on all", Line.own("every word but a greeting, links, files")));
    rows.add(new Row("Differs", Line.own(differs())));
    return new Group("content", "", rows);
  }

  /** Which cases it covers, the first ones by name; the console's page has all of them. */
  Group members() {
    List<Row> rows = new ArrayList<>();
    for (Kin kin : all.set().subList(0, Math.min(MEMBERS_NAMED, messages()))) {
      int more = kin.recipients().size() - 1;
      rows.add(
          new Row(
              kin.id().text(),
              Line.of()
                  .say("to ")
                  .quote(kin.recipients().getFirst().toString(), ADDRESS)
                  .say(more > 0 ? " and " + more + " more" : "")
                  .runs()));
    }
    int more = messages() - rows.size();
    String rest = more > 0 ? more + " more stand on the page of case " + first.id() + ". " : "";
    String apart = "Each of them can be taken out, to be asked about on its own.";
    return new Group(
        "members",
        "Messages of this set",
        rows,
        List.of(Line.own(rest + apart)),
        List.of(SetLists.opener(first.id())));
  }

  private String differs() {
    List<String> parts = new ArrayList<>();
    add(parts, "the sender’s address", odd(kin -> kin.message().from()));
    add(parts, "the subject", odd(kin -> kin.message().subject()));
    add(parts, "names of files", odd(SetCard::names));
    add(parts, "ids in links to the sender’s own domain", odd(Kin::strict));
    String who = "The recipient, and perhaps a greeting";
    return parts.isEmpty() ? who + " only" : who + "; " + String.join(", ", parts);
  }

  private static void add(List<String> parts, String what, long odd) {
    if (odd > 0) {
      parts.add(what + " on " + odd);
    }
  }

  private static String names(Kin kin) {
    return kin.message().attachments().stream().map(Attachment::name).toList().toString();
  }

  /** How many have another value than most. */
  private long odd(Function<Kin, String> what) {
    return messages()
        - counts(what).stream()
            .map(Map.Entry::getValue)
            .max(Comparator.naturalOrder())
            .orElse((long) messages());
  }

  /** What somebody is asked before all of them are delivered. */
  String consequence() {
    return "All "
        + messages()
        + " are delivered at once and cannot be recalled. Your name is recorded.";
  }

  String deleted() {
    return "All "
        + messages()
        + " are deleted from quarantine. The sender is not told. It cannot be undone.";
  }

  /** What a member says of the card that asks about it. */
  static CardWriter.Story ofMember(Together all) {
    return CardWriter.Story.of(
        "received",
        "Held: decided together",
        Line.own(
            switch (all.place()) {
              case IN_SET ->
                  "It is one of "
                      + all.size()
                      + " messages of one kind. The card of case "
                      + all.leader()
                      + " asks about all of them.";
              case GATHERING ->
                  "It is of one kind with case "
                      + all.leader()
                      + ", and is about to join it on one card.";
              case APART, LEFT -> "It was taken out of a set, and is about to be asked about.";
            }));
  }
}
