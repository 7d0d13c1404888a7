package dev.postern.app.bench.clicks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The requests that a mail system and Slack send, signed as they sign them. */
final class Requests {
  /** How long the cases of expired tokens can be decided: the shortest window of a policy. */
  static final Duration BRIEF_WINDOW = Duration.ofMinutes(1);

  private Requests() {}

  /** Where the mail of a case goes. */
  static String recipient(int number) {
    return "case-" + number + "@bench.example";
  }

  /** The report of a hold. */
  static byte[] hold(int number, String subject) {
    String message =
        """
        From: Sender <sender@sender.example>
        To: <%s>
        Subject: %s
        Message-ID: <%d@sender.example>
        Date: Tue, 24 Nov 2026 07:00:00 +0000
        Content-Type: text/plain; charset=us-ascii

        %s
        """
            .formatted(recipient(number), subject, number, "A line of text.\n".repeat(40))
            .replace("\n", "\r\n");
    ObjectNode json = object().put("source", "bench").put("id", "hold-" + number);
    ObjectNode envelope = json.putObject("envelope");
    envelope.put("mailFrom", "sender@sender.example").put("clientIp", "192.0.2.1");
    envelope.put("helo", "mx.sender.example").putArray("recipients").add(recipient(number));
    json.put(
        "raw", Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.US_ASCII)));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The headers of such a report. */
  static String intakeHeaders(byte[] body, long seconds) {
    return "Content-Type: application/json\r\nPostern-Signature: t="
        + seconds
        + ",v1="
        + seal(Surroundings.INTAKE_SECRET, seconds + ".", body)
        + "\r\n";
  }

  /** The form that Slack sends when somebody presses a release button. */
  static String press(StandInSlack.Button button, String user, int event) {
    ObjectNode payload = object().put("type", "block_actions");
    payload.putObject("user").put("id", user).put("team_id", StandInSlack.TEAM);
    payload.putObject("team").put("id", StandInSlack.TEAM).put("domain", "bench");
    payload.put("api_app_id", StandInSlack.APP).put("trigger_id", "trigger." + event);
    payload
        .putObject("container")
        .put("type", "message")
        .put("message_ts", button.ts())
        .put("channel_id", StandInSlack.CHANNEL);
    payload.putObject("channel").put("id", StandInSlack.CHANNEL).put("name", "bench");
    ObjectNode action = payload.putArray("actions").addObject();
    action.put("type", "button").put("action_id", "pn.release").put("block_id", button.block());
    // Without the ellipsis of a button that opens a form first: one request is one vote.
    action.putObject("text").put("type", "plain_text").put("text", "Release");
    action.put("value", button.token()).put("action_ts", "1795503792.%06d".formatted(event));
    payload.put("response_url", "http://127.0.0.1:9/never-called");
    return "payload=" + URLEncoder.encode(payload.toString(), StandardCharsets.UTF_8);
  }

  /** The headers of such a form; docs.slack.dev, "Verifying requests from Slack". */
  static String slackHeaders(String secret, byte[] body, long seconds) {
    return "Content-Type: application/x-www-form-urlencoded\r\nX-Slack-Request-Timestamp: "
        + seconds
        + "\r\nX-Slack-Signature: v0="
        + seal(secret, "v0:" + seconds + ":", body)
        + "\r\n";
  }

  private static String seal(String secret, String before, byte[] body) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      hmac.update(before.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(hmac.doFinal(body));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
