package dev.postern.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.quarantine.HttpApi.Body;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What proves to a mail system who we are is in nothing that may be printed. */
class SecretsTest {
  private static final String SECRET = "s3cret-of-nobody";

  @Test
  void P14_whatIsSentAndWhatIsKeptOfASignInIsNotPrinted() {
    assertThat(Body.form("username=postern&password=" + SECRET))
        .asString()
        .isEqualTo("Body[application/x-www-form-urlencoded]");
    assertThat(Body.json("{\"key\":\"" + SECRET + "\"}")).asString().doesNotContain(SECRET);
    assertThat(new TokenLogin.Held(SECRET, Instant.EPOCH))
        .asString()
        .isEqualTo("Held[until=1970-01-01T00:00:00Z]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "AAAA=AAA", "MIIEvQ=", "=", "QUJD"})
  void aKeyThatWasCutOffOrChangedIsSaidWithTheSettingAndTheMendAndNeverQuoted(String inside) {
    String pem = "-----BEGIN PRIVATE KEY-----\n" + inside + "\n-----END PRIVATE KEY-----\n";

    assertThatThrownBy(() -> RsaKeys.parse(pem, "mail.m365.key"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .startsWith("mail.m365.key is ")
        .containsAnyOf("copy the whole file again", "openssl pkcs8")
        .doesNotContain(inside + "\n");
  }
}
