package dev.postern.card;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.evidence.EvidenceBuilder.aSpoof;
import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static dev.postern.evidence.EvidenceBuilder.dkimFinding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseBuilder;
import dev.postern.card.CardView.Level;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.SpfResult;
import dev.postern.mail.MessageSummary.Attachment;
import java.util.List;
import org.junit.jupiter.api.Test;

class RiskTest {

  @Test
  void aSpoofThatItsDomainWantsRefusedIsHigh() {
    says(aCase().evidence(aSpoof()), Level.HIGH, "nothing proves paypal[.]com");
    says(
        aCase().evidence(aSpoof().dmarc(DmarcResult.FAIL, DmarcPolicy.QUARANTINE)),
        Level.HIGH,
        "nothing proves paypal[.]com");
  }

  @Test
  void aSpoofThatItsDomainOnlyWantsReportedIsMedium() {
    says(
        aCase().evidence(aSpoof().dmarc(DmarcResult.FAIL, DmarcPolicy.NONE)),
        Level.MEDIUM,
        "nothing proves paypal[.]com");
  }

  @Test
  void noDomainOrSeveralIsHigh() {
    says(
        aCase().evidence(anEvidence().fromDomain("").dmarc(DmarcResult.PERMERROR)),
        Level.HIGH,
        "no single sender");
  }

  @Test
  void lettersOfAnotherScriptThatReadAsLatinAreHighThoughEveryCheckPasses() {
    // Mixed scripts; then a label that is Cyrillic as a whole and reads as "scope".
    for (String domain : List.of("xn--nrthwind-nbh.example", "xn--e1argc3h.example")) {
      says(
          aCase().evidence(anEvidence().fromDomain(domain)),
          Level.HIGH,
          "looks like another domain: " + domain.replace(".", "[.]"));
    }
  }

  @Test
  void anHonestDomainInAnotherScriptIsNoLookalike() {
    for (String domain : List.of("xn--bcher-kva.example", "xn--wgv71a.example")) {
      assertThat(Risk.of(aCase().evidence(anEvidence().fromDomain(domain)).build()).level())
          .as(domain)
          .isEqualTo(Level.LOW);
    }
  }

  @Test
  void aNameThatIsSomebodyElsesAddressIsHigh() {
    says(
        aCase().from("x@supplier.example", "\"service@paypal.com\"", ""),
        Level.HIGH,
        "the name shown is not the sender supplier[.]example");
    assertThat(
            Risk.of(aCase().from("m@supplier.example", "m@mail.supplier.example", "").build())
                .level())
        .isEqualTo(Level.LOW);
  }

  @Test
  void programsAreSaidAndDisguisedOnesAreHigh() {
    says(
        aCase().content(List.of(new Attachment("invoice.pdf.exe", "application/pdf", 10))),
        Level.HIGH,
        "a program named like a document");
    says(
        aCase().content(List.of(new Attachment("setup.msi", "application/x-msi", 10))),
        Level.MEDIUM,
        "a program is attached");
  }

  @Test
  void anUnansweredLookupIsNeverLow() {
    says(
        aCase().evidence(anEvidence().spf(SpfResult.TEMPERROR, "bounce.example", false)),
        Level.UNKNOWN,
        "DNS of bounce[.]example did not answer");
    says(
        aCase().evidence(anEvidence().dkim(dkimFinding(DkimResult.TEMPERROR, "sig.example", true))),
        Level.UNKNOWN,
        "DNS of sig[.]example did not answer");
    says(aCase().unexamined(), Level.UNKNOWN, "not checked");
  }

  @Test
  void aBrokenSignatureBesideAPassIsMedium() {
    says(
        aCase().evidence(anEvidence().dkim(dkimFinding(DkimResult.FAIL, "supplier.example", true))),
        Level.MEDIUM,
        "a signature of supplier[.]example fails");
  }

  @Test
  void aFailureUnderAKeyThatIsOnlyTestedCountsLikeNoSignature() {
    DkimFinding tested =
        new DkimFinding(
            DkimResult.FAIL,
            "supplier.example",
            "s1",
            "",
            "rsa-sha256",
            2048,
            true,
            "body changed after signing",
            false,
            0,
            0,
            true);

    says(
        aCase().evidence(anEvidence().dkim(tested)),
        Level.LOW,
        "proved to come from supplier[.]example");
  }

  @Test
  void aPassWithoutAPolicyIsMedium() {
    says(
        aCase().evidence(anEvidence().dmarc(DmarcResult.NONE)),
        Level.MEDIUM,
        "supplier[.]example publishes no policy");
  }

  @Test
  void repliesToAnotherOrganisationAreMedium() {
    says(
        aCase().from("m@supplier.example", "Marta", "m@elsewhere.example"),
        Level.MEDIUM,
        "replies go to elsewhere[.]example");
    assertThat(
            Risk.of(aCase().from("m@supplier.example", "", "m@mail.supplier.example").build())
                .level())
        .isEqualTo(Level.LOW);
  }

  @Test
  void anAlignedPassIsLowAndNeverCalledSafe() {
    Risk low = Risk.of(aCase().build());

    says(aCase(), Level.LOW, "proved to come from supplier[.]example");
    assertThat(ChecksTest.text(low.reason())).doesNotContainIgnoringCase("safe", "genuine");
  }

  private static void says(CaseBuilder file, Level level, String heading) {
    Risk risk = Risk.of(file.build());

    assertThat(risk.level()).isEqualTo(level);
    assertThat(ChecksTest.text(risk.heading())).isEqualTo(heading);
    assertThat(ChecksTest.text(risk.reason()).split(" ")).hasSizeLessThanOrEqualTo(22);
  }
}
