package dev.postern.evidence.posture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PostureReportTest {

  @Test
  void theFirstLinesSayItAll() {
    assertThat(PostureReport.of(new ADomain().check()))
        .startsWith(
            """
            firm.example: all well

              MX       ok        One host takes its mail.
              SPF      ok        Mail from anywhere else fails (-all).
              DKIM     ok        Selector google: rsa, 2048 bits.
              DMARC    ok        Mail that fails is to be refused (p=reject).
              MTA-STS  ok        The MTA-STS record is there; the policy file it stands for
                                 was not fetched, so whether TLS is enforced is not said
                                 here.
              TLS-RPT  ok        Reports about TLS are asked for.
            """);
  }

  @Test
  void theRecordIsATreeWithItsCost() {
    String report =
        PostureReport.of(
            new ADomain()
                .spf("v=spf1 mx include:a.example ip4:192.0.2.1 -all")
                .txt(
                    "a.example",
                    "v=spf1 ip4:1.1.1.1 ip4:1.1.1.2 ip6:::1 ip4:1.1.1.3 include:b.example ~all")
                .check());
    assertThat(report)
        .contains(
            """
              look-ups
                 3  firm.example
                 1  ├─ mx
                 2  ├─ include:a.example
                    │  ├─ 4 networks (ip4, ip6)
                 1  │  ├─ include:b.example  (leads nowhere)
                    │  └─ ~all
                    ├─ ip4:192.0.2.1
                    └─ -all
            """);
  }

  @Test
  void theWalkIsShownStepByStep() {
    assertThat(PostureReport.of(new ADomain().check()))
        .contains(
            """
              1  _dmarc.firm.example  <- applies
                 v=DMARC1; p=reject; rua=mailto:dmarc@firm.example
              2  _dmarc.example: no such name
            """);
  }

  @Test
  void aFindingSaysWhyAndWhatToPublish() {
    assertThat(PostureReport.of(new ADomain().dmarc().check()))
        .contains(
            """
              warning   There is no DMARC record at the domain and none above it.
                        Why: Receivers are not asked to refuse mail that only pretends to
                             come from the domain, and you get no reports of it.
                        Do:  Start by watching; raise p= to quarantine and reject once the
                             reports are clean:
                  _dmarc.firm.example. IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@firm.example"
            """);
  }

  @Test
  void nothingButARecordToCopyIsWiderThanATerminal() {
    ADomain domain =
        new ADomain()
            .selector("own")
            .spf("v=spf1 include:" + "long-label.".repeat(3) + "example ptr +all", "v=spf1;x")
            .with("firm.example", "MX", "10 gone.firm.example")
            .txt("_mta-sts.firm.example")
            .dmarc("v=DMARC1; p=none; " + "rua=mailto:a@b.example; ".repeat(20));
    List<String> lines = PostureReport.of(domain.check()).lines().toList();
    assertThat(lines)
        .filteredOn(it -> it.length() > 80)
        .allMatch(it -> it.contains(" IN ") || !it.strip().contains(" "));
  }

  @Test
  void aTxtRecordIsSplitAsZoneFilesNeedIt() {
    assertThat(ZoneRecord.txt("a.example", "x".repeat(300) + "\"").line())
        .isEqualTo("a.example. IN TXT \"" + "x".repeat(255) + "\" \"" + "x".repeat(45) + "\\\"\"");
  }
}
