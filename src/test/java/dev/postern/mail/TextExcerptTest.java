package dev.postern.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextExcerptTest {

  @Test
  void theBeginningOfThePlainTextWithoutEmptyLines() {
    TextExcerpt excerpt = of("Subject: x\r\n\r\nHello\r\n\r\n  there \r\n").orElseThrow();

    assertThat(excerpt.lines()).containsExactly("Hello", "there");
    assertThat(excerpt.cut()).isFalse();
  }

  @Test
  void aWebPageIsNoText() {
    assertThat(of("Content-Type: text/html\r\n\r\n<b>Hello</b>\r\n")).isEmpty();
  }

  @Test
  void theTextBesideAWebPageIsTakenAndDecoded() {
    String message =
        """
        Content-Type: multipart/alternative; boundary=b

        --b
        Content-Type: text/html

        <b>No</b>
        --b
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Gr=C3=BC=C3=9Fe
        --b--
        """;

    assertThat(of(message.replace("\n", "\r\n")).orElseThrow().lines()).containsExactly("Grüße");
  }

  @Test
  void anAttachedTextFileIsNotTheText() {
    String message =
        """
        Content-Type: text/plain; name=a.txt
        Content-Disposition: attachment

        Hello
        """;

    assertThat(of(message.replace("\n", "\r\n"))).isEmpty();
  }

  @Test
  void moreThanPeopleReadIsCut() {
    TextExcerpt lines = of("Subject: x\r\n\r\n" + "line\r\n".repeat(1000)).orElseThrow();
    TextExcerpt one = of("Subject: x\r\n\r\n" + "y".repeat(1_000_000)).orElseThrow();

    assertThat(lines.lines()).hasSize(30);
    assertThat(lines.cut()).isTrue();
    assertThat(one.lines().getFirst()).hasSize(32 * 1024);
    assertThat(one.cut()).isTrue();
  }

  private static Optional<TextExcerpt> of(String text) {
    RawMessage message = RawMessage.of(text.getBytes(StandardCharsets.UTF_8));
    return TextExcerpt.of(message, HeaderFields.of(message));
  }
}
