package dev.postern.slack;

import dev.postern.card.pace.Pacing;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What Slack needs. Everything empty means: no Slack.
 *
 * @param botToken {@code slack.bot-token}, {@code xoxb-…}
 * @param signingSecret {@code slack.signing-secret}; not needed with Socket Mode
 * @param appToken {@code slack.app-token}, {@code xapp-…}; when set, Socket Mode is used
 * @param apiUrl {@code slack.api-url}, ends in a slash; {@link #SLACK} but for emulators
 * @param defaultChannel {@code slack.channels.default}, id of the channel that cards go to
 * @param pacing {@code slack.pace}
 */
public record SlackSettings(
    String botToken,
    String signingSecret,
    String appToken,
    String apiUrl,
    String defaultChannel,
    Pacing pacing) {

  /** Where the real Slack answers. */
  public static final String SLACK = "https://slack.com/api/";

  private static final Pattern CHANNEL = Pattern.compile("[CG][A-Z0-9]{6,20}");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|\\[::1]|127([.]\\d{1,3}){3}");
  private static final int SECRET_LENGTH = 32;

  /**
   * Checks what is set.
   *
   * @throws IllegalArgumentException naming the key, what is wrong with it and how to mend it
   */
  public SlackSettings {
    botToken = botToken.strip();
    signingSecret = signingSecret.strip();
    appToken = appToken.strip();
    apiUrl = apiUrl.isBlank() ? SLACK : apiUrl.endsWith("/") ? apiUrl : apiUrl + "/";
    boolean wanted = !(botToken + signingSecret + appToken).isEmpty();
    if (wanted) {
      checkTokens(botToken, signingSecret, appToken);
      checkAddress(apiUrl);
      require(
          CHANNEL.matcher(defaultChannel).matches(),
          "slack.channels.default must be a channel id such as C0MAILOPS1, not a name: open the"
              + " channel's details in Slack and copy the id from the end of the page");
    }
  }

  /** No Slack. */
  public static SlackSettings off() {
    return new SlackSettings("", "", "", SLACK, "", Pacing.ON);
  }

  /** Whether Slack is to be used at all. */
  public boolean configured() {
    return !botToken.isEmpty();
  }

  /** Whether Slack is reached by Socket Mode instead of a public address. */
  public boolean socketMode() {
    return !appToken.isEmpty();
  }

  private static void checkTokens(String bot, String secret, String app) {
    require(
        bot.startsWith("xoxb-"),
        "slack.bot-token must begin with xoxb-: copy \"Bot User OAuth Token\" from \"OAuth &"
            + " Permissions\"");
    require(
        app.isEmpty() || app.startsWith("xapp-"),
        "slack.app-token must begin with xapp-: make one under \"Basic Information\" →"
            + " \"App-Level Tokens\" with the scope connections:write");
    require(
        secret.length() == SECRET_LENGTH || (secret.isEmpty() && !app.isEmpty()),
        "slack.signing-secret is %d characters; Slack's are %d: copy it from \"Basic Information\""
                .formatted(secret.length(), SECRET_LENGTH)
            + " → \"App Credentials\", or set slack.app-token to use Socket Mode");
  }

  /** Tokens go to this address, so it is encrypted, or it does not leave the machine. */
  private static void checkAddress(String apiUrl) {
    String host = "";
    String scheme = "";
    try {
      URI address = new URI(apiUrl);
      host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
      scheme = String.valueOf(address.getScheme());
    } catch (URISyntaxException noAddress) {
      require(false, "slack.api-url is no address: " + noAddress.getReason());
    }
    boolean loopback = isLoopback(host);
    require(
        scheme.equals("https") || (scheme.equals("http") && loopback),
        "slack.api-url must begin with https://");
  }

  /** Whether a host is this very machine. */
  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /** Says what is set and no secret. */
  @Override
  public String toString() {
    return "SlackSettings[configured=%s, socketMode=%s, apiUrl=%s, defaultChannel=%s]"
        .formatted(configured(), socketMode(), apiUrl, defaultChannel);
  }
}
