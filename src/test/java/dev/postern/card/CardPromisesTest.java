package dev.postern.card;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.address;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseBuilder;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Outcome;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.evidence.Answer;
import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.ArcHop;
import dev.postern.evidence.ArcResult;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsRecord;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.ReportedResult;
import dev.postern.evidence.Signal;
import dev.postern.evidence.SpfFinding;
import dev.postern.evidence.SpfResult;
import dev.postern.evidence.SpfTerm;
import dev.postern.evidence.signal.SignalKind;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.MessageSummary.Attachment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What no card may ever do, whatever the message or the mail system says. */
class CardPromisesTest {
  /** Stands in every hostile text, so that a leak is seen wherever it comes out. */
  private static final String MARK = "Zqxj";

  /** All names of values that signals have. */
  private static final List<String> VALUES =
      List.of(
          "authserv-id",
          "by",
          "client-ip",
          "colleague",
          "content",
          "declared",
          "domain",
          "file",
          "from",
          "helo",
          "how",
          "mail-from",
          "names",
          "reads-as",
          "reply-to",
          "resembles",
          "shown",
          "target",
          "with");

  static List<HostileVector> vectors() {
    return HostileVector.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void P13_nothingOfAMessageStandsOutsideQuotations(HostileVector vector) {
    for (CaseBuilder file : hostile(MARK + vector.raw())) {
      CardView card = CardWriterTest.write(file.build());

      assertThat(ownTexts(card))
          .allSatisfy(own -> assertThat(own).doesNotContainIgnoringCase(MARK));
      assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(card))).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void P13_theOneDomainOnALockScreenIsACleanedALabel(HostileVector vector) {
    CaseFile file =
        aCase().evidence(anEvidence().fromDomain(vector.raw() + ".evil.example")).build();

    String fallback = CardWriterTest.write(file).fallback();

    assertThat(fallback)
        .hasSizeLessThanOrEqualTo(300)
        .matches(
            "[A-Z][a-z]+ (?:risk|unknown)\\. Release this held message\\? "
                + "(?:From (?:[A-Za-z0-9-]|\\[\\.\\])+|Sender unclear), DMARC [a-z ]+, "
                + "2 recipients\\. Decide by 08:46 UTC\\. Case PN-7F3K-2QXD\\.");
  }

  @ParameterizedTest
  @EnumSource(CaseState.class)
  void P8_releasedIsSaidOnlyWithProof(CaseState state) {
    for (Outcome.Kind kind : Outcome.Kind.values()) {
      boolean proof =
          EnumSet.of(
                  Outcome.Kind.DELIVERED_TO_NEXT_HOP,
                  Outcome.Kind.ACCEPTED_ASYNC,
                  Outcome.Kind.ALREADY_DONE)
              .contains(kind);
      CaseFile file =
          SampleCases.spoofed()
              .voted("kim", "Kim Park", release(), "")
              .decided(release())
              .done(kind, "250 2.0.0 Released, trust me")
              .state(state)
              .build();

      CardView card = CardWriterTest.write(file);

      if (!proof || state != CaseState.DONE) {
        assertThat(card.state()).as(state + " " + kind).isNotEqualTo("released");
      }
      if (!proof) {
        assertThat(ownTexts(card)).noneMatch(t -> t.matches("(?s).*\\b[Rr]eleased\\b.*"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CaseState.class)
  void P8_withoutAnyAnswerOfTheMailSystemNothingIsCalledReleasedOrDiscarded(CaseState state) {
    for (var choice : List.of(release(), CaseBuilder.discard())) {
      CaseFile file =
          aCase().voted("kim", "Kim Park", choice, "").decided(choice).state(state).build();

      CardView card = CardWriterTest.write(file);

      assertThat(card.state()).isNotIn("released", "discarded");
      assertThat(ownTexts(card))
          .noneMatch(t -> t.matches("(?s).*\\b([Rr]eleased|[Dd]iscarded)\\b.*"));
    }
  }

  /** The text in each place that a sender, a server or a person can write to. */
  private static List<CaseBuilder> hostile(String raw) {
    MessageSummary message =
        new MessageSummary(
            raw, raw, raw, raw, raw, raw, 1, List.of(new Attachment(raw, raw, 1)), List.of(raw));
    var asking = SampleCases.spoofed().message(message).evidence(evidence(raw));
    var voted =
        SampleCases.spoofed()
            .message(message)
            .evidence(evidence(raw))
            .voted("kim", raw, release(), raw);
    var done =
        SampleCases.spoofed()
            .message(message)
            .evidence(evidence(raw))
            .voted("kim", raw, release(), raw)
            .decided(release())
            .outcome(
                CaseState.DONE,
                List.of(
                    result("bo.lind", Outcome.Kind.DELIVERED_TO_NEXT_HOP, raw),
                    result("anna.kovacs", Outcome.Kind.PERM_FAIL, raw)));
    var failed =
        SampleCases.spoofed()
            .message(message)
            .evidence(evidence(raw))
            .decided(release())
            .outcome(CaseState.FAILED, List.of(result("bo.lind", Outcome.Kind.PERM_FAIL, raw)));
    return List.of(asking, voted, done, failed);
  }

  private static Outcome.Result result(String who, Outcome.Kind kind, String words) {
    return new Outcome.Result(address(who + "@corp.example"), kind, words);
  }

  private static Evidence evidence(String raw) {
    SpfFinding spf =
        new SpfFinding(
            SpfResult.FAIL,
            SpfFinding.Identity.MAILFROM,
            raw,
            List.of(new SpfTerm(raw, raw), new SpfTerm(raw, raw)),
            2,
            raw,
            raw,
            false);
    DkimFinding dkim =
        new DkimFinding(DkimResult.PERMERROR, raw, raw, raw, raw, 0, true, raw, true, 7, 0, false);
    DmarcFinding dmarc =
        new DmarcFinding(
            DmarcResult.FAIL,
            "evil.example",
            "evil.example",
            raw,
            DmarcPolicy.REJECT,
            DmarcPolicy.REJECT,
            true,
            raw,
            raw);
    Answer answer = Answer.of(List.of(raw), 60, true);
    return new Evidence(
        anEvidence().build().origin(),
        1_795_502_763L,
        spf,
        spf,
        List.of(dkim, dkim),
        new ArcFinding(ArcResult.PASS, List.of(new ArcHop(1, raw, raw, true, raw)), raw, false),
        dmarc,
        List.of(new ReportedResult(raw, raw, raw, raw, new TreeMap<>(Map.of(raw, raw)))),
        signals(raw),
        List.of(new DnsRecord(new DnsName(raw), DnsType.TXT, answer, 5)));
  }

  /** Every signal, and one of a later version, with hostile values. */
  private static List<Signal> signals(String raw) {
    List<Signal> signals = new ArrayList<>();
    signals.add(Signal.of(raw, Map.of(raw, raw)));
    Map<String, String> values = new TreeMap<>();
    for (String name : VALUES) {
      values.put(name, raw);
    }
    for (SignalKind kind : SignalKind.values()) {
      signals.add(Signal.of(kind.word(), values));
    }
    return signals;
  }

  /** Everything on a card that is not a quotation. */
  private static List<String> ownTexts(CardView card) {
    List<String> texts = new ArrayList<>(List.of(card.title(), card.footer(), card.fallback()));
    card.verdict().ifPresent(v -> texts.addAll(own(v.reason())));
    card.lead().forEach(line -> texts.addAll(own(line)));
    Stream.concat(card.groups().stream(), card.evidence().stream()).forEach(g -> add(g, texts));
    for (CardAction a : card.actions()) {
      texts.addAll(List.of(a.id(), a.label(), a.say()));
      a.confirm().ifPresent(c -> texts.addAll(List.of(c.title(), c.text(), c.yes(), c.no())));
    }
    card.overflow().forEach(r -> texts.addAll(List.of(r.id(), r.label())));
    return texts;
  }

  private static void add(Group group, List<String> texts) {
    texts.addAll(List.of(group.id(), group.title()));
    for (Row row : group.rows()) {
      texts.add(row.label());
      texts.addAll(own(row.value()));
    }
    group.lines().forEach(line -> texts.addAll(own(line)));
  }

  private static List<String> own(List<Run> line) {
    return line.stream()
        .filter(Run.Own.class::isInstance)
        .map(run -> ((Run.Own) run).text())
        .toList();
  }
}
