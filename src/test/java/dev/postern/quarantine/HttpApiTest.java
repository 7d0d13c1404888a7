package dev.postern.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.fake.FakeHttp;
import dev.postern.fake.Mishap;
import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.HttpApi.Body;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a request must be so: answered, not sent, or nobody knows. */
class HttpApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int LARGEST = 10_000;

  @TempDir private Path folder;

  private static final FakeHttp.Service ECHO =
      new FakeHttp.Service() {
        @Override
        public String errand(String method, List<String> path) {
          return method;
        }

        @Override
        public FakeHttp.Answer perform(FakeHttp.Ask ask) {
          return new FakeHttp.Answer(200, ask.method() + " " + ask.body());
        }

        @Override
        public FakeHttp.Answer refusal(int status, String code) {
          return new FakeHttp.Answer(status, code);
        }
      };

  private static HttpApi api(String base) {
    return new HttpApi(URI.create(base), new HttpTrust.Usual(), PATIENCE);
  }

  private static final HttpBody<Optional<byte[]>> WHOLE = HttpBody.octets(LARGEST);

  private static HttpReply<Optional<byte[]>> read(URI at, HttpTrust trust) {
    return new HttpApi(at, trust, Duration.ofSeconds(10)).get("/", Map.of(), WHOLE);
  }

  private static <T> HttpReply.Answered<T> answered(HttpReply<T> reply) {
    assertThat(reply).isInstanceOf(HttpReply.Answered.class);
    return (HttpReply.Answered<T>) reply;
  }

  private static String text(HttpReply<Optional<byte[]>> reply) {
    return new String(answered(reply).body().orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void anAnswerIsReadWhole() {
    try (FakeHttp fake = new FakeHttp(ECHO)) {
      HttpApi api = api(fake.origin());

      assertThat(text(api.get("/a", Map.of(), WHOLE))).isEqualTo("GET ");
      assertThat(text(api.post("/a", Map.of(), Body.json("{}"), WHOLE))).isEqualTo("POST {}");
      fake.order("GET", Mishap.REDIRECT);
      assertThat(answered(api.get("/a", Map.of(), WHOLE)).status()).isEqualTo(307);
      assertThat(fake.errands()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST_ANSWER", "RESET", "SILENCE", "STUCK", "FLOOD"})
  void P7_whatMayHaveBeenCarriedOutIsNotAskedTwiceAndIsSaidToBeUnknown(Mishap mishap) {
    try (FakeHttp fake = new FakeHttp(ECHO)) {
      fake.order("POST", mishap);

      assertThat(api(fake.origin()).post("/a", Map.of(), Body.form("a=b"), HttpBody.json(LARGEST)))
          .isInstanceOf(HttpReply.Unanswered.class);
      assertThat(fake.errands()).containsExactly("POST");
    }
  }

  @Test
  void whatNobodyListensToWasNotSent() {
    String nowhere = "http://127.0.0.1:" + Programs.freePort();

    assertThat(api(nowhere).post("/a", Map.of(), Body.form("a=b"), HttpBody.json(LARGEST)))
        .isInstanceOf(HttpReply.NotSent.class);
  }

  @Test
  void aCertificateOfItsOwnIsTrustedByFileOrFingerprintOnly() throws Exception {
    try (ATlsServer server = new ATlsServer(folder, "localhost")) {
      URI at = server.at("localhost");

      assertThat(text(read(at, new HttpTrust.Authorities(server.certificate()))))
          .isEqualTo("hello");
      assertThat(text(read(at, new HttpTrust.Fingerprint(server.fingerprint()))))
          .isEqualTo("hello");
      int before = server.requests.get();
      assertThat(read(at, new HttpTrust.Usual())).isInstanceOf(HttpReply.NotSent.class);
      assertThat(read(at, new HttpTrust.Fingerprint("ab".repeat(32))))
          .asString()
          .contains("NotSent", server.fingerprint());
      assertThat(server.requests.get()).isEqualTo(before);
    }
  }

  @Test
  void aCertificateForAnotherHostNeedsItsFingerprint() throws Exception {
    try (ATlsServer server = new ATlsServer(folder, "pmg.example")) {
      URI at = server.at("localhost");

      assertThat(read(at, new HttpTrust.Authorities(server.certificate())))
          .isInstanceOf(HttpReply.NotSent.class);
      assertThat(text(read(at, new HttpTrust.Fingerprint(server.fingerprint()))))
          .isEqualTo("hello");
    }
  }

  @Test
  void aFileWithoutCertificatesIsSaid() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");

    assertThat(read(URI.create("https://127.0.0.1:9"), new HttpTrust.Authorities(empty)))
        .asString()
        .contains("no certificate in it");
  }
}
