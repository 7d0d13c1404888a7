package dev.postern.intake.http;

import static dev.postern.intake.http.Reports.ENVELOPE;
import static dev.postern.intake.http.Reports.GOOD;
import static dev.postern.intake.http.Reports.MESSAGE;
import static dev.postern.intake.http.Reports.bytes;
import static dev.postern.intake.http.Reports.doubleQuoted;
import static dev.postern.intake.http.Reports.header;
import static dev.postern.intake.http.Reports.part;
import static dev.postern.intake.http.Reports.reportWithoutMessage;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.approval.Hold;
import io.javalin.Javalin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoldsEndpointTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final byte[] SECRET = "a secret of the gateway".getBytes(UTF_8);
  private static final byte[] OLD_SECRET = "its secret of last year".getBytes(UTF_8);
  private static final byte[] OTHER_SECRET = "a secret of another one".getBytes(UTF_8);
  private static final int LIMIT = 100_000;

  private final ObjectMapper json = new ObjectMapper();
  private final ReceivingDesk desk = new ReceivingDesk();
  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private Javalin server;

  @BeforeEach
  void start() {
    var settings =
        new HoldsSettings(
            Map.of("gateway", List.of(SECRET, OLD_SECRET), "other", List.of(OTHER_SECRET)),
            Set.of("smtp"),
            LIMIT,
            3L * LIMIT);
    var endpoint =
        new HoldsEndpoint(desk, desk::gone, settings, Reports::summary, InstantSource.fixed(NOW));
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  endpoint.register(config.routes);
                })
            .start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    server.stop();
    client.close();
  }

  @Test
  void aReportWithoutContentBecomesAHold() throws Exception {
    HttpResponse<String> answer = post(GOOD);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"case\":\"PN-7F3K-2QXD\",\"duplicate\":false}");

    Hold hold = desk.holds.getFirst();
    assertThat(hold.ref().source()).isEqualTo("gateway");
    assertThat(hold.ref().id()).isEqualTo("Q-17");
    assertThat(hold.gateway()).isEqualTo("gateway");
    assertThat(hold.envelope().recipients()).hasSize(2);
    assertThat(hold.envelope().clientIp()).isEqualTo(InetAddress.ofLiteral("2001:db8::1"));
    assertThat(hold.raw()).isEmpty();
    assertThat(hold.summary().subject()).isEqualTo("Invoice");
    assertThat(hold.summary().size()).isEqualTo(1234);
    assertThat(hold.receivedAt()).isEqualTo(NOW);
    assertThat(json.readTree(hold.event())).isEqualTo(json.readTree(doubleQuoted(GOOD)));
  }

  @Test
  void rawOctetsInBase64SpeakForThemselves() throws Exception {
    byte[] raw = "Subject: real \u00ff\r\n\r\n.\r\n".getBytes(ISO_8859_1);
    String body =
        "{'source':'gateway','id':'Q-17','receivedAt':'2026-11-25T09:00:00Z','envelope':"
            + ENVELOPE
            + ",'message':"
            + MESSAGE
            + ",'raw':'"
            + Base64.getEncoder().encodeToString(raw)
            + "'}";
    assertThat(post(body).statusCode()).isEqualTo(202);
    Hold hold = desk.holds.getFirst();
    assertThat(hold.raw().orElseThrow().octets()).isEqualTo(raw);
    assertThat(hold.summary().subject()).isEqualTo("read from " + raw.length);
    assertThat(hold.receivedAt()).isEqualTo(Instant.parse("2026-11-25T09:00:00Z"));
    assertThat(hold.event()).doesNotContain("raw").contains("Q-17");
  }

  @Test
  void rawOctetsInAFormArriveUnchanged() throws Exception {
    byte[] raw =
        "Subject: x\r\n\r\n--not-the-boundary\r\n\u0000\u00ff\n--B\r\r\n".getBytes(ISO_8859_1);
    HttpResponse<String> answer = postForm("hold", reportWithoutMessage(), "message", raw);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(desk.holds.getFirst().raw().orElseThrow().octets()).isEqualTo(raw);
  }

  @Test
  void P1_202OnlyAfterTheDeskReturned_failureIs503() throws Exception {
    desk.down.set(true);
    HttpResponse<String> answer = post(GOOD);
    assertProblem(answer, 503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
    assertThat(answer.body()).doesNotContain("secret detail");
    desk.down.set(false);
    assertThat(post(GOOD).statusCode()).isEqualTo(202);
  }

  @Test
  void P2_theSameReportAgainIsTheSameCaseAndSaysSo() throws Exception {
    post(GOOD);
    assertThat(post(GOOD).body()).contains("\"duplicate\":true");
  }

  @Test
  void secretsRotate() throws Exception {
    byte[] body = doubleQuoted(GOOD).getBytes(UTF_8);
    assertThat(send(body, header(OLD_SECRET, NOW, body)).statusCode()).isEqualTo(202);
    String both =
        header(OTHER_SECRET, NOW, body) + "," + header(SECRET, NOW, body).split(",", 2)[1];
    assertThat(send(body, both).statusCode()).isEqualTo(202);
  }

  @Test
  void aMissingSignatureIs401() throws Exception {
    HttpResponse<String> answer = client.send(request().build(), text());
    assertProblem(answer, 401);
    assertThat(detail(answer)).contains("is missing");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Postern-Signature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "t=1", "v1=00", "t=x,v1=00", "t=1,v1=zz", "t=1,t=2,v1=00", "t=1,v1=00,v2=1"})
  void aMalformedSignatureIs401(String header) throws Exception {
    HttpResponse<String> answer = send(bytes(GOOD), header);
    assertProblem(answer, 401);
    assertThat(detail(answer)).contains("malformed");
  }

  @Test
  void aWrongSignatureIs401() throws Exception {
    byte[] body = bytes(GOOD);
    HttpResponse<String> wrongKey =
        send(body, header("not a secret of anybody".getBytes(UTF_8), NOW, body));
    assertProblem(wrongKey, 401);
    assertThat(detail(wrongKey)).contains("fits none of the secrets");
    String elsewhere = header(SECRET, NOW, bytes(GOOD + " "));
    assertThat(send(body, elsewhere).body()).isEqualTo(wrongKey.body());
    assertThat(desk.holds).isEmpty();
  }

  @Test
  void aSecretSpeaksForItsOwnSourceOnly() throws Exception {
    byte[] body = bytes(GOOD);
    HttpResponse<String> answer = send(body, header(OTHER_SECRET, NOW, body));
    assertProblem(answer, 401);
    assertThat(detail(answer)).contains("not by a secret of this source");
    assertThat(desk.holds).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-301,401", "301,401", "-300,202", "300,202"})
  void aStaleTimestampIs401(long seconds, int status) throws Exception {
    byte[] body = bytes(GOOD);
    HttpResponse<String> answer = send(body, header(SECRET, NOW.plusSeconds(seconds), body));
    assertThat(answer.statusCode()).isEqualTo(status);
    if (status == 401) {
      assertThat(detail(answer)).contains("301 seconds off");
    }
  }

  @Test
  void aBodyOverTheLimitIs413WhetherAnnouncedOrNot() throws Exception {
    byte[] large = new byte[LIMIT + 1];
    assertProblem(send(large, header(SECRET, NOW, large)), 413);
    var chunked =
        request()
            .header("Postern-Signature", header(SECRET, NOW, large))
            .POST(
                HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofByteArray(large)))
            .build();
    assertProblem(client.send(chunked, text()), 413);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"source\":\"gateway\",|line 1, column|",
        "{\"source\":\"gateway\",~ \"envelope\":{\"recipients\":[\"a\",|line 2, column|envelope.recipients[1]",
        "{\"source\":\"a\",\"source\":\"b\"}|Duplicate|source",
        "{} trailing|line 1, column|",
        "nonsense|line 1, column|",
      })
  void brokenJsonIs400WithItsPlace(String body, String words, @Nullable String field)
      throws Exception {
    HttpResponse<String> answer = sign(body.replace('~', '\n').getBytes(UTF_8));
    assertProblem(answer, 400);
    assertThat(detail(answer)).contains(words);
    if (field != null) {
      assertThat(json.readTree(answer.body()).path("field").asText()).startsWith(field);
    }
  }

  @Test
  void deeplyNestedJsonIs400() throws Exception {
    assertProblem(sign(("{\"a\":" + "[".repeat(40_000)).getBytes(UTF_8)), 400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'id':'Q-17'|'id':''|id|must not be empty",
        "'id':'Q-17'|'id':17|id|must be text",
        "'id':'Q-17',||id|is missing",
        "'source':'gateway'|'source':'smtp'|source|built-in",
        "'source':'gateway'|'source':'a b'|source|letters",
        "'source':'gateway'|'sorce':'gateway'|sorce|source is meant?",
        "'mailFrom':'a@b.example'|'mailFrom':'a'|envelope.mailFrom|must be an address",
        "'mailFrom':'a@b.example',||envelope.mailFrom|is missing",
        "['c@d.example','e@d.example']|[]|envelope.recipients|at least one",
        "'e@d.example'|'e'|envelope.recipients[1]|must be an address",
        "'e@d.example'|5|envelope.recipients[1]|must be text",
        "2001:db8::1|mail.example|envelope.clientIp|IPv4 or IPv6",
        "'helo'|'hello'|envelope.hello|helo is meant?",
        "'size':1234|'size':-1|message.size|whole number",
        "'size':1234|'size':'x'|message.size|whole number",
        "'subject':'Invoice',||message.subject|is missing",
        "'message':|'raw':'%%%','message':|raw|base 64",
        "'message':|'raw':'','message':|raw|must not be empty",
        "'message':|'raw':'YQpiCg==','message':|raw|end in LF",
        "'message':|'receivedAt':'yesterday','message':|receivedAt|must be a time",
        "'message':|'massage':|message|one of them is needed",
      })
  void anUnfitFieldIs422AndNamed(String from, @Nullable String to, String field, String words)
      throws Exception {
    HttpResponse<String> answer = post(GOOD.replace(from, to == null ? "" : to));
    assertProblem(answer, 422);
    JsonNode problem = json.readTree(answer.body());
    assertThat(problem.path("errors").findValuesAsText("field")).contains(field);
    assertThat(answer.body()).contains(words);
    assertThat(desk.holds).isEmpty();
  }

  @Test
  void anythingButAnObjectIs422() throws Exception {
    for (String body : List.of("[]", "1", "null", "")) {
      assertProblem(sign(body.getBytes(UTF_8)), 422);
    }
  }

  @Test
  void aFormWithoutItsPartsIs400() throws Exception {
    assertProblem(postForm("hole", "{}".getBytes(UTF_8), "message", new byte[1]), 400);
    assertProblem(postForm("hold", reportWithoutMessage(), "massage", new byte[1]), 400);
    assertProblem(postForm("hold", "{}".getBytes(UTF_8), "hold", new byte[1]), 400);
    assertProblem(postForm("hold", reportWithoutMessage(), "message", new byte[0]), 422);
  }

  @Test
  void anotherContentTypeIs415() throws Exception {
    byte[] body = bytes(GOOD);
    var request =
        HttpRequest.newBuilder(uri())
            .header("Content-Type", "text/plain")
            .header("Postern-Signature", header(SECRET, NOW, body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    assertProblem(client.send(request, text()), 415);
  }

  @Test
  void whatIsHeldNoLongerIsTakenBack() throws Exception {
    String reference = "{'source':'gateway','id':'Q-17'}";
    assertProblem(withdraw(reference, SECRET), 404);
    post(GOOD);

    HttpResponse<String> answer = withdraw(reference, SECRET);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"case\":\"PN-7F3K-2QXD\"}");
    assertProblem(withdraw(reference, OTHER_SECRET), 401);
    assertProblem(withdraw("{'source':'gateway'}", SECRET), 422);
    assertProblem(withdraw("{'source':'gateway','id':'Q-17','why':'x'}", SECRET), 422);
    desk.down.set(true);
    assertProblem(withdraw(reference, SECRET), 503);
  }

  private HttpResponse<String> withdraw(String reference, byte[] secret) throws Exception {
    byte[] body = bytes(reference);
    return client.send(
        HttpRequest.newBuilder(URI.create(uri() + "/withdrawn"))
            .header("Postern-Signature", header(secret, NOW, body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        text());
  }

  @Test
  void theServerStaysUpAfterEverything() throws Exception {
    send(new byte[LIMIT + 1], "nonsense");
    assertThat(post(GOOD).statusCode()).isEqualTo(202);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return sign(bytes(body));
  }

  private HttpResponse<String> sign(byte[] body) throws Exception {
    return send(body, header(SECRET, NOW, body));
  }

  private HttpResponse<String> send(byte[] body, String signature) throws Exception {
    return client.send(
        request()
            .header("Postern-Signature", signature)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        text());
  }

  private HttpResponse<String> postForm(String name, byte[] json, String other, byte[] message)
      throws Exception {
    var form = new ByteArrayOutputStream();
    part(form, name, json);
    part(form, other, message);
    form.writeBytes("--B0undary--\r\n".getBytes(UTF_8));
    byte[] body = form.toByteArray();
    return client.send(
        HttpRequest.newBuilder(uri())
            .header("Content-Type", "multipart/form-data; boundary=B0undary")
            .header("Postern-Signature", header(SECRET, NOW, body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        text());
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(uri())
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(GOOD)));
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.port() + HoldsEndpoint.PATH);
  }

  private void assertProblem(HttpResponse<String> answer, int status) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = json.readTree(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("detail").asText()).isNotEmpty();
  }

  private String detail(HttpResponse<String> answer) throws IOException {
    return json.readTree(answer.body()).path("detail").asText();
  }

  private static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString();
  }
}
