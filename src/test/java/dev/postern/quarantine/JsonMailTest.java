package dev.postern.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.quarantine.JsonMail.Mail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message in Base64 is decoded as it comes, in either alphabet. */
class JsonMailTest {
  private static final int LARGEST = 3_000_000;

  private static byte[] octets(int count) {
    byte[] octets = new byte[count];
    new Random(7).nextBytes(octets);
    return octets;
  }

  private static Mail read(JsonMail how, String json) throws IOException {
    return how.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String around(String base64) {
    return "{\"value\":[{\"Id\":\"x\",\"Eml\":\"" + base64 + "\",\"BodyEncoding\":\"Base64\"}]}";
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8191, 8192, 8193, 1 << 20, (1 << 20) + 8192, LARGEST})
  void theOctetsComeOutAsTheyWereInEitherAlphabetWithPaddingOrWithout(int count)
      throws IOException {
    byte[] octets = octets(count);
    String padded = Base64.getUrlEncoder().encodeToString(octets);
    String bare = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    String lines = Base64.getMimeEncoder().encodeToString(octets).replace("\r\n", "\\r\\n");

    for (String url : new String[] {padded, bare}) {
      assertThat(read(JsonMail.url("Eml", LARGEST), around(url)).message().orElseThrow().octets())
          .isEqualTo(octets);
    }
    Mail mime = read(JsonMail.mime("Eml", LARGEST), around(lines));
    assertThat(mime.message().orElseThrow().octets()).isEqualTo(octets);
    assertThat(mime.rest().path("value").path(0).path("BodyEncoding").asText()).isEqualTo("Base64");
  }

  @Test
  void P16_aMessageThatIsTooLargeIsLetGoAndThatIsSaid() throws IOException {
    String json = around(Base64.getEncoder().encodeToString(octets(LARGEST + 1)));

    Mail mail = read(JsonMail.mime("Eml", LARGEST), json);

    assertThat(mail.tooLarge()).isTrue();
    assertThat(mail.message()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!!!", "AA=A", "A", "\\u0000"})
  void whatIsNoBase64IsNoMessage(String text) throws IOException {
    Mail mail = read(JsonMail.mime("Eml", LARGEST), around(text));

    assertThat(mail.message()).isEmpty();
    assertThat(mail.tooLarge()).isFalse();
  }

  @Test
  void anAnswerWithoutAMessageIsReadAsItIs() throws IOException {
    Mail mail = read(JsonMail.mime("Eml", LARGEST), "{\"error\":{\"message\":\"no\"}}");

    assertThat(mail.message()).isEmpty();
    assertThat(mail.rest().path("error").path("message").asText()).isEqualTo("no");
    assertThat(read(JsonMail.mime("Eml", LARGEST), "<html>").rest().isMissingNode()).isTrue();
  }
}
