package dev.postern.evidence.dkim;

import static dev.postern.evidence.dkim.ChangedMail.reason;
import static dev.postern.evidence.dkim.ChangedMail.signed;
import static dev.postern.evidence.dkim.ChangedMail.verify;
import static dev.postern.evidence.dkim.ChangedMail.verifyAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.Answer;
import dev.postern.evidence.DkimFinding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a signature failed, as evidence says it. */
@Timeout(60)
class WhatChangedTest {
  private static final String ADDED = " was added after signing";
  private static final TestSigner SIGNER =
      TestSigner.of("supplier.example", "s1", TestKeys.rsa("what changed test", 1024))
          .fields(
              "from:to:subject:date:reply-to:sender:cc:list-id:list-post:content-transfer-encoding");
  private static final TestSigner SIMPLE = SIGNER.canonicalization("simple/simple");
  private static final TestSigner ED25519 =
      TestSigner.of("supplier.example", "s1", TestKeys.ed25519("what changed test"))
          .fields(SIGNER.fields());
  private static final String MESSAGE =
      """
      From: Anna Keller <anna@supplier.example>
      To: <list@corp.example>
      Subject: Order  4711
      Date: Mon, 16 Nov 2026 09:00:00 +0000
      Content-Transfer-Encoding: 7bit
      X-Tail: end

      Dear  colleagues,
      .
      order 4711 is confirmed.

      Anna
      """
          .replace("\n", "\r\n");

  @ParameterizedTest(name = "{1} becomes {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Subject: Order | Subject: [orders] Order | Subject changed after signing: a tag was put in front",
        "Subject: Order | Subject: ***SPAM*** Order | Subject changed after signing: a tag was put in front",
        "Subject: Order | Subject: EXTERNAL: Order | Subject changed after signing: a tag was put in front",
        "Subject: Order | Subject: [orders] [ext] Order | Subject changed after signing: a tag was put in front",
        "Subject: Order | Subject: Re: Order | Subject changed after signing: a mark of a reply was put in front",
        "4711~Date | 4711 [SEC=OPEN]~Date | Subject changed after signing: a tag was put behind it",
        "Keller <anna@supplier.example> | Keller via List <list@corp.example>~Reply-To: anna@supplier.example | From changed after signing: its earlier address stands in Reply-To; Reply-To was added after signing",
        "Anna Keller <anna@supplier.example> | List <list@corp.example>~X-Original-From: Anna Keller <anna@supplier.example> | From changed after signing: its earlier value stands in X-Original-From",
        "From: Anna Keller | From: \"Anna Keller\" | From changed after signing: only in quotes or brackets",
        "X-Tail: end | Reply-To: <boss@evil.example> | Reply-To was added after signing",
        "X-Tail: end | From: <boss@evil.example> | another From was added after signing",
        "X-Tail: end | Sender: <x@corp.example>~List-Id: <x>~List-Post: <y> | Sender, List-Id, List-Post were added after signing",
        "Encoding: 7bit | Encoding: base64 | Content-Transfer-Encoding changed after signing: it was 7bit",
        "Subject: Order | Subject: Invoice | a signed header field changed after signing",
        "Date: Mon | Date: Tue | a signed header field changed after signing",
      })
  void aChangedHeaderFieldIsNamedOnlyIfTheSignatureProvesIt(String was, String is, String reason) {
    assertThat(reason(SIGNER, MESSAGE, was, is)).isEqualTo(reason);
  }

  @Test
  void whatAMailingListDoesIsToldInOneSentence() {
    String listed =
        signed(SIGNER, MESSAGE)
                .replace("Subject: ", "Subject: [orders] ")
                .replace(
                    "X-Tail: end", "List-Id: <orders>\r\nList-Post: <mailto:orders@corp.example>")
            + "-- \r\norders mailing list\r\n";

    assertThat(verify(listed, SIGNER).reason())
        .isEqualTo(
            "body changed after signing: 25 octets were added at its end; Subject changed after"
                + " signing: a tag was put in front; List-Id, List-Post were added after"
                + " signing");
  }

  @Test
  void whatOnlyTheSignerKnewStandsInItsCopies() {
    TestSigner copying =
        SIGNER.more("z=From:Anna=20Keller=20<anna@supplier.example>|Subject:=20Order=20=204711; ");

    assertThat(reason(copying, MESSAGE, "Order  4711", "Invoice 1"))
        .isEqualTo("Subject changed after signing");
    assertThat(reason(copying, MESSAGE, "Subject: Order  4711~", ""))
        .isEqualTo("Subject was removed after signing");
    assertThat(reason(copying, MESSAGE, "To: <list", "To: <last"))
        .isEqualTo("a signed header field changed after signing");
  }

  @Test
  void aFieldAddedUnderAnOversignedNameIsNamed() {
    TestSigner oversigning = SIGNER.fields("from:from:to:subject:subject");

    assertThat(reason(oversigning, MESSAGE, "X-Tail: end", "Subject: Pay now"))
        .isEqualTo("another Subject" + ADDED);
    assertThat(reason(oversigning, "X: y\r\n" + MESSAGE, "X: y", "From: ceo@corp.example"))
        .isEqualTo("another From" + ADDED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Subject: Order  4711~ | Subject: Order  4711 ~ | Subject changed after signing: only in white space",
        "To: <list@corp.example> | To:~ <list@corp.example> | To changed after signing: only in white space",
      })
  void underSimpleFoldingIsAChange(String was, String is, String reason) {
    assertThat(reason(SIMPLE, MESSAGE, was, is)).isEqualTo(reason);
  }

  @ParameterizedTest(name = "{1} becomes {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "~Anna~ | ~Anna~~--~corp.example~ | 20 octets were added at its end",
        "confirmed.~~Anna~ | confirmed.~~PAY NOW~Anna~ | 9 octets were added before its last 6",
        "~~Dear | ~~EXTERNAL MAIL~~Dear | 17 octets were put in front",
        "~.~ | ~..~ | dots at the beginning of lines were doubled",
        "is confirmed | is cancelled | ",
      })
  void aChangedBodySaysWhatWasAdded(String was, String is, String detail) {
    String more = detail == null ? "" : ": " + detail;

    assertThat(reason(SIGNER, MESSAGE, was, is)).isEqualTo("body changed after signing" + more);
  }

  @Test
  void whiteSpaceInABodyIsToldApart() {
    String narrow = MESSAGE.replace("Dear  colleagues", "Dear colleagues");

    assertThat(reason(SIMPLE, narrow, "confirmed.~", "confirmed.  ~"))
        .isEqualTo("body changed after signing: only white space differs");
    assertThat(reason(SIGNER, MESSAGE, "confirmed.~", "confirmed.  ~")).isEmpty();
  }

  @Test
  void bodyAndHeaderAreToldTogether() {
    assertThat(reason(SIGNER, MESSAGE, "4711", "4712"))
        .isEqualTo("body and a signed header field changed after signing");
  }

  @Test
  void aSignatureOfAnotherKeyOrADamagedOneIsNoChangeOfTheMessage() {
    TestSigner other = TestSigner.of("supplier.example", "s1", TestKeys.rsa("forger", 1024));
    String forged = signed(other.fields(SIGNER.fields()), MESSAGE);
    String damaged = damaged(signed(SIGNER, MESSAGE));
    String reason = "not made with the key at s1._domainkey.supplier.example, or damaged";

    assertThat(verify(forged, SIGNER).reason()).isEqualTo(reason);
    assertThat(verify(damaged, SIGNER).reason()).isEqualTo(reason);
  }

  @Test
  void ed25519HidesWhatWasSignedButGuessesCanBeProved() {
    assertThat(reason(ED25519, MESSAGE, "Subject: ", "Subject: [orders] "))
        .isEqualTo("Subject changed after signing: a tag was put in front");
    assertThat(reason(ED25519, MESSAGE, "4711~Date", "4712~Date"))
        .isEqualTo(
            "a signed header field changed after signing, or the signature is not of this key");
  }

  @Test
  void ofSeveralKeysTheOneThatSignedExplains() {
    TestSigner other = TestSigner.of("supplier.example", "s1", TestKeys.rsa("another", 1024));
    Answer both = Answer.of(List.of(other.record(), SIGNER.record()), 300, false);
    String changed = signed(SIGNER, MESSAGE).replace("Subject: ", "Subject: [x] ");

    assertThat(verify(changed, both).reason())
        .isEqualTo("Subject changed after signing: a tag was put in front");
  }

  @Test
  void reasonsCarryNoTextOfTheMessage() {
    TestSigner odd = SIGNER.fields("from:<!channel>:subject");
    String message = "<!channel>: x\r\n" + MESSAGE;

    assertThat(reason(odd, message.replace("<!channel>: x\r\n", ""), "X-Tail", "<!channel>"))
        .isEqualTo("a header field was added after signing");
  }

  @Test
  void ofManyBrokenSignaturesThreeAreExplained() {
    byte[] signed = MESSAGE.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < 6; i++) {
      signed = SIGNER.sign(signed);
    }
    String text = new String(signed, StandardCharsets.ISO_8859_1);

    assertThat(verifyAll(text.replace("Subject: ", "Subject: [x] "), SIGNER.answer()))
        .extracting(DkimFinding::reason)
        .startsWith("Subject changed after signing: a tag was put in front")
        .endsWith(
            "a signed header field changed after signing, or the signature is not of this key");
  }

  @Test
  void aBrokenLargeMessageIsExplainedInBoundedTime() {
    StringBuilder body = new StringBuilder(MESSAGE);
    while (body.length() < 50_000_000) {
      body.append("What  is sent here is \tlong, and has white space of all kinds. \r\n");
    }
    String signed = signed(SIGNER, body.toString());

    long start = System.nanoTime();
    String added = verify(signed + "-- \r\nfooter\r\n", SIGNER).reason();
    String changed = verify(signed.replace("is confirmed", "is cancelled"), SIGNER).reason();
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(added).isEqualTo("body changed after signing: 12 octets were added at its end");
    assertThat(changed).isEqualTo("body changed after signing");
    assertThat(took).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void headersMadeToHurtEndInBoundedTime() {
    String fields = "from" + ":subject".repeat(400) + ":x".repeat(90);
    String many = "Subject: [a] (b) {c} re: re: re: x\r\n".repeat(50_000) + MESSAGE;
    TestSigner hurting = SIGNER.fields(fields);
    String folded = MESSAGE.replace("Order  4711", "[" + "\r\n a".repeat(4000) + "(".repeat(4000));

    assertThat(reason(hurting, many, "Subject: Order", "Subject: Invoice"))
        .isEqualTo("a signed header field changed after signing");
    assertThat(reason(SIMPLE, folded, "To: <list", "To: <last"))
        .isEqualTo("a signed header field changed after signing");
  }

  private static String damaged(String signed) {
    int b = signed.indexOf("\tb=") + 10;
    char other = signed.charAt(b) == 'A' ? 'B' : 'A';
    return signed.substring(0, b) + other + signed.substring(b + 1);
  }
}
