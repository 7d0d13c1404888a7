package dev.postern.evidence.posture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MX, MTA-STS, TLS-RPT and BIMI. */
class HostFindingsTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10 mx.firm.example                     | -all |
          0 .                                    | -all |
          0 .                                    | mx ~all | warning mx-null-but-sends
          0 .,10 mx.firm.example                 | -all | error mx-null-beside-others
          5 gone.firm.example                    | -all | error mx-host-missing
          10 mx.firm.example,5 gone.firm.example | -all | warning mx-host-missing
          10 alias.firm.example                  | -all | warning mx-host-alias
          10 192.0.2.1                           | -all | error mx-no-host-name
          10 silent.firm.example                 | -all | temporary mx-host-unanswered
          """)
  void mailHostsAreJudged(String mx, String spf, String finding) {
    ADomain domain =
        new ADomain()
            .spf("v=spf1 " + spf)
            .with("alias.firm.example", "CNAME", "mx.firm.example")
            .silent("silent.firm.example")
            .with("firm.example", "MX", mx.split(","));
    assertThat(domain.wanting()).isEqualTo(finding == null ? List.of() : List.of(finding));
  }

  @Test
  void withoutMxTheAddressOfTheDomainCounts() {
    ADomain domain = new ADomain().spf("v=spf1 -all").with("firm.example", "MX");
    assertThat(domain.wanting()).containsExactly("note mx-implicit");
    assertThat(domain.finding("mx-implicit").publish())
        .containsExactly(new ZoneRecord("firm.example", "MX", "0 ."));
    assertThat(domain.with("firm.example", "A").wanting()).containsExactly("note mx-none");
  }

  @Test
  void hostsAreShownInTheOrderInWhichTheyAreTried() {
    assertThat(
            new ADomain()
                .with("firm.example", "MX", "10 mx.firm.example", "5 mx.firm.example")
                .check()
                .published()
                .mail()
                .hosts())
        .extracting(MailHosts.Host::preference)
        .containsExactly("5", "10");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          _mta-sts      |                                         | note mta-sts-none
          _mta-sts      | v=STSv1; id=a-b                         | error mta-sts-malformed
          _mta-sts      | v=STSv1                                 | error mta-sts-malformed
          _mta-sts      | v=STSv12; id=1                          | note mta-sts-none
          _mta-sts      | v=STSv1; id=1;,v=STSv1; id=2            | error mta-sts-several
          _smtp._tls    |                                         | note tls-rpt-none
          _smtp._tls    | v=TLSRPTv1; rua=                        | error tls-rpt-malformed
          _smtp._tls    | v=TLSRPTv1; rua=https://firm.example/r  |
          default._bimi | v=BIMI1; l=https://firm.example/l.svg   |
          default._bimi | v=BIMI1; l=                             |
          """)
  void transportRecordsAreJudged(String name, String texts, String finding) {
    ADomain domain =
        new ADomain().txt(name + ".firm.example", texts == null ? new String[0] : texts.split(","));
    assertThat(domain.wanting()).isEqualTo(finding == null ? List.of() : List.of(finding));
  }

  @Test
  void thePolicyFileIsNotFetchedAndTheFindingSaysSo() {
    assertThat(new ADomain().finding("mta-sts").what()).contains("was not fetched");
    assertThat(new ADomain().txt("_mta-sts.firm.example").finding("mta-sts-none").advice())
        .contains("\"mx: mx.firm.example\"");
  }

  @Test
  void aLogoNeedsAnEnforcedPolicy() {
    assertThat(
            new ADomain()
                .dmarc("v=DMARC1; p=none; rua=mailto:d@firm.example")
                .txt("default._bimi.firm.example", "v=BIMI1; l=https://firm.example/l.svg")
                .wanting())
        .containsExactly("warning dmarc-none-asked", "warning bimi-without-dmarc");
  }

  @Test
  void whatIsNotAnsweredIsTemporaryTopicByTopic() {
    ADomain domain =
        new ADomain()
            .silent("_mta-sts.firm.example")
            .silent("_smtp._tls.firm.example")
            .silent("default._bimi.firm.example");
    assertThat(domain.wanting())
        .containsExactly(
            "temporary mta-sts-unanswered",
            "temporary tls-rpt-unanswered",
            "temporary bimi-unanswered");
    assertThat(domain.silent("firm.example").wanting())
        .contains("temporary mx-unanswered", "temporary spf-unanswered")
        .doesNotContain("error domain-missing");
  }
}
