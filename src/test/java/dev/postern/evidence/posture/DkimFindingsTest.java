package dev.postern.evidence.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimFindingsTest {
  private static final String OWN = "own._domainkey.firm.example";
  private static final String RSA_1024 =
      "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDXW0G0z6S7ZidpdiG0OEyl4s/6k9sH2pHsggJzOvfVUKMvQQ6bFT2Z"
          + "t04X3dpN5nDTVsKrozStO+7PNzVe+DHpAHuLrL9JQd31p75BkIfjzU4ua0ZBIUk1hK6sa3UwqpmkoaRrKGzKgadG"
          + "4VLoWmMMMr/MMdnuaHb2e/lcjDLHlwIDAQAB";
  private static final String RSA_512 =
      "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALVxvNnIGKtVKcOJlmH8c2i/1yJYLDlFHVG40FqTpXXbIXqIoVwMAhVzTyVd"
          + "sIcO4ETW6OJmZbdLPTJUsPLrGE0CAwEAAQ==";
  private static final String ED25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=DKIM1; k=rsa; p=RSA_2048       |
          v=DKIM1; k=ed25519; p=ED25519    |
          p=RSA_2048                       |
          v=DKIM1; t=s; p=RSA_2048         |
          v=DKIM1; p=RSA_1024              | note dkim-short-key
          v=DKIM1; p=RSA_512               | error dkim-weak
          v=DKIM1; p=                      | note dkim-revoked
          v=DKIM1; t=y; p=RSA_2048         | warning dkim-testing
          v=DKIM1; k=dsa; p=RSA_2048       | error dkim-unusable
          v=DKIM1; k=ed25519; p=RSA_2048   | error dkim-unusable
          v=DKIM1; h=sha1; p=RSA_2048      | error dkim-unusable
          v=DKIM1; p=AAAA                  | error dkim-unusable
          v=DKIM1; k=rsa                   | error dkim-unusable
          v=DKIM1; p=RSA_2048; p=RSA_2048  | error dkim-unusable
          v=DKIM2; p=RSA_2048              | error dkim-unusable
          """)
  void eachKeyIsJudged(String record, String finding) {
    String text =
        record
            .replace("RSA_2048", ADomain.RSA_2048)
            .replace("RSA_1024", RSA_1024)
            .replace("RSA_512", RSA_512)
            .replace("ED25519", ED25519);
    assertThat(new ADomain().selector("own").txt(OWN, text).wanting())
        .isEqualTo(finding == null ? List.of() : List.of(finding));
  }

  @Test
  void keysAreDescribed() {
    ADomain domain = new ADomain().txt("google._domainkey.firm.example");
    assertThat(domain.selector("own").txt(OWN, "t=s; p=" + RSA_1024).finding("dkim-key").what())
        .isEqualTo("Selector own: rsa, 1024 bits, not for subdomains (t=s).");
  }

  @Test
  void severalKeysUnderOneSelectorAreUndefined() {
    assertThat(
            new ADomain()
                .selector("own")
                .txt(OWN, "p=" + ADomain.RSA_2048, "p=" + RSA_1024)
                .wanting())
        .contains("warning dkim-several-keys");
  }

  @Test
  void aNamedSelectorWithoutKeyIsAnErrorAndItsAliasIsNamed() {
    ADomain domain = new ADomain().selector("own");
    assertThat(domain.wanting()).containsExactly("error dkim-selector-missing");
    assertThat(domain.txt(OWN, "some other text").wanting())
        .containsExactly("error dkim-selector-missing");
    domain.txt(OWN).with(OWN, "CNAME", "own.signer.example");
    assertThat(domain.finding("dkim-selector-missing").what())
        .contains("alias of own.signer.example");
  }

  @Test
  void withoutAnyKnownKeyNobodySaysThatThereIsNoDkim() {
    ADomain domain = new ADomain().txt("google._domainkey.firm.example");
    assertThat(domain.wanting()).containsExactly("note dkim-nothing-found");
    assertThat(domain.finding("dkim-nothing-found").why()).contains("most likely");

    domain.txt("secret._domainkey.firm.example", "p=" + ADomain.RSA_2048);
    assertThat(domain.finding("dkim-nothing-found").why()).contains("may well be");
    assertThat(domain.finding("dkim-nothing-found").advice()).contains("--selector");
  }

  @Test
  void aWildcardIsSaidOnce() {
    ADomain domain = new ADomain().txt("google._domainkey.firm.example");
    Dns zone = domain.dns();
    Dns revoked = wildcard(zone, "v=DKIM1; p=");
    assertThat(ADomain.wanting(domain.check(revoked))).isEmpty();
    assertThat(domain.check(revoked).findings().map(Finding::name))
        .contains("dkim-wildcard-revoked");
    assertThat(ADomain.wanting(domain.check(wildcard(zone, "p=" + ADomain.RSA_2048))))
        .containsExactly("note dkim-wildcard");
  }

  @Test
  void selectorsThatAreNotAnsweredAreTemporary() {
    ADomain domain = new ADomain().silent("selector1._domainkey.firm.example");
    assertThat(domain.wanting()).containsExactly("temporary dkim-unanswered");
    assertThat(domain.finding("dkim-unanswered").what()).contains("selector1");
  }

  @Test
  void everyKnownSelectorStandsInTheDocumentation() throws java.io.IOException {
    String docs = Files.readString(Path.of("docs/check.md"));
    KnownSelectors.bySigner()
        .forEach(
            (signer, selectors) ->
                assertThat(docs)
                    .contains("| " + signer + " | `" + String.join("`, `", selectors) + "` |"));
  }

  private static Dns wildcard(Dns zone, String text) {
    return (name, type, by) ->
        name.text().endsWith("._domainkey.firm.example") && type == DnsType.TXT
            ? Answer.of(List.of(text), 60, false)
            : zone.query(name, type, by);
  }
}
