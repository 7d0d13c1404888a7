package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Person;
import dev.postern.mail.EmailAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupWriterTest {
  private final CaseFile file =
      SampleCases.spoofed().voted("kim", "Kim Park", release(), "known").build();
  private final LookupWriter lookup =
      new LookupWriter(
          new OneCase(
              file,
              new HistoryLine(1, HELD, "postern", "case.received", ""),
              new HistoryLine(2, HELD.plusSeconds(3), "policy", "case.ruled", "action=ask"),
              new HistoryLine(3, HELD.plusSeconds(900), "kim", "vote.cast", "choice=release")),
          new CardWriterTest.OnlyKim());

  private static Optional<Person> person(String id, String mail) {
    return Optional.of(new Person(id, id, EmailAddress.parse(mail), Optional.empty(), Set.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PN-7F3K-2QXD", "pn7f3k2qxd", " 7F3K-2QXD "})
  void aCaseIsFoundHoweverItIsTyped(String typed) {
    CardView card = lookup.find(typed, person("noor", "noor@corp.example"));

    assertThat(card.title()).isEqualTo("Case PN-7F3K-2QXD");
    assertThat(card.lead().getFirst())
        .containsExactly(Run.own("Held, 1 of 2 votes to release. You may vote."));
    assertThat(card.actions()).isEmpty();
    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(card))).isEmpty();
  }

  @Test
  void whatHappenedIsToldInWordsWithNames() {
    CardView card = lookup.of(file, Optional.empty());

    assertThat(card.groups().getLast().lines())
        .extracting(ChecksTest::text)
        .containsExactly(
            "2026-11-24T06:46:00Z held",
            "2026-11-24T06:46:03Z policy ruled",
            "2026-11-24T07:01:00Z Kim Park voted");
  }

  @Test
  void nobodyIsInvitedToVoteWhoCannot() {
    assertThat(lead(person("kim", "kim@corp.example"))).doesNotContain("You may vote");
    assertThat(lead(person("noor", "bo.lind@corp.example"))).doesNotContain("You may vote");
    assertThat(lead(person("visitor", "v@corp.example"))).doesNotContain("You may vote");
  }

  private String lead(Optional<Person> asker) {
    return ChecksTest.text(lookup.of(file, asker).lead().getFirst());
  }

  @Test
  void aHiddenCaseAndOneThatDoesNotExistGiveTheSameAnswer() {
    CardView hidden = lookup.find("PN-7F3K-2QXD", Optional.empty());
    CardView absent = lookup.find("PN-0000-0000", person("noor", "noor@corp.example"));

    assertThat(CardViewJson.text(hidden).replace("PN-7F3K-2QXD", ""))
        .isEqualTo(
            CardViewJson.text(absent).replace("PN-0000-0000", "").replace("PN-7F3K-2QXD", ""));
    assertThat(hidden.state()).isEqualTo("not-found");
    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(hidden))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<!channel>", "https://evil.example", "\u202e"})
  void P13_whatWasTypedIsQuoted(String typed) {
    CardView card = lookup.find(typed, person("noor", "noor@corp.example"));

    assertThat(card.state()).isEqualTo("not-found");
    assertThat(card.title() + card.fallback() + card.footer()).doesNotContain("evil", "channel");
    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(card))).isEmpty();
  }

  @Test
  void helpFitsTheSchemaAndNamesOnlyWhatExists() {
    CardView help = LookupWriter.help();

    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(help))).isEmpty();
    assertThat(help.groups().getFirst().rows()).hasSize(2);
  }
}
