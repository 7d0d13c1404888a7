package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.HOST;
import static dev.postern.card.Cleaner.Kind.ID;
import static dev.postern.card.Cleaner.Kind.TXT;

import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Kind;
import dev.postern.card.CardView.Level;
import dev.postern.card.CardView.Row;
import dev.postern.card.CardView.Verdict;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.dkim.PublishedKey;
import dev.postern.evidence.dmarc.PublishedPolicy;
import dev.postern.evidence.posture.Finding;
import dev.postern.evidence.posture.MailHosts;
import dev.postern.evidence.posture.Posture;
import dev.postern.evidence.posture.Published.Texts;
import dev.postern.evidence.posture.Section;
import dev.postern.evidence.posture.SelectorKeys.Selector;
import dev.postern.evidence.posture.Topic;
import dev.postern.evidence.spf.SpfBranch;
import dev.postern.evidence.spf.SpfOutline;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a domain publishes about its mail, as a private answer: can others send as this domain? */
public final class PostureWriter {
  private static final int MOST_KEYS = 4;
  private static final int MOST_HOSTS = 3;
  private static final int MOST_FINDINGS = 6;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Posture posture;

  private PostureWriter(Posture posture) {
    this.posture = posture;
  }

  /**
   * The answer.
   *
   * @param at when DNS was asked
   * @param below blocks that stand below what was found
   */
  public static CardView of(Posture posture, Instant at, List<Group> below) {
    return new PostureWriter(posture).view(at, below);
  }

  /** The same in a few rows: whether others can send as this domain, and topic by topic. */
  static List<Row> brief(Posture posture) {
    PostureWriter writer = new PostureWriter(posture);
    Verdict verdict = writer.verdict();
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(Wording.risk(verdict.level()), verdict.reason()));
    List<Group> topics =
        writer.exists()
            ? List.of(writer.spf(), writer.dkim(), writer.dmarc())
            : List.of(writer.dmarc());
    topics.forEach(topic -> rows.add(topic.rows().getFirst()));
    return rows;
  }

  private CardView view(Instant at, List<Group> below) {
    // A cleaned A-label is the one foreign text that may stand in a title (CARDS.md §4).
    String domain = Cleaner.clean(posture.domain().ascii(), HOST).text();
    List<Group> groups = new ArrayList<>();
    if (exists()) {
      groups.add(spf());
      groups.add(dkim());
    }
    groups.add(dmarc());
    if (exists()) {
      groups.add(mail());
    }
    found().ifPresent(groups::add);
    groups.addAll(below);
    return new CardView(
        Kind.CHECK,
        "check",
        "",
        1,
        "Can others send as " + domain + "?",
        Optional.of(verdict()),
        List.of(),
        groups,
        List.of(),
        List.of(),
        List.of(),
        "Looked up "
            + MINUTE.format(at)
            + ". Text in code style is not Postern’s. "
            + Notice.PRIVATE,
        "Domain check for " + domain + ": " + String.join(", ", words(groups)) + ".");
  }

  private boolean exists() {
    return posture.sections().stream().noneMatch(s -> s.topic() == Topic.DOMAIN);
  }

  private static List<String> words(List<Group> groups) {
    return groups.stream()
        .filter(g -> List.of("spf", "dkim", "dmarc").contains(g.id()))
        .map(g -> g.rows().getFirst().label())
        .toList();
  }

  private Verdict verdict() {
    PublishedPolicy dmarc = posture.published().dmarc();
    Optional<DmarcPolicy> asked =
        (exists() ? dmarc.own() : dmarc.missing()).map(PublishedPolicy.Request::policy);
    if (dmarc.undecided()) {
      return verdict(Level.UNKNOWN, "Nobody can tell at the moment: DNS did not answer.");
    }
    if (!exists() && asked.filter(p -> p != DmarcPolicy.NONE).isEmpty()) {
      return verdict(
          Level.HIGH, "Yes. There is no such domain, and nothing tells receivers to care.");
    }
    if (asked.isEmpty()) {
      return verdict(Level.HIGH, "Yes. No DMARC policy tells receivers to stop forged mail.");
    }
    if (dmarc.testing() || asked.get() == DmarcPolicy.NONE) {
      return verdict(
          Level.MEDIUM, "Partly. Receivers are told to watch, not to stop, mail that fails DMARC.");
    }
    String what = asked.get() == DmarcPolicy.REJECT ? "refuse" : "set aside";
    return verdict(Level.LOW, "Hardly. Receivers are told to " + what + " mail that fails DMARC.");
  }

  private static Verdict verdict(Level level, String sentence) {
    return new Verdict(level, Line.own(sentence));
  }

  /** {@code SPF good}: the gravest thing that was found about a topic. */
  private String label(Topic topic, String absent) {
    Optional<Section> section =
        posture.sections().stream().filter(s -> s.topic() == topic).findFirst();
    if (!absent.isEmpty() || section.isEmpty()) {
      return topic.word() + " " + (absent.isEmpty() ? "none" : absent);
    }
    return topic.word()
        + switch (section.get().level()) {
          case OK, NOTE -> " good";
          case TEMPORARY -> " not checked";
          case WARNING -> " weak";
          case ERROR -> " broken";
        };
  }

  private Group spf() {
    SpfOutline spf = posture.published().spf();
    String absent = spf.standing() == SpfOutline.Standing.NONE ? "none" : "";
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(label(Topic.SPF, absent), spf(spf)));
    if (!spf.record().isEmpty()) {
      rows.add(new Row("Record", Line.quoted(spf.record(), TXT)));
    }
    return new Group("spf", "", rows);
  }

  private static List<Run> spf(SpfOutline spf) {
    return switch (spf.standing()) {
      case FOUND -> {
        Line line = Line.of().say("lists who may send");
        Optional<SpfBranch> end = spf.all().or(spf::redirect);
        end.ifPresent(it -> line.say(", ends in ").quote(it.text(), ID));
        yield line.say(", %d of %d lookups.".formatted(spf.lookups(), SpfOutline.MOST_LOOKUPS))
            .runs();
      }
      case NONE -> Line.own("receivers cannot tell who may send for the domain.");
      case SEVERAL -> Line.own("several records, so that none counts.");
      case MALFORMED -> Line.own("the record has an error, so that it does not count.");
      case LOOP, NOT_FOLLOWED -> Line.own("the record leads nowhere within the limits.");
      case NO_ANSWER -> Line.own("DNS gave no answer.");
    };
  }

  private Group dkim() {
    List<Selector> seen =
        posture.published().keys().selectors().stream().filter(s -> !s.keys().isEmpty()).toList();
    if (seen.isEmpty()) {
      String sentence = "no key under well-known names. Which names are used cannot be listed.";
      return new Group(
          "dkim", "", List.of(new Row(label(Topic.DKIM, "not seen"), Line.own(sentence))));
    }
    Line line = Line.of().say(Wording.count(seen.size(), "key") + " under well-known names: ");
    for (int i = 0; i < Math.min(MOST_KEYS, seen.size()); i++) {
      PublishedKey key = seen.get(i).keys().getFirst();
      line.say(i == 0 ? "" : ", ").quote(seen.get(i).name(), ID).say(" (" + strength(key) + ")");
    }
    line.say(seen.size() > MOST_KEYS ? " and " + (seen.size() - MOST_KEYS) + " more." : ".");
    return new Group("dkim", "", List.of(new Row(label(Topic.DKIM, "seen"), line.runs())));
  }

  private static String strength(PublishedKey key) {
    if (key.revoked()) {
      return "revoked";
    }
    if (!key.problem().isEmpty()) {
      return "unusable";
    }
    boolean weak = key.type().equals("rsa") && key.bits() < PublishedKey.GOOD_RSA_BITS;
    return key.bits() + " bits" + (weak ? ", weak" : "");
  }

  private Group dmarc() {
    PublishedPolicy dmarc = posture.published().dmarc();
    boolean none = dmarc.record().isEmpty() && !dmarc.undecided();
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(label(Topic.DMARC, none ? "none" : ""), Line.own(dmarcSentence(dmarc))));
    if (!dmarc.record().isEmpty()) {
      rows.add(new Row("Record", Line.quoted(dmarc.record(), TXT)));
    }
    return new Group("dmarc", "", rows);
  }

  private static String dmarcSentence(PublishedPolicy dmarc) {
    if (dmarc.undecided()) {
      return "DNS gave no answer.";
    }
    if (dmarc.own().isEmpty()) {
      return dmarc.record().isEmpty()
          ? "forged mail is delivered. Publish a policy: none, then quarantine, then reject."
          : "the record asks for nothing that receivers understand.";
    }
    String testing = dmarc.testing() ? " It is only being tested (t=y)." : "";
    return switch (dmarc.own().get().policy()) {
      case NONE -> "policy none: forged mail is delivered. Set quarantine, then reject.";
      case QUARANTINE -> "policy quarantine: forged mail is set aside." + testing;
      case REJECT -> "policy reject: forged mail is refused." + testing;
    };
  }

  private Group mail() {
    MailHosts mail = posture.published().mail();
    Line line = Line.of();
    if (mail.refusesMail()) {
      line.say("takes no mail. ");
    } else if (mail.hosts().isEmpty()) {
      line.say("none. ");
    } else {
      List<MailHosts.Host> named =
          mail.hosts().subList(0, Math.min(MOST_HOSTS, mail.hosts().size()));
      for (int i = 0; i < named.size(); i++) {
        line.say(i == 0 ? "" : ", ").quote(named.get(i).name(), HOST);
      }
      int more = mail.hosts().size() + mail.more() - named.size();
      line.say(more > 0 ? " and " + more + " more. " : ". ");
    }
    line.say("MTA-STS " + there(posture.published().mtaSts()) + ". ");
    line.say("TLS reports " + there(posture.published().tlsRpt()) + ".");
    return new Group("mx", "", List.of(new Row("MX", line.runs())));
  }

  private static String there(Texts texts) {
    return switch (texts.status()) {
      case TEMPFAIL -> "not checked";
      case NOERROR, NODATA, NXDOMAIN -> texts.records().isEmpty() ? "none" : "announced";
    };
  }

  /**
   * What is wanting. A finding may quote what the domain publishes, so that the whole of it is a
   * quotation.
   */
  private Optional<Group> found() {
    List<List<Run>> lines = new ArrayList<>();
    for (Section section : posture.sections()) {
      for (Finding finding : section.findings()) {
        switch (finding.level()) {
          case OK, NOTE, TEMPORARY -> {}
          case WARNING, ERROR ->
              lines.add(
                  Line.of()
                      .say(section.topic().word() + " " + finding.level().word() + ": ")
                      .quote(finding.what(), TXT)
                      .runs());
        }
      }
    }
    int more = lines.size() - MOST_FINDINGS;
    List<List<Run>> shown =
        new ArrayList<>(lines.subList(0, Math.min(MOST_FINDINGS, lines.size())));
    if (more > 0) {
      shown.add(Line.own("and " + more + " more: postern check says all, and what to do."));
    }
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(new Group("found", "To mend", List.of(), shown));
  }
}
