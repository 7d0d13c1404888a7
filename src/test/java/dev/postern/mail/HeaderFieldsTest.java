package dev.postern.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class HeaderFieldsTest {

  @Test
  void keepsNamesOrderFoldingAndTheBodyOffset() {
    String text = "Subject : hello\r\n  world\r\nfrom: a@b.example\r\nFROM:x\r\n\r\nbody: no\r\n";
    HeaderFields header = fields(text);

    assertThat(header.all())
        .extracting(HeaderField::name)
        .containsExactly("Subject", "from", "FROM");
    assertThat(header.named("From"))
        .extracting(HeaderField::unfoldedValue)
        .containsExactly("a@b.example", "x");
    assertThat(header.first("subject")).isEqualTo("hello  world");
    assertThat(StandardCharsets.ISO_8859_1.decode(header.all().getFirst().octets()).toString())
        .isEqualTo("Subject : hello\r\n  world\r\n");
    assertThat(text.substring(header.bodyOffset())).isEqualTo("body: no\r\n");
    assertThat(header.complete()).isTrue();
  }

  @Test
  void takesBareLineFeeds() {
    HeaderFields header = fields("A: 1\nB: 2\n\n3");
    assertThat(header.all()).extracting(HeaderField::unfoldedValue).containsExactly("1", "2");
    assertThat(header.bodyOffset()).isEqualTo(11);
  }

  @Test
  void aLoneCarriageReturnEndsNoLine() {
    HeaderFields header = fields("A: 1\rB: 2\r\n\r\n");
    assertThat(header.all()).hasSize(1);
    assertThat(header.first("a")).isEqualTo("1\rB: 2");
  }

  @Test
  void skipsLinesThatAreNoFields() {
    HeaderFields header =
        fields(" first\r\nFrom someone Monday\r\n more: of it\r\n: nameless\r\nA: 1\r\n\r\n");
    assertThat(header.all()).extracting(HeaderField::name).containsExactly("A");
  }

  @Test
  void aHeaderWithoutEmptyLineEndsWithTheMessage() {
    assertThat(fields("A: 1\r\nB: 2").bodyOffset()).isEqualTo(10);
    assertThat(fields("A: 1\r\n\r").bodyOffset()).isEqualTo(7);
    assertThat(fields("").all()).isEmpty();
    assertThat(fields("\r\nbody").bodyOffset()).isEqualTo(2);
    assertThat(fields("\n").bodyOffset()).isEqualTo(1);
  }

  @Test
  void nulOctetsAreOctetsLikeAnyOther() {
    HeaderFields header = fields("A\0B: \0\r\nFrom: a\0@b\r\n\r\n\0");
    assertThat(header.all()).extracting(HeaderField::name).containsExactly("A\0B", "From");
    assertThat(header.first("from")).isEqualTo("a\0@b");
  }

  @Test
  void rawOctetsAreReadAsUtf8ElseAsLatin1() {
    assertThat(HeaderFields.of(RawMessage.of(utf8("Subject: Grüße\r\n\r\n"))).first("subject"))
        .isEqualTo("Grüße");
    assertThat(fields("Subject: Gr\u00fc\u00dfe\r\n\r\n").first("subject")).isEqualTo("Grüße");
  }

  @Test
  void tenMegabytesOfHeaderTakeLinearTimeAndBoundedMemory() {
    byte[] one = new byte[10_000_000];
    Arrays.fill(one, (byte) 'x');
    one[1] = ':';
    byte[] many = utf8("a:\n".repeat(3_333_333));
    byte[] folded = utf8("a: b\n" + " \n".repeat(5_000_000));
    byte[] noise = new byte[10_000_000];
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          HeaderField long1 = HeaderFields.of(RawMessage.of(one)).all().getFirst();
          assertThat(long1.length()).isEqualTo(one.length);
          assertThat(long1.unfoldedValue()).hasSize(HeaderField.LONGEST_VALUE);
          HeaderFields cut = HeaderFields.of(RawMessage.of(many));
          assertThat(cut.all()).hasSize(HeaderFields.MOST_FIELDS);
          assertThat(cut.complete()).isFalse();
          assertThat(cut.bodyOffset()).isEqualTo(many.length);
          assertThat(HeaderFields.of(RawMessage.of(folded)).first("a")).startsWith("b");
          assertThat(HeaderFields.of(RawMessage.of(noise)).all()).isEmpty();
        });
  }

  private static HeaderFields fields(String text) {
    return HeaderFields.of(RawMessage.of(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
