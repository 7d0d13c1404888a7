package dev.postern.evidence.dkim;

import static dev.postern.evidence.dkim.ChangedMail.reason;
import static dev.postern.evidence.dkim.ChangedMail.signed;
import static dev.postern.evidence.dkim.ChangedMail.verify;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People read why a signature failed: nothing is claimed that the signature does not prove. */
@Timeout(60)
class ProvedClaimsTest {
  private static final TestSigner SIGNER =
      TestSigner.of("supplier.example", "s1", TestKeys.rsa("proved claims test", 1024));
  private static final TestSigner SIMPLE = SIGNER.canonicalization("simple/simple");
  private static final TestSigner ED25519 =
      TestSigner.of("supplier.example", "s1", TestKeys.ed25519("proved claims test"));
  private static final TestSigner SOMEBODY =
      TestSigner.of("supplier.example", "s1", TestKeys.rsa("somebody else", 1024));
  private static final String MESSAGE =
      """
      Received: from b by c;
       Mon, 16 Nov 2026
      Received: from a by b;
       Mon, 16 Nov 2026
      From: <anna@supplier.example>
      To: <list@corp.example>
      Subject: Order  4711

      Order
      --
      --
      """
          .replace("\n", "\r\n");

  @Test
  void textThatWasTakenAwayIsNotTextThatWasAdded() {
    assertThat(reason(SIGNER, MESSAGE, "--~--~", "--~")).isEqualTo("body changed after signing");
  }

  @Test
  void aDisplayNameThatWasPutInFrontIsNoMatterOfQuotesOrBrackets() {
    for (String was :
        new String[] {"From: <anna@supplier.example>", "From: anna@supplier.example"}) {
      String message = MESSAGE.replace("From: <anna@supplier.example>", was);
      assertThat(reason(SIGNER, message, was, "From: The Chief <anna@supplier.example>"))
          .isEqualTo("From changed after signing: a name was put before its address");
    }
    assertThat(reason(SIGNER, MESSAGE, "<anna@supplier.example>", "anna@supplier.example"))
        .isEqualTo("From changed after signing: only in quotes or brackets");
  }

  @Test
  void copiesOfFieldsThatAreTheSameDoNotShowThemAsChanged() {
    TestSigner copying =
        SIGNER
            .fields("from:received:subject:to")
            .more(
                "z=Received:from=20a=20by=20b=3B=20Mon,=2016=20Nov=202026|Subject:Order=204711; ");
    TestSigner spaced = copying.more("z=Subject:Order=204711|To:=20=20<list@corp.example>; ");

    assertThat(reason(copying, MESSAGE, "Order  4711", "Order 4712"))
        .isEqualTo("Subject changed after signing");
    assertThat(reason(spaced, MESSAGE, "Order  4711", "Order 4712"))
        .isEqualTo("Subject changed after signing");
  }

  @Test
  void fieldsBeyondThoseThatAreSignedDoNotShowAsFoldedAnew() {
    TestSigner signer = SIMPLE.fields("from:received:to:subject");
    String message = MESSAGE.replace("a by b;\r\n", "a by b;");

    assertThat(reason(signer, message, "To: <list", "To: ~ <list"))
        .isEqualTo("To changed after signing: only in white space");
  }

  @Test
  void whatAForgerSaysOfTheBodyIsNotRepeated() {
    String forged = signed(SOMEBODY, MESSAGE) + "x\r\n";
    String bh = bodyHash(signed(SIGNER, MESSAGE.replace("Order\r\n--", "Forged\r\n--")));
    String genuine = signed(SIGNER, MESSAGE);
    String borrowed =
        genuine
            .replace(bodyHash(genuine), bh)
            .replace("Order\r\n--\r\n", "Forged\r\n--\r\n")
            .concat("added\r\n");

    assertThat(verify(forged, SIGNER).reason())
        .isEqualTo("not made with the key at s1._domainkey.supplier.example, or damaged");
    assertThat(verify(borrowed, SIGNER).reason())
        .isEqualTo("body and a signed header field changed after signing");
  }

  @Test
  void anEd25519SignatureThatNothingFitsMayBeOfAnotherKey() {
    TestSigner other = TestSigner.of("supplier.example", "s1", TestKeys.ed25519("somebody else"));

    assertThat(verify(signed(other, MESSAGE), ED25519).reason())
        .isEqualTo(
            "a signed header field changed after signing, or the signature is not of this key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Order  4711 | ***SPAM*** Order  4711 | a tag was put in front",
        "Order  4711 | [list] Re: Order  4711 | a tag and a mark of a reply were put in front",
        "Re: Order | [list] Order | a tag was put in front in place of a mark of a reply",
        "Order  4711 | Re: [list] Order  4711 | a mark of a reply and a tag were put in front",
      })
  void allOfWhatHappenedToASubjectIsTold(String was, String is, String words) {
    String message = MESSAGE.replace("Order  4711", was);

    assertThat(reason(SIGNER, message, "Subject: " + was, "Subject: " + is))
        .isEqualTo("Subject changed after signing: " + words);
  }

  @Test
  void ofManyAddedFieldsFewAreNamed() {
    StringBuilder names = new StringBuilder("from");
    StringBuilder list = new StringBuilder("X: y");
    for (int i = 0; i < 100; i++) {
      names.append(":list-").append(i);
      list.append("~List-").append(i).append(": x");
    }
    assertThat(
            reason(SIGNER.fields(names.toString()), "X: y\r\n" + MESSAGE, "X: y", list.toString()))
        .isEqualTo("List-0, List-1, List-2, List-3, List-4 and 95 more were added after signing");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t", "\r\n ", "[", "*", "A", "Re:", "\"", "<"})
  void aSubjectMadeToHurtIsExplainedAtOnce(String piece) {
    String subject = "x" + piece.repeat(16_000 / piece.length()) + "x";
    String message = MESSAGE.replace("Order  4711", subject);

    long start = System.nanoTime();
    assertThat(reason(SIMPLE, message, "To: <list", "To: <last"))
        .isEqualTo("a signed header field changed after signing");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void aSignedHeaderOfMegabytesIsNotGuessedAt() {
    String field = "X: " + "aa\r\n bb".repeat(2000) + "\r\n";
    TestSigner signer = SIMPLE.fields("from:subject" + ":x".repeat(400));

    long start = System.nanoTime();
    assertThat(reason(signer, field.repeat(400) + MESSAGE, "Subject: ", "Subject: [x] "))
        .isEqualTo("a signed header field changed after signing");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  private static String bodyHash(String signed) {
    int from = signed.indexOf("bh=") + 3;
    return signed.substring(from, signed.indexOf(';', from));
  }
}
