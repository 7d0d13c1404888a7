package dev.postern.evidence.authres;

import static dev.postern.evidence.EvidenceBuilder.aSpoof;
import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static dev.postern.evidence.EvidenceBuilder.dkimFinding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postern.evidence.ArcResult;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.SpfResult;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsWriterTest {

  private static AuthenticationResults readBack(String authservId, Evidence evidence) {
    Reading reading = AuthenticationResults.read(ResultsWriter.write(authservId, evidence));
    assertThat(reading).isInstanceOf(Reading.Understood.class);
    return ((Reading.Understood) reading).field();
  }

  private static List<String> words(AuthenticationResults field) {
    return field.results().stream().map(it -> it.method() + "=" + it.result()).toList();
  }

  private static String dkimDomain(String written) {
    Evidence evidence = anEvidence().dkim(dkimFinding(DkimResult.FAIL, written, false)).build();
    return readBack("mx.example", evidence).results().stream()
        .filter(it -> it.method().equals("dkim"))
        .flatMap(it -> it.properties().stream())
        .filter(it -> it.key().equals("header.d"))
        .map(Property::value)
        .findFirst()
        .orElse("");
  }

  @Test
  void everyCheckIsWrittenWithWhatItWasAbout() {
    Evidence evidence = aSpoof().arc(ArcResult.PASS, "list.example").build();

    assertThat(ResultsWriter.write("mx.example", evidence))
        .isEqualTo(
            """
            mx.example;
             spf=pass smtp.mailfrom=bulkhost.example;
             dkim=pass header.d=bulkhost.example header.s=s1 header.a=rsa-sha256;
             dmarc=fail header.from=paypal.com policy.dmarc=reject;
             arc=pass"""
                .replace("\n", "\r\n"));
  }

  @Test
  void whatIsWrittenReadsAsItWasMeant() {
    Evidence evidence =
        aSpoof()
            .spf(SpfResult.SOFTFAIL, "bulkhost.example", false)
            .dkim(
                dkimFinding(DkimResult.PASS, "bulkhost.example", false),
                dkimFinding(DkimResult.FAIL, "paypal.com", true))
            .build();

    AuthenticationResults field = readBack("mx.example", evidence);

    assertThat(field.authservId()).isEqualTo("mx.example");
    assertThat(words(field))
        .containsExactly("spf=softfail", "dkim=pass", "dkim=fail", "dmarc=fail", "arc=none");
    assertThat(field.results().get(2).reason()).isEqualTo("body changed after signing");
  }

  @Test
  void anUnsignedMessageIsSaidToBeUnsigned() {
    assertThat(words(readBack("mx.example", anEvidence().dkim().build()))).contains("dkim=none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a;b=c", "say \"no\"", "back\\slash\\", "(c", "@", "a=b", "\\\""})
  void whatIsNoTokenIsQuoted(String value) {
    assertThat(dkimDomain(value)).isEqualTo(value);
    assertThat(readBack(value, anEvidence().build()).authservId()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nBcc: x@y.example",
        "a\r\n\r\nbody",
        "a\0b",
        "b\u00fccher.example",
        "\ud800",
        "\ud83d\ude00",
        "\u007f\u0085\u2028"
      })
  void whatCouldEndTheFieldBecomesAQuestionMark(String value) {
    assertThat(dkimDomain(value)).matches("[ -~]+").contains("?");
  }

  @Test
  void noLineIsLongerThanMailAllowsAndEveryFoldIsOne() {
    Evidence evidence =
        anEvidence()
            .dkim(
                dkimFinding(DkimResult.FAIL, "\\".repeat(100_000), false),
                dkimFinding(DkimResult.FAIL, "a ".repeat(100_000), false),
                dkimFinding(DkimResult.FAIL, "d".repeat(100_000), false))
            .build();

    assertThat(ResultsWriter.write("mx.example", evidence).split("\r\n"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(998).doesNotContain("\n"))
        .satisfies(
            lines ->
                assertThat(List.of(lines).subList(1, lines.length))
                    .allMatch(it -> it.startsWith(" ")));
  }

  @Test
  void anyTextSurvivesTheRoundTripOrIsNeutralised() {
    Random random = new Random(5322);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
      }
      String value = text.toString();
      String kept = value.codePoints().allMatch(c -> c >= ' ' && c < 0x7f) ? value : "";
      assertThat(dkimDomain(value)).matches("[ -~]*").contains(kept);
    }
  }

  @Test
  void nobodyVouchesForWhatAGatewayReported() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ResultsWriter.write("mx.example", anEvidence().reportedBy("gw.example").build()));
  }
}
