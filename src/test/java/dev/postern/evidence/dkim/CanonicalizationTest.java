package dev.postern.evidence.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6376 §3.4; white space is written as C (CRLF), S (space) and T (tab) in the tables. */
class CanonicalizationTest {

  @ParameterizedTest
  @CsvSource({
    "'',        C",
    "C,         C",
    "CCC,       C",
    "x,         xC",
    "xC,        xC",
    "xCCC,      xC",
    "CxC,       CxC",
    "xSSyTC,    xSSyTC",
    "xCSC,      xCSC",
  })
  void simpleBodyOnlyLosesEmptyLinesAtItsEnd(String body, String canonical) {
    assertThat(body(Canonicalization.SIMPLE, octets(body))).isEqualTo(text(canonical));
  }

  @ParameterizedTest
  @CsvSource({
    "'',        ''",
    "C,         ''",
    "SSCTC,     ''",
    "x,         xC",
    "xCCC,      xC",
    "xSTy,      xSyC",
    "xTy,       xSyC",
    "xSSC,      xC",
    "SSxC,      SxC",
    "xCTTyC,    xCSyC",
    "xSCSCyC,   xCCyC",
    "xCSTCSC,   xC",
    "CCxC,      CCxC",
  })
  void relaxedBodyJoinsWhiteSpaceAndDropsItAtLineEnds(String body, String canonical) {
    assertThat(body(Canonicalization.RELAXED, octets(body))).isEqualTo(text(canonical));
  }

  @Test
  void relaxedBodyAgreesWithThePlainReadingOfTheStandardOnRandomBodies() {
    Random random = new Random(6376);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder body = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        body.append("xyzvw\u00a0CCSST\r\n".charAt(random.nextInt(13)));
      }
      byte[] octets = octets(body.toString());
      assertThat(body(Canonicalization.RELAXED, octets))
          .as("%s", body)
          .isEqualTo(plainRelaxedBody(new String(octets, StandardCharsets.ISO_8859_1)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "A:x,             a:xC",
    "A:SxSC,          a:xC",
    "ATS:SxTSyC,      a:xSyC",
    "SubjeCt,         ''",
    "A:xCTyC,         a:xSyC",
    "A:CSC,           a:C",
    "A:xC,            a:xC",
    "A:SxCSSSC,       a:xC",
  })
  void relaxedHeaderUnfoldsAndJoinsWhiteSpace(String field, String canonical) {
    assertThat(header(Canonicalization.RELAXED, octets(field))).isEqualTo(text(canonical));
  }

  @ParameterizedTest
  @CsvSource({
    "A:SSxC,          A:SSxC",
    "ATS:xCTyC,       ATS:xCTyC",
    "A:x,             A:xC",
  })
  void simpleHeaderStaysAsItIs(String field, String canonical) {
    assertThat(header(Canonicalization.SIMPLE, octets(field))).isEqualTo(text(canonical));
  }

  @Test
  void canonicalTextIsHandedOnInOneRun() {
    byte[] body = "Dear Ada,\r\n\r\n the mill is ready.\r\n".getBytes(StandardCharsets.US_ASCII);
    int[] pieces = {0};
    BodyCanonicalizer.canonicalize(
        Canonicalization.RELAXED, body, 0, (_, from, to) -> pieces[0] += to > from ? 1 : 0);

    assertThat(pieces[0]).as("the text and the last line end").isLessThanOrEqualTo(3);
  }

  /** Line by line, as §3.4.4 words it. */
  private static String plainRelaxedBody(String body) {
    StringBuilder canonical = new StringBuilder();
    for (String line : Pattern.compile("\r\n").split(body, -1)) {
      canonical.append(line.replaceAll("[ \t]+", " ").replaceAll(" \\z", "")).append("\r\n");
    }
    String lines = canonical.toString();
    while (lines.endsWith("\r\n\r\n")) {
      lines = lines.substring(0, lines.length() - 2);
    }
    return lines.equals("\r\n") ? "" : lines;
  }

  private static String body(Canonicalization how, byte[] octets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BodyCanonicalizer.canonicalize(how, octets, 0, (o, from, to) -> out.write(o, from, to - from));
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static String header(Canonicalization how, byte[] octets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HeaderCanonicalizer canonical =
        new HeaderCanonicalizer(how, octets, (o, from, to) -> out.write(o, from, to - from));
    HeaderFields.of(RawMessage.of(octets)).all().forEach(canonical::put);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static byte[] octets(String table) {
    return text(table).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(String table) {
    return table.replace("C", "\r\n").replace("S", " ").replace("T", "\t");
  }
}
