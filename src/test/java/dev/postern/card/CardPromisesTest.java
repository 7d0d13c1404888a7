package dev.postern.card;

import static dev.postern.approval.CaseBuilder.aCase;
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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What no card may ever do, whatever the message or the mail system says. */
class CardPromisesTest {
  /** Stands in every hostile text, so that a leak is seen wherever it comes out. */
  private static final String MARK = "Zqxj";

  static List<HostileVector> vectors() {
    return HostileVector.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void P13_nothingOfAMessageStandsOutsideQuotations(HostileVector vector) {
    for (CaseFile file : HostileCases.of(MARK + vector.raw())) {
      CardView card = CardWriterTest.write(file);

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
