package dev.postern.evidence.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.DomainName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DmarcFindingsTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=DMARC1; p=reject; OWN                        |
          v=DMARC1; p=quarantine; sp=reject; OWN         |
          v=DMARC1; p=reject; OWN; adkim=s; aspf=r; fo=1 |
          v=DMARC1; p=none; OWN                          | warning dmarc-none-asked
          v=DMARC1; p=reject; t=y; OWN                   | warning dmarc-testing
          v=DMARC1; p=reject                             | warning dmarc-no-reports
          v=DMARC1; p=reject; rua=                       | warning dmarc-no-reports
          v=DMARC1; p=reject; sp=none; OWN               | warning dmarc-weak-subdomains,warning dmarc-weak-missing
          v=DMARC1; p=reject; np=none; OWN               | warning dmarc-weak-missing
          v=DMARC1; p=reject; pct=50; OWN                | warning dmarc-pct
          v=DMARC1; p=reject; pct=100; OWN               | note dmarc-pct
          v=DMARC1; p=reject; ri=60; OWN                 | note dmarc-old-tag
          v=DMARC1; p=reject; adkim=x; OWN               | warning dmarc-wrong-value
          v=DMARC1; p=reject; foo=1; OWN                 | note dmarc-unknown-tag
          v=DMARC1; p=refuse; OWN                        | error dmarc-wrong-value,warning dmarc-none-asked
          v=DMARC1; OWN                                  | warning dmarc-none-asked,warning dmarc-no-p
          v=DMARC1; p=refuse                             | error dmarc-unusable
          v=dmarc1; p=reject; OWN                        | error dmarc-near-miss,warning dmarc-none
          p=reject; v=DMARC1                             | error dmarc-near-miss,warning dmarc-none
          v=DMARC1; p=reject; rua=https://firm.example/  | error dmarc-no-mail-address
          v=DMARC1; p=reject; rua=mailto:a@firm.example!10m |
          v=DMARC1; p=reject; rua=mailto:a@sub.firm.example |
          v=DMARC1; p=reject; rua=mailto:a@others.example | error dmarc-reports-not-allowed
          """)
  void eachRecordIsJudged(String record, String findings) {
    ADomain domain = new ADomain().dmarc(record.replace("OWN", "rua=mailto:d@firm.example"));
    assertThat(domain.wanting())
        .isEqualTo(findings == null ? List.of() : List.of(findings.split(",")));
  }

  @Test
  void noRecordIsAWarningWithOneToPublish() {
    assertThat(new ADomain().dmarc().wanting()).containsExactly("warning dmarc-none");
    assertThat(new ADomain().dmarc().finding("dmarc-none").publish())
        .containsExactly(
            ZoneRecord.txt(
                "_dmarc.firm.example", "v=DMARC1; p=none; rua=mailto:dmarc@firm.example"));
  }

  @Test
  void severalRecordsCountAsNone() {
    assertThat(new ADomain().dmarc("v=DMARC1; p=reject", "v=DMARC1; p=none").wanting())
        .containsExactly("error dmarc-several", "warning dmarc-none");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=DMARC1; p=none; OWN                    | v=DMARC1; p=quarantine; OWN
          v=DMARC1;p=NONE;sp=reject;adkim=s;OWN    | v=DMARC1; p=quarantine; sp=reject; adkim=s; OWN
          v=DMARC1; OWN                            | v=DMARC1; p=quarantine; OWN
          v=DMARC1; p=none; pct=50; foo=1; OWN     | v=DMARC1; p=quarantine; OWN
          v=DMARC1; p=none; rua=mailto:\"@x.example | v=DMARC1; p=quarantine; rua=mailto:dmarc@firm.example
          """)
  void onlyThePolicyChangesInWhatIsToBePublished(String record, String raised) {
    String own = "rua=mailto:x@firm.example";
    assertThat(
            new ADomain().dmarc(record.replace("OWN", own)).finding("dmarc-none-asked").publish())
        .containsExactly(ZoneRecord.txt("_dmarc.firm.example", raised.replace("OWN", own)));
  }

  @Test
  void whatIsToBePublishedForASubdomainLowersNothingForTheDomain() {
    ADomain zone =
        new ADomain()
            .with("sub.firm.example", "A", "192.0.2.1")
            .dmarc("v=DMARC1; p=reject; sp=none; rua=mailto:d@firm.example");
    assertThat(check(zone, "sub.firm.example").findings().flatMap(it -> it.publish().stream()))
        .contains(
            ZoneRecord.txt(
                "_dmarc.firm.example",
                "v=DMARC1; p=reject; sp=quarantine; rua=mailto:d@firm.example"));
  }

  @Test
  void othersMustAgreeToTakeReports() {
    ADomain domain = new ADomain().dmarc("v=DMARC1; p=reject; rua=mailto:a@others.example");
    String permission = "firm.example._report._dmarc.others.example";
    assertThat(domain.finding("dmarc-reports-not-allowed").publish())
        .containsExactly(ZoneRecord.txt(permission, "v=DMARC1"));
    assertThat(domain.txt(permission, "v=DMARC1; rua=mailto:b@others.example").wanting()).isEmpty();
    assertThat(domain.silent(permission).wanting())
        .containsExactly("temporary dmarc-reports-unanswered");
  }

  @Test
  void theWalkIsKeptStepByStepAndTheRecordAboveApplies() {
    ADomain zone =
        new ADomain()
            .with("a.b.firm.example", "A", "192.0.2.1")
            .dmarc("v=DMARC1; p=reject; sp=quarantine; np=none; rua=mailto:d@firm.example");
    Posture posture = check(zone, "a.b.firm.example");

    assertThat(posture.published().dmarc().walk().stream().map(it -> it.at().ascii()))
        .containsExactly("a.b.firm.example", "b.firm.example", "firm.example", "example");
    assertThat(posture.findings().map(Finding::what))
        .contains(
            "Mail that fails is to be treated as suspicious (sp=quarantine of firm.example).",
            "Subdomains that do not exist have the weaker policy np=none of firm.example.");
  }

  @Test
  void aNameThatDoesNotExistGetsThePolicyForMissingNames() {
    ADomain zone = new ADomain().dmarc("v=DMARC1; p=none; np=reject; rua=mailto:d@firm.example");
    Posture posture = check(zone, "nope.firm.example");

    assertThat(posture.sections().stream().map(Section::topic))
        .containsExactly(Topic.DOMAIN, Topic.DMARC);
    assertThat(posture.findings().map(Finding::what))
        .contains("Mail that fails is to be refused (np=reject of firm.example).");
    assertThat(posture.wanting()).isTrue();
  }

  /**
   * A record in the middle holds for its own name and not for those below it (RFC 9989 §4.10.1).
   */
  @Test
  void namesBelowASubdomainFollowTheOrganizationalDomain() {
    ADomain zone =
        new ADomain()
            .with("sub.firm.example", "A", "192.0.2.1")
            .txt("_dmarc.sub.firm.example", "v=DMARC1; p=reject; rua=mailto:d@firm.example")
            .dmarc("v=DMARC1; p=none; rua=mailto:d@firm.example");
    assertThat(check(zone, "sub.firm.example").findings())
        .filteredOn(it -> it.name().equals("dmarc-weak-subdomains"))
        .singleElement()
        .returns(
            "Subdomains that exist have the weaker policy p=none of firm.example.", Finding::what)
        .returns("Raise p= in the record of firm.example.", Finding::advice);
  }

  @Test
  void noAnswerIsTemporary() {
    assertThat(new ADomain().silent("_dmarc.firm.example").wanting())
        .containsExactly("temporary dmarc-unanswered");
  }

  private static Posture check(ADomain zone, String domain) {
    return new DomainCheck(zone.dns(), Duration.ofSeconds(20))
        .check(new DomainName(domain), List.of());
  }
}
