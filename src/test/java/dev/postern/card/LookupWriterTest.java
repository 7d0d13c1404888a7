package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.release;
import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseBook.Deadline;
import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseMentions;
import dev.postern.approval.Mention;
import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import dev.postern.mail.EmailAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupWriterTest {
  private static final Deadline LATER =
      new Deadline(Instant.parse("2026-11-24T07:03:12.123456789Z"), 4711);
  private final CaseFile file =
      SampleCases.spoofed().voted("kim", "Kim Park", release(), "known").build();
  private final CaseBook book =
      ManyCases.of(file)
          .told(
              file.id(),
              new HistoryLine(1, HELD, "postern", "case.received", ""),
              new HistoryLine(2, HELD.plusSeconds(3), "policy", "case.ruled", "action=ask"),
              new HistoryLine(3, HELD.plusSeconds(900), "kim", "vote.cast", "choice=release"));
  private final LookupWriter lookup = writer(book);

  private static LookupWriter writer(CaseBook book) {
    Reading reading = new Reading(book, (_, _) -> Optional.empty());
    return new LookupWriter(book, reading, new CardWriterTest.OnlyKim());
  }

  private static Person person(String id, String mail, String... groups) {
    return new Person(id, id, EmailAddress.parse(mail), Optional.empty(), Set.of(groups));
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
    CardView card = lookup.of(file, person("visitor", "v@corp.example"));

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

  private String lead(Person asker) {
    return ChecksTest.text(lookup.of(file, asker).lead().getFirst());
  }

  @Test
  void aHiddenCaseAndOneThatDoesNotExistGiveTheSameAnswer() {
    CardView hidden = lookup.find("PN-7F3K-2QXD", person("visitor", "v@corp.example"));
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
    CardView help = LookupWriter.help(Prompt.SLACK);

    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(help))).isEmpty();
    assertThat(help.groups().getFirst().rows()).hasSize(13);
  }

  @Test
  void commandsStandAsTheyAreTypedWhereTheyAreShown() {
    assertThat(LookupWriter.help(Prompt.SLACK).groups().getFirst().rows())
        .extracting(CardView.Row::label)
        .contains("/postern PN-7F3K-2QXD", "/postern mine");
    assertThat(LookupWriter.help(new Prompt("")).groups().getFirst().rows())
        .extracting(CardView.Row::label)
        .contains("PN-7F3K-2QXD", "mine")
        .noneMatch(label -> label.contains("/"));
  }

  private static ManyCases eleven() {
    ManyCases many = new ManyCases();
    for (int i = 0; i < 11; i++) {
      CaseFile one = aCase().id(new CaseId("PN-7F3K-000" + "0123456789A".charAt(i))).build();
      many.put(CaseMentions.heldAt(one, HELD.plusSeconds(i)));
    }
    return many;
  }

  @Test
  void aListIsReadPageByPageFromTheNewestOn() {
    LookupWriter writer = writer(eleven());
    Person noor = person("noor", "noor@corp.example");
    EmailAddress marta = EmailAddress.parse("Marta@supplier.example").orElseThrow();

    List<String> seen = new ArrayList<>();
    CardView page = writer.about("marta", Mention.of(marta), noor);
    int pages = 1;
    for (Optional<Look.OfCases> next = more(page); next.isPresent(); next = more(page)) {
      seen.addAll(cases(page));
      page = writer.look(next.get(), noor);
      pages++;
    }
    seen.addAll(cases(page));

    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(11).doesNotHaveDuplicates().isSortedAccordingTo(reverseOrder());
    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(page))).isEmpty();
  }

  private static List<String> cases(CardView page) {
    return page.groups().stream().map(g -> g.rows().getFirst().label()).toList();
  }

  private static Optional<Look.OfCases> more(CardView page) {
    return page.groups().stream()
        .flatMap(g -> g.actions().stream())
        .filter(a -> a.id().equals("pn.more"))
        .findFirst()
        .flatMap(a -> Look.parse(a.token()))
        .map(Look.OfCases.class::cast);
  }

  @Test
  void aStrangerToAListsCasesSeesNoneAndNoCountOfThem() {
    LookupWriter writer = writer(eleven());
    Person visitor = person("visitor", "v@corp.example");
    EmailAddress marta = EmailAddress.parse("marta@supplier.example").orElseThrow();
    EmailAddress nobody = EmailAddress.parse("nobody@supplier.example").orElseThrow();

    String hidden = CardViewJson.text(writer.about("x@y.example", Mention.of(marta), visitor));
    String absent = CardViewJson.text(writer.about("x@y.example", Mention.of(nobody), visitor));

    assertThat(hidden).isEqualTo(absent).contains("not-found");
    assertThat(writer.open(visitor).groups()).isEmpty();
    assertThat(writer.mine(visitor).groups()).isEmpty();
    assertThat(writer.open(person("ada", "a@corp.example", "admins")).groups()).hasSize(5);
  }

  @Test
  void whatWaitsForSomebodyComesWithItsDeadline() {
    ManyCases cases = eleven();
    CaseFile fifth = cases.find(new CaseId("PN-7F3K-0004")).orElseThrow();
    CardView mine = writer(cases).mine(person("kim", "kim@corp.example"));

    assertThat(mine.groups()).hasSize(5);
    assertThat(mine.groups().getFirst().rows().getFirst().value())
        .contains(Run.own("decide by "))
        .anyMatch(Run.Time.class::isInstance);
    assertThat(more(mine)).contains(new Look.Mine(Deadline.of(fifth.openStage().orElseThrow())));
  }

  @Test
  void aButtonOfAnEarlierReleaseShowsTheFirstPage() {
    assertThat(Look.parse("pn1.m00000005_AAAAAAAAAAAAAAAAAAAAAA"))
        .contains(new Look.Mine(new Deadline(Instant.EPOCH, 0)));
  }

  @Test
  void anInstantThatSomebodyMadeUpIsOneThatADatabaseKnows() {
    for (String made : List.of("_____________________w", "f_______f_______f_____")) {
      Look look = Look.parse("pn1.m00000000_" + made).orElse(new Look.Mine(LATER));
      assertThat(((Look.Mine) look).after().closes())
          .isBetween(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));
    }
  }

  @Test
  void whatAButtonShowsIsReadBackAsItWas() {
    CaseId id = new CaseId("PN-7F3K-2QXD");
    Mention what = Mention.ofId("<20261124.77@supplier.example>");
    for (Look look :
        List.of(
            new Look.Case(id), new Look.About(what, id), new Look.Open(id), new Look.Mine(LATER))) {
      assertThat(look.token()).matches("pn1\\.[A-Za-z0-9_-]{32}");
      assertThat(Look.parse(look.token())).contains(look);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pn1.",
        "pn1.zZ-IcEmpFQy2i2q5m9S9tS52_kvWHdQ-",
        "pn1.cUUUUUUUU_AAAAAAAAAAAAAAAAAAAAAA",
        "pn1.mABCDEFGH_AAAAAAAAAAAAAAAAAAAAAA",
        "pn1.c7F3K2QXD_AAAAAAAAAAAAAAAAAAAAA~"
      })
  void whatNoButtonOfOursCarriesShowsNothing(String token) {
    assertThat(Look.parse(token)).isEmpty();
  }
}
