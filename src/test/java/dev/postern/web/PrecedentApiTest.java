package dev.postern.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.policy.Past;
import dev.postern.policy.Policy;
import dev.postern.policy.Precedent;
import dev.postern.policy.Precedents;
import dev.postern.policy.ShadowBook;
import dev.postern.policy.ShadowRule;
import io.javalin.Javalin;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrecedentApiTest {
  private static final Instant NOW = Instant.parse("2026-11-26T07:00:00Z");

  private final List<Precedents.Span> asked = new ArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private CountDownLatch mayEnd = new CountDownLatch(0);
  private final Precedents past =
      new Precedents() {
        @Override
        public long count(Span when) {
          asked.add(when);
          return 300;
        }

        @Override
        public void each(Span when, Taker taker) {
          begun.countDown();
          try {
            mayEnd.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          Past.cases(300).forEach(taker::take);
          taker.unreadable("PN-9999-9999", "evidence is not JSON");
        }
      };
  private final Javalin server =
      Javalin.create(
              config -> {
                config.startup.showJavalinBanner = false;
                new PrecedentApi(
                        new AccessTokens(
                            Map.of("of-mara", Running.MARA, "of-jonas", Running.JONAS)),
                        past,
                        ShadowBook.NONE,
                        Policy::builtIn,
                        () -> NOW)
                    .register(config.routes);
              })
          .start("127.0.0.1", 0);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    mayEnd.countDown();
    server.stop();
    client.close();
  }

  private HttpResponse<byte[]> get(String token, String query) {
    return sent(token, query).join();
  }

  private CompletableFuture<HttpResponse<byte[]>> sent(String token, String query) {
    URI at = URI.create("http://127.0.0.1:" + server.port() + "/v1/policy/precedents" + query);
    HttpRequest request =
        HttpRequest.newBuilder(at).header("Authorization", "Bearer " + token).build();
    return client.sendAsync(request, BodyHandlers.ofByteArray());
  }

  private static List<String> read(byte[] frames) throws IOException {
    List<String> lines = new ArrayList<>();
    PrecedentFrames.read(
        new DataInputStream(new ByteArrayInputStream(frames)),
        opening -> {
          lines.add(opening.cases() + " " + opening.policy());
          return new Precedents.Taker() {
            @Override
            public void take(Precedent it) {
              lines.add(it.id());
            }

            @Override
            public void unreadable(String id, String why) {
              lines.add(id + " " + why);
            }
          };
        });
    return lines;
  }

  @Test
  void anAdministratorGetsAllCasesOfTheDays() throws Exception {
    HttpResponse<byte[]> given = get("of-mara", "?days=30");

    assertThat(given.statusCode()).isEqualTo(200);
    assertThat(read(given.body()))
        .hasSize(302)
        .startsWith("300 " + Policy.builtIn().version(), "PN-0000-0000", "PN-0000-0001")
        .endsWith("PN-0000-0299", "PN-9999-9999 evidence is not JSON");
    assertThat(asked).containsExactly(new Precedents.Span(NOW.minus(Duration.ofDays(30)), NOW));
  }

  @Test
  void whoMayNotReadAllCasesGetsNone() {
    assertThat(get("of-jonas", "?days=30").statusCode()).isEqualTo(403);
    assertThat(new String(get("of-jonas", "?days=30").body(), UTF_8))
        .contains("admins")
        .doesNotContain("PN-");
    assertThat(get("guessed", "?days=30").statusCode()).isEqualTo(401);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "?days=", "?days=0", "?days=-1", "?days=3651", "?days=9x", "?days=1e3"})
  void daysThatAreNoneAreRefusedByTheirField(String query) {
    HttpResponse<byte[]> refused = get("of-mara", query);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(new String(refused.body(), UTF_8)).contains("\"field\":\"days\"");
  }

  @Test
  void oneIsServedAtATime() throws Exception {
    mayEnd = new CountDownLatch(1);
    CompletableFuture<HttpResponse<byte[]>> first = sent("of-mara", "?days=9");
    begun.await();

    assertThat(get("of-mara", "?days=9").statusCode()).isEqualTo(409);
    mayEnd.countDown();
    assertThat(read(first.join().body())).hasSize(302);
    assertThat(get("of-mara", "?days=9").statusCode()).isEqualTo(200);
  }

  @Test
  void framesThatEndEarlyOrAreOthersAreNoResult() {
    byte[] whole = get("of-mara", "?days=9").body();
    for (int length = 0; length < whole.length; length += 97) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
    }
    byte[] other = whole.clone();
    other[whole.length - 1] = 'X';
    assertThatThrownBy(() -> read(other)).hasMessageContaining("another version");
  }

  @Test
  void whatIsKnownOfRulesInShadowIsForAdministrators() throws Exception {
    URI at = URI.create("http://127.0.0.1:" + server.port() + "/v1/policy/shadows");
    HttpRequest.Builder request = HttpRequest.newBuilder(at);
    HttpResponse<String> mara =
        client.send(
            request.copy().header("Authorization", "Bearer of-mara").build(),
            BodyHandlers.ofString());
    HttpResponse<String> jonas =
        client.send(
            request.copy().header("Authorization", "Bearer of-jonas").build(),
            BodyHandlers.ofString());

    assertThat(ShadowJson.read(new ObjectMapper().readTree(mara.body()))).isEmpty();
    assertThat(jonas.statusCode()).isEqualTo(403);
    assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }

  @Test
  void rulesInShadowAreReadAsTheyWereWritten_andNothingElseIs() throws Exception {
    List<ShadowRule> rules =
        List.of(
            new ShadowRule(
                "partner",
                "",
                "ab",
                Optional.of(NOW),
                new ShadowRule.Inline(3, 1_000_000_000_000L)),
            new ShadowRule("other", "", "cd", Optional.empty(), ShadowRule.Inline.NONE));
    ObjectMapper mapper = new ObjectMapper();

    assertThat(ShadowJson.read(mapper.readTree(ShadowJson.write(rules)))).isEqualTo(rules);
    for (String bad :
        List.of(
            "{\"rules\":[{}]}",
            "{\"rules\":[{\"rule\":\"a\",\"passed\":-1,\"refused\":0}]}",
            "{\"rules\":[{\"rule\":\"a\",\"passed\":1,\"refused\":0,\"since\":\"soon\"}]}")) {
      assertThatThrownBy(() -> ShadowJson.read(mapper.readTree(bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
