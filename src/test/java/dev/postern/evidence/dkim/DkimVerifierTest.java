package dev.postern.evidence.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.Dns;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimVerifierTest {
  private static final long NOW = 1_795_000_000;
  private static final TestSigner SIGNER =
      TestSigner.of("supplier.example", "s1", TestKeys.rsa("dkim verifier test", 1024));
  private static final String MESSAGE =
      """
      From: Anna Keller <anna.keller@supplier.example>
      To: ap@corp.example
      Subject: Order 4711

      Dear colleagues,
      order 4711 is confirmed.
      """
          .replace("\n", "\r\n");

  @Test
  void anUnsignedMessageHasNoFindings() {
    assertThat(verify(MESSAGE, SIGNER.answer())).isEmpty();
  }

  @Test
  void aPassNamesDomainSelectorAlgorithmAndKeySize() {
    assertThat(verify(signed(SIGNER), SIGNER.answer()))
        .containsExactly(
            new DkimFinding(
                DkimResult.PASS,
                "supplier.example",
                "s1",
                "",
                "rsa-sha256",
                1024,
                false,
                "",
                false,
                0,
                0,
                false));
  }

  @Test
  void ed25519Passes() {
    TestSigner ed = TestSigner.of("supplier.example", "s1", TestKeys.ed25519("verifier test"));

    DkimFinding found = verify(signed(ed), ed.answer()).getFirst();

    assertThat(found.result()).isEqualTo(DkimResult.PASS);
    assertThat(found.algorithm()).isEqualTo("ed25519-sha256");
    assertThat(found.keyBits()).isEqualTo(256);
  }

  @ParameterizedTest
  @CsvSource({
    "4711 is,          4712 is,           body changed after signing",
    "Subject: Order,   Subject: Invoice,  a signed header field changed after signing",
    "4711,             4712,              body and a signed header field changed after signing",
  })
  void aFailSaysWhatChanged(String was, String is, String reason) {
    DkimFinding found = verify(signed(SIGNER).replace(was, is), SIGNER.answer()).getFirst();

    assertThat(found.result()).isEqualTo(DkimResult.FAIL);
    assertThat(found.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DKIM1; p=                | key revoked",
        "v=DKIM1; k=rsa             | key record without a key",
        "v=DKIM1; p=AAAA            | key cannot be read",
        "v=DKIM2; p=AAAA            | key record of another version",
        "p=AAAA; k=rsa; k=rsa       | malformed key record: tag k= given twice",
        "v=DKIM1; k=ed25519; p=AAAA | key is of another type than the signature",
        "v=DKIM1; h=sha1; p=AAAA    | key does not allow SHA-256",
        "v=DKIM1; s=tlsrpt; p=AAAA  | key is not for e-mail",
        "<html>                     | malformed key record: bad tag name",
      })
  void aKeyThatCannotServeIsAPermanentErrorThatSaysWhy(String record, String reason) {
    Answer answer = Answer.of(List.of(record), 300, false);

    DkimFinding found = verify(signed(SIGNER), answer).getFirst();

    assertThat(found.result()).isEqualTo(DkimResult.PERMERROR);
    assertThat(found.reason()).isEqualTo(reason);
  }

  @Test
  void aMissingKeyIsNamed() {
    DkimFinding found =
        verify(signed(SIGNER), Answer.without(Answer.Status.NXDOMAIN, 60)).getFirst();

    assertThat(found.result()).isEqualTo(DkimResult.PERMERROR);
    assertThat(found.reason()).isEqualTo("no key at s1._domainkey.supplier.example");
  }

  @Test
  void aSilentNameServerIsATemporaryError() {
    DkimFinding found =
        verify(signed(SIGNER), Answer.without(Answer.Status.TEMPFAIL, 0)).getFirst();

    assertThat(found.result()).isEqualTo(DkimResult.TEMPERROR);
    assertThat(found.reason())
        .isEqualTo("DNS gave no answer for the key at s1._domainkey.supplier.example");
  }

  @Test
  void aWeakKeyIsAMatterOfPolicyEvenIfTheSignatureFits() {
    TestSigner weak = TestSigner.of("supplier.example", "s1", TestKeys.rsa("weak", 768));

    DkimFinding found = verify(signed(weak), weak.answer()).getFirst();

    assertThat(found.result()).isEqualTo(DkimResult.POLICY);
    assertThat(found.keyBits()).isEqualTo(768);
    assertThat(found.reason()).isEqualTo("weak key: 768 bits, 1024 are the least");
  }

  @Test
  void rsaSha1IsRefused() {
    String sha1 = signed(SIGNER).replace("rsa-sha256", "rsa-sha1");

    assertThat(verify(sha1, SIGNER.answer()).getFirst().reason())
        .isEqualTo("weak algorithm rsa-sha1");
  }

  @Test
  void aSignatureExpiresOneSecondAfterItsTime() {
    String until = signed(SIGNER.more("t=%d; x=%d; ".formatted(NOW - 100, NOW)));
    String over = signed(SIGNER.more("t=%d; x=%d; ".formatted(NOW - 100, NOW - 1)));

    assertThat(verify(until, SIGNER.answer()).getFirst().result()).isEqualTo(DkimResult.PASS);
    assertThat(verify(over, SIGNER.answer()).getFirst().reason()).isEqualTo("signature expired");
  }

  @Test
  void theTimeOfSigningIsTold() {
    String future = signed(SIGNER.more("t=%d; ".formatted(NOW + 7200)));
    String absurd = signed(SIGNER.more("t=999999999999999999; "));

    DkimFinding found = verify(future, SIGNER.answer()).getFirst();
    assertThat(found.result()).isEqualTo(DkimResult.PASS); // RFC 6376 §3.5: MAY ignore; we do not
    assertThat(found.signedAt()).isEqualTo(NOW + 7200);
    assertThat(verify(absurd, SIGNER.answer()).getFirst().signedAt()).isZero();
  }

  @Test
  void textBeyondTheSignedLengthIsCounted() {
    String signed = signed(SIGNER.canonicalization("relaxed/simple").more("l=44; "));

    DkimFinding found = verify(signed + "Pay here instead.\r\n", SIGNER.answer()).getFirst();

    assertThat(found.result()).isEqualTo(DkimResult.PASS);
    assertThat(found.unsignedOctets()).isEqualTo("Pay here instead.\r\n".length());
  }

  @Test
  void severalKeysAtOneNameAreTriedInTurn() {
    TestSigner other = TestSigner.of("supplier.example", "s1", TestKeys.rsa("another", 1024));
    Answer three = Answer.of(List.of("v=spf1 -all", other.record(), SIGNER.record()), 300, false);

    assertThat(verify(signed(SIGNER), three).getFirst().result()).isEqualTo(DkimResult.PASS);
  }

  @Test
  void twoSignaturesUnderOneKeyAskDnsOnce() {
    SuiteDns dns = new SuiteDns(Map.of(SIGNER.keyName(), SIGNER.answer()));
    byte[] once = SIGNER.sign(MESSAGE.getBytes(StandardCharsets.ISO_8859_1));
    byte[] twice = SIGNER.canonicalization("simple/simple").sign(once);

    List<DkimFinding> found = verify(twice, dns);

    assertThat(found).extracting(DkimFinding::result).containsOnly(DkimResult.PASS).hasSize(2);
    assertThat(dns.questions).hasValue(1);
  }

  @Test
  void aFieldAddedUnderAnOversignedNameIsFound() {
    String signed = signed(SIGNER.fields("from:from:subject"));

    assertThat(verify("From: <ceo@corp.example>\r\n" + signed, SIGNER.answer()).getFirst().reason())
        .isEqualTo("another From was added after signing");
  }

  @Test
  void aKeyMayForbidSigningForSubdomains() {
    String subdomain = signed(SIGNER.more("i=@eu.supplier.example; "));
    Answer strict = Answer.of(List.of(SIGNER.record() + "; t=s"), 300, false);

    assertThat(verify(subdomain, SIGNER.answer()).getFirst().result()).isEqualTo(DkimResult.PASS);
    assertThat(verify(subdomain, strict).getFirst().reason())
        .isEqualTo("key does not allow a signing identity in a subdomain");
  }

  @Test
  void aSigningIdentityOutsideTheDomainIsRefused() {
    String foreign = signed(SIGNER.more("i=@notsupplier.example; "));

    assertThat(verify(foreign, SIGNER.answer()).getFirst().reason())
        .isEqualTo("signing identity lies outside supplier.example");
  }

  @Test
  void aBareRsaPublicKeyServesToo() {
    String spki = SIGNER.record().substring(SIGNER.record().indexOf("p=") + 2);
    byte[] der = Base64.getDecoder().decode(spki);
    byte[] bare = Arrays.copyOfRange(der, 22, der.length); // behind AlgorithmIdentifier, BIT STRING
    String p = Base64.getEncoder().encodeToString(bare);

    assertThat(verify(signed(SIGNER), Answer.of(List.of("p=" + p), 300, false)).getFirst().result())
        .isEqualTo(DkimResult.PASS);
  }

  @Test
  void aKeyBehindACnameIsFound() {
    ZoneDns zone =
        ZoneDns.of(
            Map.of(
                SIGNER.keyName(),
                Map.of("CNAME", List.of("k7.keys.mailer.example")),
                "k7.keys.mailer.example",
                Map.of("TXT", List.of(SIGNER.record()))));
    byte[] octets = SIGNER.sign(MESSAGE.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(verify(octets, zone).getFirst().result()).isEqualTo(DkimResult.PASS);
  }

  @Test
  void hostileDomainsAndAlgorithmsDoNotReachTheFinding() {
    String hostile =
        "DKIM-Signature: v=1; a=<b>x</b>; d=*evil*.example; s=<!here>; h=from; bh=x; b=x\r\n";

    DkimFinding found = verify(hostile + MESSAGE, SIGNER.answer()).getFirst();

    assertThat(found.domain() + found.selector() + found.algorithm()).isEmpty();
    assertThat(found.result()).isEqualTo(DkimResult.NEUTRAL);
  }

  private static String signed(TestSigner signer) {
    byte[] octets = signer.sign(MESSAGE.getBytes(StandardCharsets.ISO_8859_1));
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private static List<DkimFinding> verify(String message, Answer key) {
    return verify(
        message.getBytes(StandardCharsets.ISO_8859_1),
        new SuiteDns(Map.of("s1._domainkey.supplier.example", key)));
  }

  private static List<DkimFinding> verify(byte[] octets, Dns dns) {
    RawMessage message = RawMessage.of(octets);
    Deadline by = Deadline.in(Duration.ofSeconds(10));
    return new DkimVerifier().verify(message, HeaderFields.of(message), dns, by, NOW);
  }
}
