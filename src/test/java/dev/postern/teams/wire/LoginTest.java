package dev.postern.teams.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.fake.Mishap;
import dev.postern.teams.FakeEntra;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
  private volatile Instant now = Instant.parse("2026-11-24T07:03:20Z");
  private final FakeEntra entra = new FakeEntra(() -> now);
  private final Courier courier = new Courier();
  private final Login login = login(new Credential.Secret(FakeEntra.SECRET));

  private Login login(Credential credential) {
    return new Login(
        new Registration(FakeEntra.APP, FakeEntra.TENANT, entra.loginUrl(), credential),
        courier,
        () -> now);
  }

  @AfterEach
  void close() {
    courier.close();
    entra.close();
  }

  private static String token(Login login) throws SurfaceTrouble {
    return login.token(Deadline.in(Duration.ofSeconds(5)));
  }

  private SurfaceTrouble trouble() {
    return trouble(login);
  }

  private static SurfaceTrouble trouble(Login login) {
    SurfaceTrouble trouble = catchThrowableOfType(SurfaceTrouble.class, () -> token(login));
    assertThat(trouble).isNotNull();
    assertThat(trouble).hasMessageNotContaining(FakeEntra.SECRET).hasNoCause();
    return trouble;
  }

  private int asks() {
    return entra.http.asks.size();
  }

  @Test
  void theSecretBringsATokenForTheBotConnector() throws SurfaceTrouble {
    assertThat(entra.refusal("Bearer " + token(login))).isEmpty();
  }

  @Test
  void aTokenIsKeptUntilFiveMinutesBeforeItsEnd() throws SurfaceTrouble {
    String first = token(login);
    now = now.plusSeconds(entra.secondsOfLife).minus(Duration.ofMinutes(5)).minusSeconds(1);

    assertThat(token(login)).isEqualTo(first);
    assertThat(asks()).isEqualTo(1);
  }

  @Test
  void theOldTokenServesWhileANewOneIsFetched() throws Exception {
    String first = token(login);
    now = now.plusSeconds(entra.secondsOfLife).minus(Duration.ofMinutes(4));
    CountDownLatch gate = entra.http.shut();

    assertThat(List.of(token(login), token(login), token(login))).containsOnly(first);

    gate.countDown();
    now = now.plus(Duration.ofMinutes(4));
    String second = token(login);
    assertThat(second).isNotEqualTo(first);
    assertThat(asks()).isEqualTo(2);
  }

  @Test
  void theOldTokenServesWhileEntraIsAway() throws SurfaceTrouble {
    String first = token(login);
    entra.http.always(FakeEntra.TOKEN, Mishap.SERVER_ERROR);
    now = now.plusSeconds(entra.secondsOfLife).minus(Duration.ofMinutes(4));

    assertThat(token(login)).isEqualTo(first);
    now = now.plus(Duration.ofMinutes(4));
    assertThat(trouble().kind()).isEqualTo(Kind.AWAY);
  }

  @Test
  void fiftyWhoNeedATokenAtOnceWaitForOneRequest() throws Exception {
    CountDownLatch gate = entra.http.shut();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> one = () -> token(login);
      List<Future<String>> all = Stream.generate(() -> threads.submit(one)).limit(50).toList();
      gate.countDown();
      String token = all.getFirst().get();
      for (Future<String> each : all) {
        assertThat(each.get()).isEqualTo(token);
      }
    }
    assertThat(asks()).isEqualTo(1);
  }

  @Test
  void aTokenThatWasRefusedIsNotUsedAgain() throws SurfaceTrouble {
    String first = token(login);
    login.refused(first);
    String second = token(login);
    login.refused(first);

    assertThat(second).isNotEqualTo(first);
    assertThat(token(login)).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          700016  | Application (client) ID
          7000215 | not the secret's ID
          7000222 | has expired
          7000112 | the app is disabled
          90002   | there is no such tenant
          900023  | there is no such tenant
          90038   | another cloud
          65001   | Grant admin consent
          500011  | Grant admin consent
          50034   | teams.tenant-id
          700027  | Upload teams.app-certificate
          700024  | clock
          70021   | Federated credentials
          700211  | issuer
          700213  | subject
          530032  | Conditional Access
          1000031 | https://login.microsoftonline.com/error?code=1000031
          """)
  void whatEntraRefusesIsSaidWithItsMend(int code, String mend) {
    entra.refuse(code);

    SurfaceTrouble trouble = trouble();

    assertThat(trouble.kind()).isEqualTo(Kind.CLOSED);
    assertThat(trouble).hasMessageContaining("AADSTS" + code).hasMessageContaining(mend);
  }

  @ParameterizedTest
  @ValueSource(ints = {90033, 90055, 50000})
  void whatPassesIsNotForMending(int code) {
    entra.refuse(code);

    assertThat(trouble().kind()).isEqualTo(Kind.AWAY);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"RATE_LIMITED", "UNAVAILABLE", "SERVER_ERROR", "BAD_GATEWAY"})
  void whenEntraIsBusyItIsLeftAloneForAsLongAsItAsks(Mishap mishap) throws SurfaceTrouble {
    entra.http.order(FakeEntra.TOKEN, mishap);

    assertThat(trouble().asked()).contains(Duration.ofSeconds(7));
    now = now.plusSeconds(6);
    assertThat(trouble().kind()).isEqualTo(Kind.AWAY);
    assertThat(asks()).isEqualTo(1);

    now = now.plusSeconds(1);
    assertThat(token(login)).isNotEmpty();
  }

  @Test
  void afterAMistakeEntraIsAskedAgainInAFewSeconds() throws SurfaceTrouble {
    entra.refuse(7000215);
    trouble();
    trouble();
    assertThat(asks()).isEqualTo(1);

    now = now.plusSeconds(5);
    assertThat(token(login)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"LOST_ANSWER", "RESET", "REDIRECT", "GIBBERISH", "FLOOD"})
  void whatIsNotEntrasAnswerIsTrouble(Mishap mishap) {
    entra.http.order(FakeEntra.TOKEN, mishap);

    assertThat(trouble()).hasMessageContaining("teams.login-url");
    assertThat(entra.http.errands()).doesNotContain("");
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"SILENCE", "STUCK"})
  void P16_nobodyWaitsForASilentEntra(Mishap mishap) {
    entra.http.order(FakeEntra.TOKEN, mishap);

    SurfaceTrouble trouble =
        catchThrowableOfType(
            SurfaceTrouble.class, () -> login.token(Deadline.in(Duration.ofMillis(100))));

    assertThat(trouble.kind()).isEqualTo(Kind.AWAY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{'token_type':'Bearer','expires_in':3599}",
        "{'token_type':'mac','expires_in':3599,'access_token':'x'}",
        "{'token_type':'Bearer','expires_in':0,'access_token':'x'}",
        "{'token_type':'Bearer','expires_in':3599,'access_token':'x\\r\\nEvil: 1'}",
        "{'token_type':'Bearer','expires_in':3599,'access_token':null}"
      })
  void whatIsNoTokenIsNotTakenForOne(String answer) {
    assertThat(bearer(answer)).isEmpty();
  }

  @Test
  void aShortLifeIsHalvedAndAnEndlessOneCut() {
    assertThat(bearer("{'token_type':'Bearer','expires_in':'60','access_token':'x'}"))
        .hasValueSatisfying(it -> assertThat(it.renew()).isEqualTo(now.plusSeconds(30)));
    assertThat(bearer("{'token_type':'Bearer','expires_in':9e18,'access_token':'x'}"))
        .hasValueSatisfying(it -> assertThat(it.until()).isBefore(now.plus(Duration.ofDays(3))));
  }

  private Optional<Bearer> bearer(String answer) {
    return Bearer.parse(
        Courier.json(answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), now);
  }

  @Test
  void P14_nothingPrintsTheSecretOrTheToken() throws SurfaceTrouble {
    Credential secret = new Credential.Secret(FakeEntra.SECRET);
    Registration app =
        new Registration(FakeEntra.APP, FakeEntra.TENANT, URI.create("https://login/"), secret);
    String token = token(login);
    Bearer bearer = new Bearer(token, now, now);

    assertThat(secret + " " + app + " " + bearer)
        .doesNotContain(FakeEntra.SECRET)
        .doesNotContain(token);
  }
}
