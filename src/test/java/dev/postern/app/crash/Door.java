package dev.postern.app.crash;

import dev.postern.slack.StrictSlack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How the outside speaks to a Postern: reports holds and delivers clicks, signed. */
final class Door {
  private static final Pattern CASE = Pattern.compile("PN-[0-9A-Z]{4}-[0-9A-Z]{4}");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** A message of one recipient, who stands for its case. */
  static String message(String recipient, String subject) {
    return String.join(
        "\r\n",
        "From: Sender <sender@sender.example>",
        "To: <" + recipient + ">",
        "Subject: " + subject,
        "Message-ID: <" + recipient + ".m@sender.example>",
        "",
        "A line of text.",
        "");
  }

  /** The case in an answer. */
  static Optional<String> caseIn(String text) {
    Matcher found = CASE.matcher(text);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }

  /** Reports a hold; its case where Postern said that it has it. */
  Optional<String> report(String url, String recipient, String subject)
      throws IOException, InterruptedException {
    String raw =
        Base64.getEncoder()
            .encodeToString(message(recipient, subject).getBytes(StandardCharsets.US_ASCII));
    String body =
        """
        {"source": "filter", "id": "%s", "raw": "%s", "envelope": {"mailFrom":
        "sender@sender.example", "recipients": ["%s"], "clientIp": "192.0.2.1", "helo": "mx.example"}}
        """
            .formatted(recipient, raw, recipient);
    long seconds = System.currentTimeMillis() / 1000;
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(url + "/v1/holds"))
                .header("Content-Type", "application/json")
                .header("Postern-Signature", "t=" + seconds + ",v1=" + seal(seconds + "." + body)),
            body);
    return answer.statusCode() == 202 ? caseIn(answer.body()) : Optional.empty();
  }

  /** Delivers a click as Slack does; whether Postern said that it has it. */
  boolean click(String url, StrictSlack.Click click) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/slack/events"));
    click.headers(System.currentTimeMillis() / 1000).forEach(request::header);
    return send(request, click.body()).statusCode() == 200;
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String body)
      throws IOException, InterruptedException {
    return http.send(
        request.timeout(PATIENCE).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String seal(String text) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(
          new SecretKeySpec(
              Outside.INTAKE_SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return HexFormat.of().formatHex(hmac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
