package dev.postern.evidence.posture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfFindingsTest {

  @Test
  void aDomainThatPublishesAllItShouldIsWell() {
    assertThat(new ADomain().wanting()).isEmpty();
    assertThat(new ADomain().finding("spf-all").what()).contains("-all");
    assertThat(new ADomain().finding("spf-lookups").what()).startsWith("1 of 10");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=spf1 mx ~all                                |
          v=spf1 -all                                   |
          v=spf1 mx a:mx.firm.example -all              |
          v=spf1 +all                                   | error spf-passes-everybody
          v=spf1 all                                    | error spf-passes-everybody
          v=spf1 ip4:0.0.0.0/0 -all                     | error spf-passes-everybody
          v=spf1 ip6:::/0 -all                          | error spf-passes-everybody
          v=spf1 a:mx.firm.example/0 -all               | error spf-passes-everybody
          v=spf1 ip4:128.0.0.0/1 -all                   | warning spf-wide
          v=spf1 mx ?all                                | warning spf-neutral
          v=spf1 mx                                     | warning spf-no-all
          v=spf1 ptr -all                               | warning spf-ptr
          v=spf1 mx -all ip4:192.0.2.1                  | warning spf-unread-terms
          v=spf1 mx -all redirect=other.example         | warning spf-unread-terms
          v=spf1 mx ip5:192.0.2.1 -all                  | error spf-malformed
          v=spf1 include:none.example -all              | error spf-leads-nowhere
          v=spf1 redirect=none.example                  | error spf-leads-nowhere
          v=spf1 include:firm.example -all              | error spf-loop
          v=spf1 a:gone.firm.example -all               | warning spf-voids
          v=spf1 include:%{i}.firm.example -all         | note spf-depends-on-message
          """)
  void eachTermIsJudged(String record, String finding) {
    assertThat(new ADomain().spf(record).wanting())
        .isEqualTo(finding == null ? java.util.List.of() : java.util.List.of(finding));
  }

  @Test
  void noRecordIsAdvisedByWhoTakesTheMail() {
    ADomain domain = new ADomain().spf();
    assertThat(domain.finding("spf-none").publish())
        .containsExactly(ZoneRecord.txt("firm.example", "v=spf1 mx ~all"));
    domain.with("firm.example", "MX");
    assertThat(domain.finding("spf-none").publish())
        .containsExactly(ZoneRecord.txt("firm.example", "v=spf1 a ~all"));
    domain.with("firm.example", "MX", "0 .");
    assertThat(domain.finding("spf-none").publish())
        .containsExactly(ZoneRecord.txt("firm.example", "v=spf1 -all"));
  }

  @Test
  void theRecordToPublishIsTheirsWithAnotherEnd() {
    assertThat(new ADomain().spf("v=spf1 mx ?all").finding("spf-neutral").publish())
        .containsExactly(ZoneRecord.txt("firm.example", "v=spf1 mx ~all"));
    assertThat(new ADomain().spf("v=spf1 mx").finding("spf-no-all").publish())
        .containsExactly(ZoneRecord.txt("firm.example", "v=spf1 mx ~all"));
    assertThat(new ADomain().spf("v=spf1 x=\"\\ mx").finding("spf-no-all").publish()).isEmpty();
  }

  @Test
  void severalRecordsAndAlmostRecordsAreFound() {
    assertThat(new ADomain().spf("v=spf1 -all", "v=spf1 mx -all").wanting())
        .containsExactly("error spf-several");
    assertThat(
            new ADomain()
                .spf("v=spf1 -all", "v=spf1;mx", " V=SPF1 a -all", "\"v=spf1 -all\"")
                .wanting())
        .containsOnly("warning spf-near-miss")
        .hasSize(3);
    assertThat(new ADomain().with("firm.example", "SPF", "v=spf1 -all").wanting())
        .containsExactly("note spf-deprecated-type");
  }

  @Test
  void aSyntaxErrorIsNamedWithItsPlace() {
    assertThat(new ADomain().spf("v=spf1  mx  ip4:999.0.0.1 -all").finding("spf-malformed").what())
        .contains("term 2, \"ip4:999.0.0.1\"");
  }

  @Test
  void tooManyLookupsNameTheDearestTerms() {
    ADomain domain =
        new ADomain()
            .spf("v=spf1 mx include:big.example include:small.example -all")
            .txt("small.example", "v=spf1 ip4:192.0.2.0/24 ~all")
            .txt("big.example", "v=spf1 " + includes(8) + " ~all");
    IntStream.range(0, 8).forEach(i -> domain.txt("i" + i + ".example", "v=spf1 ~all"));

    assertThat(domain.wanting()).containsExactly("error spf-too-many-lookups");
    Finding finding = domain.finding("spf-too-many-lookups");
    assertThat(finding.what()).startsWith("The record needs 11 DNS look-ups; 10 are allowed");
    assertThat(finding.advice())
        .contains("include:big.example (9), mx (1), include:small.example (1)");

    domain.spf("v=spf1 include:big.example include:small.example -all");
    assertThat(domain.wanting()).containsExactly("note spf-few-lookups-left");
  }

  @Test
  void voidLookupsAreCountedForEachKindOfClient() {
    ADomain domain = new ADomain().spf("v=spf1 a:a.example a:b.example a:c.example -all");
    assertThat(domain.wanting()).containsExactly("error spf-too-many-voids");

    domain.with("a.example", "A", "192.0.2.1").with("b.example", "A", "192.0.2.1");
    domain.with("c.example", "A", "192.0.2.1");
    assertThat(domain.wanting()).containsExactly("warning spf-too-many-voids");
    assertThat(domain.finding("spf-too-many-voids").what()).contains("for IPv6 clients");

    domain.with("c.example", "AAAA", "2001:db8::1");
    assertThat(domain.wanting()).isEmpty();
  }

  @Test
  void whatAnIncludedRecordLacksIsFoundThere() {
    ADomain domain = new ADomain().spf("v=spf1 include:a.example -all");
    assertThat(domain.txt("a.example", "v=spf1 +all").finding("spf-passes-everybody").what())
        .isEqualTo("+all in the record of a.example lets the whole world pass.");
    assertThat(domain.txt("a.example", "v=spf1 x", "v=spf1 y").wanting())
        .containsExactly("error spf-include-broken");
    assertThat(domain.txt("a.example", "v=spf1 ?x").wanting())
        .containsExactly("error spf-include-broken");
    assertThat(domain.txt("a.example", "v=spf1 include:firm.example").wanting())
        .containsExactly("error spf-loop");
    // The end of an included record does not matter: only a pass counts there.
    assertThat(domain.txt("a.example", "v=spf1 ?all").wanting()).isEmpty();
    assertThat(domain.silent("a.example").wanting())
        .containsExactly("temporary spf-include-unanswered");
  }

  @Test
  void aRedirectIsTheEndOfTheRecord() {
    ADomain domain = new ADomain().spf("v=spf1 mx redirect=a.example");
    assertThat(domain.txt("a.example", "v=spf1 -all").wanting()).isEmpty();
    assertThat(domain.txt("a.example", "v=spf1 ?all").wanting())
        .containsExactly("warning spf-neutral");
    assertThat(domain.finding("spf-neutral").publish()).isEmpty();
  }

  @Test
  void moreThanTenMxHostsAreAnError() {
    String[] hosts =
        IntStream.range(0, 11).mapToObj(i -> "10 h" + i + ".example").toArray(String[]::new);
    assertThat(
            new ADomain()
                .spf("v=spf1 mx:many.example -all")
                .with("many.example", "MX", hosts)
                .wanting())
        .containsExactly("error spf-too-many-mx");
  }

  @Test
  void aLongRecordIsNoted() {
    String networks =
        IntStream.range(0, 30).mapToObj(i -> "ip4:192.0.2." + i).collect(Collectors.joining(" "));
    assertThat(new ADomain().spf("v=spf1 " + networks + " -all").wanting())
        .containsExactly("note spf-long");
  }

  private static String includes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "include:i" + i + ".example")
        .collect(Collectors.joining(" "));
  }
}
