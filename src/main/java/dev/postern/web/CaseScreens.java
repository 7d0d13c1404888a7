package dev.postern.web;

import static dev.postern.card.Cleaner.Kind.HOST;
import static dev.postern.card.Cleaner.Kind.ID;
import static dev.postern.card.Cleaner.Kind.NAME;
import static dev.postern.card.Cleaner.Kind.TXT;

import dev.postern.approval.Ballot;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import dev.postern.card.CardView;
import dev.postern.card.Checks;
import dev.postern.card.Cleaner;
import dev.postern.evidence.Answer;
import dev.postern.evidence.DnsRecord;
import dev.postern.evidence.Evidence;
import dev.postern.policy.Ruling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lays out a case for one reader. */
final class CaseScreens {
  private final WebParts parts;
  private final CaseCards cards;
  private final BallotForms forms;

  CaseScreens(WebParts parts, BallotForms forms) {
    this.parts = parts;
    this.cards = new CaseCards(parts);
    this.forms = forms;
  }

  CaseScreen screen(CaseFile file, Reader reader, Optional<CaseScreen.Said> said, Draft draft) {
    Optional<Ballot> ballot = parts.ballots().apply(file.id(), reader.person());
    CardView card =
        ballot.map(b -> cards.toDecide(file, b.token())).orElseGet(() -> cards.toRead(file));
    return new CaseScreen(
        file.id().text(),
        file.version(),
        card,
        Mark.of(card),
        file.petition().isPresent() ? List.of() : Chip.of(file.evidence()),
        file.evidence().map(Checks::of).orElse(List.of()),
        said,
        ballot.map(b -> forms.form(file, b, card, reader, draft)),
        together(file, reader),
        file.ruling().map(CaseScreens::rules).orElse(List.of()),
        file.evidence().map(CaseScreens::dns).orElse(List.of()),
        parts.cases().history(file.id()).stream().map(this::history).toList(),
        file.rawKept() && Reading.admin(reader.person()),
        moving(file.state()));
  }

  private Optional<TogetherScreen> together(CaseFile file, Reader reader) {
    return parts
        .cases()
        .backstory(file.id())
        .together()
        .filter(all -> all.size() > 1)
        .map(
            all ->
                TogetherScreen.of(
                    file,
                    all,
                    parts.ballots().apply(all.leader(), reader.person()).isPresent(),
                    reader));
  }

  /** Whether the next step is Postern's or the mail system's, and not a person's. */
  static boolean moving(CaseState state) {
    return switch (state) {
      case RECEIVED, EXAMINED, DECIDED -> true;
      case ASKING, DONE, EXPIRED, FAILED, WITHDRAWN -> false;
    };
  }

  private static List<CaseScreen.RuleLine> rules(Ruling ruling) {
    Map<String, String> shadows =
        ruling.notes().shadows().stream()
            .collect(
                Collectors.toMap(
                    Ruling.Shadow::rule, Ruling.Shadow::sentence, (first, _) -> first));
    return ruling.trace().stream()
        .map(
            s ->
                new CaseScreen.RuleLine(
                    s.rule(),
                    s.matched(),
                    shadows.containsKey(s.rule()),
                    shadows.getOrDefault(s.rule(), s.why())))
        .toList();
  }

  private static List<CaseScreen.DnsLine> dns(Evidence evidence) {
    return evidence.dns().stream().map(CaseScreens::dns).toList();
  }

  private static CaseScreen.DnsLine dns(DnsRecord record) {
    Answer answer = record.answer();
    String status =
        switch (answer.status()) {
          case NOERROR -> "";
          case NODATA -> "no record of this type";
          case NXDOMAIN -> "no such name";
          case TEMPFAIL ->
              answer.rcode().isEmpty()
                  ? "DNS did not answer"
                  : "DNS did not answer: " + Cleaner.clean(answer.rcode(), ID).text();
        };
    return new CaseScreen.DnsLine(
        Piece.of(Cleaner.clean(record.name().text(), HOST)),
        record.type().name(),
        answer.data().stream().map(d -> Piece.of(Cleaner.clean(d, TXT))).toList(),
        status,
        answer.ttl(),
        answer.authenticated());
  }

  private CaseScreen.HistoryLine history(CaseBook.HistoryLine line) {
    return new CaseScreen.HistoryLine(
        line.number(), line.at(), actor(line.actor()), Words.ofEvent(line.what()), line.detail());
  }

  private Piece actor(String actor) {
    return switch (actor) {
      case "postern" -> own("Postern");
      case "policy" -> own("Policy");
      default ->
          Piece.of(
              Cleaner.clean(
                  parts.people().person(Identity.ofPostern(actor)).map(Person::name).orElse(actor),
                  NAME));
    };
  }

  private static Piece own(String text) {
    return new Piece(text, false, false, Optional.empty(), "");
  }
}
