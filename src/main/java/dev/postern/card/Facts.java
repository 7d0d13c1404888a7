package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.FILENAME;
import static dev.postern.card.Cleaner.Kind.HOST;
import static dev.postern.card.Cleaner.Kind.NAME;
import static dev.postern.card.Cleaner.Kind.READS;
import static dev.postern.card.Cleaner.Kind.SUBJECT;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Stage;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.evidence.signal.FileEnding;
import dev.postern.evidence.signal.ReadableDomain;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.MessageSummary.Attachment;
import dev.postern.policy.Ruling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The blocks of facts that stand on cards which ask: who, checks, content, decision. */
final class Facts {
  private static final int RECIPIENTS_NAMED = 2;
  private static final int SITES_NAMED = 3;

  private Facts() {}

  /** Everything about who sent it to whom. */
  static Group who(CaseFile file) {
    MessageSummary m = file.message();
    List<Row> rows = new ArrayList<>();
    rows.add(from(m));
    readsAs(m.from()).ifPresent(rows::add);
    if (!m.fromName().isEmpty()) {
      rows.add(new Row("Name shown", Line.quoted(m.fromName(), NAME)));
    }
    if (!m.replyTo().isEmpty() && !m.replyTo().equalsIgnoreCase(m.from())) {
      rows.add(new Row("Replies go to", Line.quoted(m.replyTo(), ADDRESS)));
    }
    rows.add(to(file));
    rows.add(new Row("Subject", Line.quoted(m.subject(), SUBJECT)));
    rows.add(
        new Row(
            "Held since",
            Line.of().dateTime(file.receivedAt()).say(" at ").name(file.gateway()).runs()));
    return new Group("who", "", rows);
  }

  /** What a thread needs to stay readable once the case is closed. */
  static Group whoInBrief(CaseFile file) {
    MessageSummary m = file.message();
    return new Group(
        "who",
        "",
        List.of(from(m), to(file), new Row("Subject", Line.quoted(m.subject(), SUBJECT))));
  }

  private static Row from(MessageSummary m) {
    Line value = Line.of().quote(m.from(), ADDRESS);
    String domain = domain(m.from());
    boolean broken = domain.contains("xn--") && ReadableDomain.invalid(domain);
    return new Row("From", value.say(broken ? ", not a valid domain name" : "").runs());
  }

  private static Optional<Row> readsAs(String address) {
    String domain = domain(address);
    String readable = ReadableDomain.of(domain);
    if (readable.chars().allMatch(c -> c < 0x80)) {
      return Optional.empty();
    }
    Line value = Line.of().quote(address, READS);
    return Optional.of(new Row("Reads as", OddLetter.say(domain, value).runs()));
  }

  private static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  private static Row to(CaseFile file) {
    List<EmailAddress> all = file.envelope().recipients();
    List<EmailAddress> named = all.subList(0, Math.min(RECIPIENTS_NAMED, all.size()));
    int more = all.size() - named.size();
    Line value = addresses(named);
    value.say(more > 0 ? " and " + more + " more" : "").say(" (" + all.size() + " in all)");
    return new Row("To", value.runs());
  }

  static Line addresses(List<EmailAddress> some) {
    Line line = Line.of();
    for (int i = 0; i < some.size(); i++) {
      line.say(i == 0 ? "" : ", ").quote(some.get(i).toString(), ADDRESS);
    }
    return line;
  }

  /** SPF, DKIM, DMARC, ARC; empty before it was examined. */
  static Optional<Group> checks(CaseFile file) {
    return file.evidence()
        .map(
            e ->
                new Group(
                    "checks",
                    "",
                    Checks.of(e).stream().map(c -> new Row(c.label(), c.value())).toList()));
  }

  /** Earlier mail of the sender, attachments and links. */
  static Group content(CaseFile file) {
    MessageSummary m = file.message();
    List<Row> rows = new ArrayList<>();
    SenderPast.of(file).ifPresent(rows::add);
    rows.add(attachments(m.attachments()));
    rows.add(links(m.linkHosts()));
    return new Group("content", "", rows);
  }

  private static Row attachments(List<Attachment> files) {
    if (files.isEmpty()) {
      return new Row("Attachment", Line.own("none"));
    }
    Line value = attachment(gravest(files));
    int more = files.size() - 1;
    return new Row("Attachment", value.say(more > 0 ? " and " + more + " more" : "").runs());
  }

  /** The one a reader must see: a program before anything else. */
  private static Attachment gravest(List<Attachment> files) {
    return files.stream()
        .filter(f -> FileEnding.program(f.name()))
        .findFirst()
        .orElseGet(files::getFirst);
  }

  static Line attachment(Attachment file) {
    String kind = FileKind.of(file.name());
    return Line.of()
        .quote(file.name(), FILENAME)
        .say(kind.isEmpty() ? "" : ", " + kind)
        .say(", " + Wording.size(file.size()));
  }

  private static Row links(List<String> hosts) {
    if (hosts.isEmpty()) {
      return new Row("Links", Line.own("none"));
    }
    Line value = Line.of().say("to " + Wording.count(hosts.size(), "site") + ": ");
    List<String> named = hosts.subList(0, Math.min(SITES_NAMED, hosts.size()));
    for (int i = 0; i < named.size(); i++) {
      value.say(i == 0 ? "" : ", ").quote(named.get(i), HOST);
      if (!ReadableDomain.of(named.get(i)).equals(named.get(i))) {
        value.say(", which reads as ").quote(ReadableDomain.of(named.get(i)), READS);
      }
    }
    int more = hosts.size() - named.size();
    return new Row("Links", value.say(more > 0 ? " and " + more + " more" : "").runs());
  }

  /** That somebody had the evidence looked for again, in vain. */
  static Group looked(Instant at) {
    Line line = Line.of().dateTime(at).say(", nothing changed");
    return new Group("look", "", List.of(new Row("Checked again", line.runs())));
  }

  /** Why people are asked, who they are, how far they are, until when. */
  static Group decision(CaseFile file, Stage stage, boolean several) {
    List<Row> rows = new ArrayList<>();
    file.ruling()
        .ifPresent(
            r -> {
              // Rule names and reasons come from the policy file, which was checked when loaded.
              rows.add(
                  new Row(
                      "Asked because", Line.of().name(r.rule()).reason(": ", r.reason()).runs()));
            });
    file.ruling()
        .flatMap(Ruling::frozen)
        .ifPresent(it -> rows.add(new Row("Frozen", FreezeWriter.sentence(it))));
    rows.add(new Row("Who decides", Line.of().name(stage.name()).runs()));
    rows.add(
        new Row(
            "Votes",
            Line.own(
                Ballots.ahead(file.votes())
                    + (" of " + stage.quorum())
                    + (", stage " + stage.ordinal() + " of " + stage.of()))));
    rows.add(
        new Row(
            "Decide by",
            Line.of()
                .dateTime(stage.closes())
                .say(
                    several
                        ? ", then all " + afterwardsAll(stage)
                        : ", then it " + afterwards(stage))
                .runs()));
    return new Group("decide", "", rows);
  }

  private static String afterwardsAll(Stage stage) {
    return afterwards(stage)
        .replace("stays held", "stay held")
        .replace("is discarded", "are discarded");
  }

  static String afterwards(Stage stage) {
    return switch (stage.terms().onTimeout()) {
      case ESCALATE ->
          stage.ordinal() < stage.of()
              ? "stays held and stage " + (stage.ordinal() + 1) + " is asked"
              : "stays held";
      case EXPIRE -> "stays held";
      case DISCARD -> "is discarded";
    };
  }
}
