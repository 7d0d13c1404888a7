package dev.postern.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.MessageSummary.Attachment;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {

  @Test
  void decodesTheFieldsThatPeopleRead() {
    MessageSummary summary =
        read(
            """
            From: =?utf-8?q?J=C3=BCrg_M=C3=BCller?= <j@bücher.example>
            Reply-To: "Else" <else@other.example>, b@c.example
            Subject: =?utf-8?B?w4RwZmVs?= =?utf-8?Q?_und?=
              Birnen
            Message-ID: <1@a.example>
            Date: Tue, 24 Nov 2026 10:00:00 +0000

            Hello
            """);
    assertThat(summary.from()).isEqualTo("j@bücher.example");
    assertThat(summary.fromName()).isEqualTo("Jürg Müller");
    assertThat(summary.replyTo()).isEqualTo("else@other.example");
    assertThat(summary.subject()).isEqualTo("Äpfel und  Birnen");
    assertThat(summary.messageId()).isEqualTo("<1@a.example>");
    assertThat(summary.date()).isEqualTo("Tue, 24 Nov 2026 10:00:00 +0000");
    assertThat(summary.attachments()).isEmpty();
  }

  @Test
  void rawUtf8AndLatin1AreReadAsWhatTheyAre() {
    String text = "Subject: Grüße an Zoë\n\n";
    assertThat(read(text).subject()).isEqualTo("Grüße an Zoë");
    assertThat(read(text, StandardCharsets.ISO_8859_1).subject()).isEqualTo("Grüße an Zoë");
  }

  @Test
  void aMessageWithoutAnythingHasAnEmptySummary() {
    assertThat(read("").subject()).isEmpty();
    assertThat(read("\n").from()).isEmpty();
    assertThat(read("no header at all").size()).isEqualTo(16);
  }

  @Test
  void listsAttachmentsWithClaimedNameAndDecodedSize() {
    String pdf = Base64.getMimeEncoder().encodeToString(new byte[1000]);
    MessageSummary summary =
        read(
            """
            Content-Type: multipart/mixed; boundary="a b"

            preamble --a b
            --a b
            Content-Type: multipart/alternative;
              boundary=inner

            --inner

            see https://one.example/x
            --inner
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <a href=3D"http://bank.example@evil.example:80/">=
            </a><a href=3D"&#104;ttps://TWO.example\\x">
            --inner--
            --a b
            Content-Type: application/pdf; name="other.pdf"
            Content-Disposition: attachment; filename*0*=utf-8''Rechn; filename*1*=%C3%BCng.pdf
            Content-Transfer-Encoding: base64

            PDF
            --a b
            Content-Type: text/plain; name="=?utf-8?q?n=C3=B6tes.txt?="
            Content-Transfer-Encoding: quoted-printable

            a=20b=
            c
            --a b
            Content-Type: message/rfc822

            Subject: inner

            x
            --a b--
            epilogue http://epilogue.example/
            """
                .replace("PDF\n", pdf.replace("\r\n", "\n") + "\n"));
    assertThat(summary.attachments())
        .containsExactly(
            new Attachment("Rechnüng.pdf", "application/pdf", 1000),
            new Attachment("nötes.txt", "text/plain", 4),
            new Attachment("", "message/rfc822", 19));
    assertThat(summary.linkHosts()).containsExactly("one.example", "evil.example", "two.example");
  }

  @Test
  void aPartWithoutEndAndABoundaryWithoutPartsAreTolerated() {
    String head = "Content-Type: multipart/mixed; boundary=x\n\n";
    assertThat(read(head + "--x\nContent-Type: image/png\n\nabc").attachments())
        .containsExactly(new Attachment("", "image/png", 3));
    assertThat(read(head + "nothing").attachments()).isEmpty();
    assertThat(read(head + "--x\nContent-Type: image/png\n--x--\n").attachments()).isEmpty();
    assertThat(read("Content-Type: multipart/mixed\n\nhttp://a.example/").linkHosts()).isEmpty();
  }

  @Test
  void aThousandNestedPartsTakeLinearTime() {
    StringBuilder nested = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      nested.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b");
      nested.append(i).append('\n');
    }
    String leaf = "Content-Type: application/x-leaf\n\n" + "--b\n".repeat(1_000_000);
    Assertions.assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          assertThat(read(nested + leaf).attachments()).isEmpty();
          String rows = "--b\nContent-Type: image/png\n";
          String many = "Content-Type: multipart/mixed; boundary=b\n\n" + rows.repeat(200_000);
          assertThat(read(many).attachments()).isEmpty();
        });
  }

  @Test
  void hostileOctetsNeitherThrowNorTakeLong() {
    String nul = "Subject: a\0b\nContent-Type: multipart/mixed; boundary=\"\0\"\n\n--\0\n\n\0\0";
    String links =
        "\n" + "http://".repeat(100_000) + "&#x110000;http://\0/ http://" + "a".repeat(999);
    Assertions.assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          assertThat(read(nul).subject()).isEqualTo("a\0b");
          assertThat(read(links).linkHosts()).isEmpty();
          assertThat(read("Content-Type: text/html\n" + links).linkHosts()).isEmpty();
          assertThat(read("\0".repeat(5_000_000)).attachments()).isEmpty();
          assertThat(read("Subject: " + "x".repeat(10_000_000) + "\n\n").subject()).hasSize(1000);
          String broken = "Content-Transfer-Encoding: base64\n\n====%%%%http://a.example";
          assertThat(read(broken).linkHosts()).isEmpty();
          assertThat(read("Content-Type: " + "(".repeat(50_000) + "\n\n").attachments()).isEmpty();
          assertThat(read("Content-Type: text/plain; charset=\"no such\"\n\nx").attachments())
              .isEmpty();
        });
  }

  @Test
  void aLoneCarriageReturnInATypeBreaksNothing() {
    assertThat(read("Content-Type: image/png; name=\"a\rb.png\"\n\nx").attachments())
        .containsExactly(new Attachment("a\rb.png", "image/png", 1));
  }

  @Test
  void aThousandTypesOfUnknownCharsetsTakeNoLongerThanOthers() {
    String words = "=?".repeat(3_900);
    StringBuilder many = new StringBuilder("Content-Type: multipart/mixed; boundary=b\n\n");
    for (int i = 0; i < 1_000; i++) {
      many.append("--b\nContent-Type: image/png; name=\"").append(words).append("\"\n\n");
    }
    Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> assertThat(read(many.toString()).attachments()).hasSize(50));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name=plain.txt                                    | plain.txt",
        "name=a; name=b                                    | a",
        "name*=utf-8'en'%e2%82%ac%20rates.txt; name=x      | \u20ac rates.txt",
        "name*=iso-8859-1''%e9t%E9                         | \u00e9t\u00e9",
        "name*=no-such''%c3%a4%zz%4                        | \u00e4%zz%4",
        "name*=%41.txt                                     | A.txt",
        "name*1*=%82%ac.txt; name*0*=utf-8''%e2            | \u20ac.txt",
        "name*0=a; name*1=%41; name*2*=%41; name=x         | a%41A",
        "name*0*=utf-8''%c3; name*1*=%a4                   | \u00e4",
        "name=\"it's bob's.pdf\"                           | it's bob's.pdf",
        "name                                              | ``",
      })
  void namesAreFoundHoweverTheyAreWritten(String parameters, String name) {
    assertThat(read("Content-Type: image/png; " + parameters + "\n\nx").attachments())
        .containsExactly(new Attachment(name, "image/png", 1));
  }

  private static MessageSummary read(String text) {
    return read(text, StandardCharsets.UTF_8);
  }

  private static MessageSummary read(String text, Charset charset) {
    return MessageReader.summarise(RawMessage.of(text.replace("\n", "\r\n").getBytes(charset)));
  }
}
