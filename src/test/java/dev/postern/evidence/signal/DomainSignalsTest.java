package dev.postern.evidence.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainSignalsTest {

  @ParameterizedTest
  @CsvSource({
    "northwlnd.example, northwind.example, changed-letters",
    "n0rthwind.example, northwind.example, confusable",
    "northvvind.example, northwind.example, confusable",
    "nort-hwind.example, northwind.example, hyphens",
    "nrothwind.example, northwind.example, changed-letters",
    "norhtwimd.example, northwind.example, changed-letters",
    "northwind-invoices.example, northwind.example, added-word",
    "my-northwind.example, northwind.example, added-word",
    "securenorthwind.com, northwind.co.uk, added-word",
    "northwind-example.com, northwind.co.uk, added-word",
    "northwind.net, northwind.co.uk, other-suffix",
    "mail.northwind.org.uk, northwind.co.uk, other-suffix",
    "northwind.example.evil.example, northwind.example, embedded",
    "northwind.example-login.evil.example, northwind.example, embedded",
    "www-northwind.example.evil.example, northwind.example, embedded",
    "brightwaters.example, brightwater.example, changed-letters",
    "xn--brightwter-5qi.example, brightwater.example, confusable",
  })
  void aDomainLikeOneThatTheFirmKnowsIsTold(String domain, String resembles, String how) {
    assertThat(ALetter.of("a@" + domain).raised())
        .contains(
            "from-lookalike {domain=%s, how=%s, resembles=%s}".formatted(domain, how, resembles));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "northwind.example",
        "mail.northwind.example",
        "northwind.co.uk",
        "a.b.northwind.co.uk",
        "brightwater.example",
        "supplier.example",
        "wind.example",
        "north.example",
        "northwindow-cleaning.example",
        "northwind.atlassian.net",
        "greatnorthwind.example.evil.example",
        "freshwater.example",
        "example",
      })
  void theDomainItselfNamesBelowItAndOthersAreNoLookalikes(String domain) {
    assertThat(ALetter.of("a@" + domain).names()).doesNotContain("from-lookalike");
  }

  @Test
  void shortNamesAreNeighboursByChance() {
    var home = ALetter.home(List.of("acme.example", "ibm.example"), List.of(), List.of());

    assertThat(ALetter.of("a@acne.com").home(home).signals()).isEmpty();
    assertThat(ALetter.of("a@ibn.example").home(home).signals()).isEmpty();
    assertThat(ALetter.of("a@ibm-watch.example").home(home).signals()).isEmpty();
    assertThat(ALetter.of("a@acne.example").home(home).names()).containsExactly("from-lookalike");
    assertThat(ALetter.of("a@ibm-invoices.example").home(home).names())
        .containsExactly("from-lookalike");
  }

  @Test
  void aWordLeftOutIsSeenWhereItIsOneThatFirmsAdd() {
    var home = ALetter.home(List.of("kestrel-group.example"), List.of(), List.of());

    assertThat(ALetter.of("a@kestrel.example").home(home).raised())
        .containsExactly(
            "from-lookalike {domain=kestrel.example, how=removed-word,"
                + " resembles=kestrel-group.example}");
  }

  @Test
  void withoutKnownDomainsNothingIsALookalike() {
    assertThat(
            ALetter.of("a@northwlnd.example")
                .home(ALetter.home(List.of(), List.of(), List.of()))
                .signals())
        .isEmpty();
  }

  @Test
  void replyToAndLinksAreLookedAtToo() {
    ALetter letter =
        ALetter.plain()
            .replyTo("a@northwind-billing.example")
            .linkHost("login.northwind-portal.example")
            .linkHost("www.northwind.example");

    assertThat(letter.names())
        .containsExactly("reply-to-elsewhere", "reply-to-lookalike", "link-lookalike");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//northwind-pay.example",
        "https:northwind-pay.example/x",
        "HTTPS:/a@Northwind-Pay.example"
      })
  void aLinkThatOnlyBrowsersUnderstandIsLookedAtToo(String target) {
    assertThat(ALetter.plain().link("Pay", target).names()).containsExactly("link-lookalike");
  }

  @Test
  void mixedScriptsAreToldWithHowItReads() {
    assertThat(ALetter.of("a@xn--brightwter-supplies-wop.example").raised())
        .contains(
            "from-mixed-scripts {domain=xn--brightwter-supplies-wop.example,"
                + " reads-as=brightw\u0430ter-supplies.example}")
        .noneMatch(it -> it.startsWith("from-reads-as-latin"));
  }

  @Test
  void aLabelOfOneScriptThatReadsAsLatinIsTold() {
    assertThat(ALetter.of("a@xn--e1argc3h.example").names())
        .containsExactly("from-reads-as-latin", "from-punycode");
  }

  @Test
  void anHonestDomainInAnotherScriptIsPunycodeAndNoMore() {
    assertThat(ALetter.of("a@xn--bcher-kva.example").raised())
        .containsExactly(
            "from-punycode {domain=xn--bcher-kva.example, reads-as=b\u00FCcher.example}");
    assertThat(ALetter.of("a@b\u00FCcher.example").names()).containsExactly("from-punycode");
  }

  @Test
  void aLabelThatStandsForNothingIsToldWithoutAReading() {
    assertThat(ALetter.of("a@xn--a.example").raised())
        .containsExactly("from-punycode {domain=xn--a.example}");
  }

  @Test
  void manyLinksAndManyKnownDomainsEndInTimeAndInBounds() {
    List<String> frequent = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      frequent.add("a".repeat(40) + i + ".example");
    }
    ALetter letter = ALetter.plain().home(ALetter.home(List.of(), frequent, List.of()));
    for (int i = 0; i < 50; i++) {
      letter.linkHost("b".repeat(30) + "-" + i + "." + "a".repeat(43) + ".example");
    }
    Assertions.assertTimeout(
        Duration.ofSeconds(10), () -> assertThat(letter.signals()).hasSizeLessThanOrEqualTo(10));
  }
}
