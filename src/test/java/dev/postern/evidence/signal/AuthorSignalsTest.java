package dev.postern.evidence.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorSignalsTest {

  @Test
  void anHonestLetterRaisesNothing() {
    assertThat(ALetter.plain().signals()).isEmpty();
    assertThat(ALetter.of("\"Nowak, Marta (Supplier)\" <marta@supplier.example>").signals())
        .isEmpty();
    assertThat(ALetter.of("marta@supplier.example").replyTo("Marta <m@supplier.example>").signals())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"service@paypal.com\" <x@supplier.example>",
        "\"PayPal (service@paypal.com)\" <x@supplier.example>",
        "\"service@paypal.com.\" <x@supplier.example>",
        "\"service\uFF20paypal\uFF0Ecom\" <x@supplier.example>",
        "\"service@pay\u200Bpal.com\" <x@supplier.example>",
        "=?utf-8?q?service=40paypal=2Ecom?= <x@supplier.example>"
      })
  void aNameThatHoldsAnotherAddressIsToldWithItsDomain(String from) {
    assertThat(ALetter.of(from).signals())
        .filteredOn(it -> it.name().equals("name-shows-address"))
        .singleElement()
        .satisfies(it -> assertThat(it.values()).containsEntry("domain", "paypal.com"))
        .satisfies(it -> assertThat(it.values()).containsEntry("from", "x@supplier.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x@supplier.example\" <x@supplier.example>",
        "\"X@MAIL.Supplier.Example\" <x@supplier.example>",
        "\"a@b\" <x@supplier.example>",
        "\"@\" <x@supplier.example>",
        "\"Kim @ work\" <x@supplier.example>"
      })
  void theOwnAddressInTheNameIsNothing(String from) {
    assertThat(ALetter.of(from).signals()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"PayPal.com Service\" <x@supplier.example>",
        "\"www.paypal.com\" <x@supplier.example>",
        "\"Service of https://PAYPAL.com/x\" <x@supplier.example>",
        "\"pаypal.com paypal\u3002com\" <x@supplier.example>",
      })
  void aNameThatHoldsAnotherDomainIsToldWithIt(String from) {
    assertThat(ALetter.of(from).raised())
        .anyMatch(it -> it.startsWith("name-shows-domain {domain=") && it.contains("paypal.com"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hp.com", "ing.de"})
  void aDomainWithAShortNameIsOneToo(String domain) {
    assertThat(ALetter.of('"' + domain + " service\" <x@supplier.example>").names())
        .containsExactly("name-shows-domain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Supplier.Example\" <x@supplier.example>",
        "\"Muster GmbH & Co.KG\" <x@supplier.example>",
        "\"Dr.med. A. Muster\" <x@supplier.example>",
        "\"Dipl.Ing. J.R.Muster\" <x@supplier.example>",
        "\"Release 1.2.3\" <x@supplier.example>",
        "\"Node.js Weekly\" <x@supplier.example>",
        "\"Acme Pty.Ltd\" <x@supplier.example>",
        "\"St.Gallen e.V.\" <x@supplier.example>"
      })
  void abbreviationsAndTheOwnDomainInTheNameAreNothing(String from) {
    assertThat(ALetter.of(from).signals()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Anna Kovács <a@freemail.example>",
        "ANNA KOVACS <a@freemail.example>",
        "\"Kovacs, Anna\" <a@freemail.example>",
        "\"Anna M. Kovacs (CEO)\" <a@freemail.example>",
        "anna.kovacs <a@freemail.example>",
        "\"\u0410nna K\u043Ev\u0430cs\" <a@freemail.example>",
        "\"A\u200Bnna\u00A0Kova\u0301cs\" <a@freemail.example>",
        "\"Anna Kovacs via Portal\" <a@freemail.example>",
        "AnnaKovacs <a@freemail.example>",
        "\uFF21\uFF4E\uFF4E\uFF41 Kovacs <a@freemail.example>",
        "\"B0 Lind\" <a@freemail.example>"
      })
  void aColleaguesNameFromOutsideIsToldHoweverItIsWritten(String from) {
    assertThat(ALetter.of(from).names()).contains("name-of-colleague");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Anna Kovács <anna@northwind.example>",
        "Anna Kovács <anna@mail.northwind.co.uk>",
        "Anna Smith <a@freemail.example>",
        "Kovacs Trading <a@freemail.example>",
        "Annabel Kovacs-Smith <a@freemail.example>",
        "Madonna Fanclub <a@freemail.example>",
        "\"\" <a@freemail.example>"
      })
  void ownAddressesAndOtherPeopleAreNoColleaguesOutside(String from) {
    assertThat(ALetter.of(from).names()).doesNotContain("name-of-colleague");
  }

  @Test
  void aNameOfOneWordCountsAsAWholeOnly() {
    assertThat(ALetter.of("madonna <a@freemail.example>").names()).contains("name-of-colleague");
  }

  @Test
  void aFirmThatNamesNoDomainsOfItsOwnHasNoOutside() {
    ALetter letter =
        ALetter.of("Anna Kovács <anna@northwind.example>")
            .home(ALetter.home(List.of(), List.of(), List.of("Anna Kovács")));

    assertThat(letter.signals()).isEmpty();
  }

  @Test
  void answersAndBouncesThatGoElsewhereAreToldWithBothAddresses() {
    ALetter letter =
        ALetter.plain().replyTo("Marta <m@elsewhere.example>").mailFrom("b@bulk.example");

    assertThat(letter.raised())
        .containsExactly(
            "reply-to-elsewhere {from=marta@supplier.example, reply-to=m@elsewhere.example}",
            "mail-from-elsewhere {from=marta@supplier.example, mail-from=b@bulk.example}");
  }

  @Test
  void oneForeignReplyToAmongSeveralIsEnough() {
    assertThat(ALetter.plain().replyTo("m@supplier.example, \"x\" <m@elsewhere.example>").names())
        .containsExactly("reply-to-elsewhere");
  }

  @Test
  void whatTheTreeWalkPutsIntoOneOrganizationIsOne() {
    ALetter siblings =
        ALetter.of("m@news.supplier.example")
            .organization("supplier.example")
            .replyTo("m@shop.supplier.example")
            .mailFrom("b@bounces.supplier.example");
    ALetter withoutRecord =
        ALetter.of("m@news.supplier.example").replyTo("m@supplier.example").mailFrom("");

    assertThat(siblings.signals()).isEmpty();
    assertThat(withoutRecord.signals()).isEmpty();
  }

  @Test
  void ownDomainsBelongTogether() {
    assertThat(ALetter.of("a@northwind.example").replyTo("a@northwind.co.uk").signals()).isEmpty();
  }

  @Test
  void theDomainAboveIsNobodysWhenItIsATopLevel() {
    assertThat(ALetter.plain().replyTo("a@example").names()).containsExactly("reply-to-elsewhere");
  }

  @Test
  void withoutAnAuthorNothingIsElsewhere() {
    assertThat(ALetter.of("undisclosed").replyTo("a@b.example").mailFrom("c@d.example").signals())
        .isEmpty();
  }

  @Test
  void onlyWhatPeopleSeeOfALongNameIsRead() {
    String filler = "x ".repeat(500);
    assertThat(ALetter.of('"' + filler + "a@paypal.com\" <x@supplier.example>").signals())
        .isEmpty();
    assertThat(
            ALetter.of('"' + filler.substring(20) + "a@paypal.com\" <x@supplier.example>").names())
        .containsExactly("name-shows-address");
  }

  @Test
  void hostileNamesEndInTimeAndInBounds() {
    String addresses = "a@b.com ".repeat(20_000);
    String dots = "a.".repeat(60_000);
    String marks = "A" + "\u0301".repeat(60_000);
    Assertions.assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          for (String name : List.of(addresses, dots, marks, "@".repeat(100_000))) {
            assertThat(ALetter.of('"' + name + "\" <x@supplier.example>").signals())
                .hasSizeLessThanOrEqualTo(30)
                .allSatisfy(
                    it ->
                        assertThat(it.values().values()).allMatch(value -> value.length() <= 300));
          }
        });
  }
}
