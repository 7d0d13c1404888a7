package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.card.pace.Pacing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackSettingsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @Test
  void nothingSetMeansNoSlack() {
    assertThat(new SlackSettings("", "", "", "", "", Pacing.ON).configured()).isFalse();
    assertThat(SlackSettings.off().configured()).isFalse();
  }

  @Test
  void theRealSlackIsTheDefaultAddress() {
    SlackSettings settings = new SlackSettings("xoxb-1", SECRET, "", "", "C0MAILOPS1", Pacing.ON);

    assertThat(settings.apiUrl()).isEqualTo("https://slack.com/api/");
    assertThat(settings.socketMode()).isFalse();
  }

  @Test
  void socketModeNeedsNoSigningSecret() {
    assertThat(new SlackSettings("xoxb-1", "", "xapp-1", "", "C0MAILOPS1", Pacing.ON).socketMode())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'',      0123456789abcdef0123456789abcdef, '',     '',                      C0MAILOPS1, slack.bot-token",
    "xoxp-1,  0123456789abcdef0123456789abcdef, '',     '',                      C0MAILOPS1, slack.bot-token",
    "xoxb-1,  short,                            '',     '',                      C0MAILOPS1, slack.signing-secret is 5",
    "xoxb-1,  '',                               '',     '',                      C0MAILOPS1, slack.signing-secret is 0",
    "xoxb-1,  '',                               xoxb-2, '',                      C0MAILOPS1, slack.app-token",
    "xoxb-1,  0123456789abcdef0123456789abcdef, '',     http://slack.example/,   C0MAILOPS1, slack.api-url",
    "xoxb-1,  0123456789abcdef0123456789abcdef, '',     http://127.0.0.1.evil.example/, C0MAILOPS1, slack.api-url",
    "xoxb-1,  0123456789abcdef0123456789abcdef, '',     https://a b/,            C0MAILOPS1, slack.api-url",
    "xoxb-1,  0123456789abcdef0123456789abcdef, '',     file:///etc/passwd,      C0MAILOPS1, slack.api-url",
    "xoxb-1,  0123456789abcdef0123456789abcdef, '',     '',                      mail-oncall, slack.channels.default",
    "xoxb-1,  0123456789abcdef0123456789abcdef, '',     '',                      '',         slack.channels.default"
  })
  void whatIsWrongIsNamedWithItsMend(
      String bot, String secret, String app, String url, String channel, String named) {
    assertThatThrownBy(() -> new SlackSettings(bot, secret, app, url, channel, Pacing.ON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void P14_settingsNeverPrintTheirSecrets() {
    String text =
        new SlackSettings("xoxb-1", SECRET, "xapp-1", "", "C0MAILOPS1", Pacing.ON).toString();

    assertThat(text).doesNotContain("xoxb-1", SECRET, "xapp-1").contains("C0MAILOPS1");
  }
}
