package dev.postern.intake.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
  private static final String TYPE = "multipart/form-data; charset=utf-8; boundary=\"b o\"";

  @Test
  void partsComeOutOctetForOctet() {
    String content = "x--b o--\r\n\u0000\u00ff\n--b";
    Map<String, byte[]> parts =
        parse(
                "preamble\r\n--b o\r\nX: 1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
                    + content
                    + "\r\n--b o\r\ncontent-disposition: form-data; filename=\"f\"; name=\"e\"\r\n"
                    + "\r\n\r\n--b o--\r\nepilogue")
            .orElseThrow();
    assertThat(parts.get("a")).isEqualTo(content.getBytes(ISO_8859_1));
    assertThat(parts.get("e")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b o",
        "--b o\r\n",
        "--b o\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends",
        "--b o\r\nContent-Disposition: form-data; name=\"a\"\r\n--b o--",
        "--b o\r\nContent-Type: text/plain\r\n\r\nno name\r\n--b o--",
        "--b o\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b o\r\n"
            + "Content-Disposition: form-data; name=\"a\"\r\n\r\ntwice\r\n--b o--",
      })
  void aBrokenFormIsNone(String body) {
    assertThat(parse(body)).isEmpty();
  }

  @Test
  void withoutBoundaryThereIsNoForm() {
    assertThat(Multipart.parse("multipart/form-data", new byte[0])).isEmpty();
  }

  private static Optional<Map<String, byte[]>> parse(String body) {
    return Multipart.parse(TYPE, body.getBytes(ISO_8859_1));
  }
}
