package dev.postern.teams.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.teams.BotKey;
import dev.postern.teams.BotTokens;
import dev.postern.teams.FakeMetadata;
import dev.postern.teams.door.Doors.StandingClock;
import dev.postern.teams.door.Verdict.Genuine;
import dev.postern.teams.door.Verdict.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each request differs from one that is believed in one thing. */
class ForgedTokenTest {
  private static final BotKey KEY = BotKey.named("current");
  private static final BotKey STRANGER = BotKey.named("stranger");
  private static final BotKey WEBCHAT = BotKey.named("webchat-only").endorsing("webchat");
  private static final BotKey BARE = BotKey.named("bare").endorsing();
  private static final BotKey SHORT =
      new BotKey("short", BotKey.pairOf("short", 1024), List.of("msteams"));

  private static final StandingClock CLOCK = new StandingClock();
  private static final FakeMetadata METADATA =
      new FakeMetadata().publish(KEY, WEBCHAT, BARE, SHORT);
  private static final DoorCheck DOOR = Doors.door(METADATA.configuration(), CLOCK);

  record Variant(String name, int status, Consumer<BotTokens> forge) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void theGoodOneIsBelieved() {
    assertThat(verdict(good())).isInstanceOf(Genuine.class);
  }

  @AfterAll
  static void close() {
    DOOR.close();
    METADATA.close();
  }

  private static BotTokens good() {
    return BotTokens.good(KEY, CLOCK.instant());
  }

  private static Verdict verdict(BotTokens sent) {
    return DOOR.check(sent.authorization(), sent.octets());
  }

  @Test
  void theTableIsLong() {
    assertThat(forged().map(Variant::name)).hasSizeGreaterThan(75).doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forged")
  void whatIsForgedIsRefusedAndTheNextGoodOneIsNot(Variant variant) {
    BotTokens sent = good();
    variant.forge().accept(sent);

    assertThat(verdict(sent))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(variant.status());
              assertThat(refused.reason()).matches(".*[.?]").doesNotContain("evil", "stranger");
            });
    assertThat(verdict(good())).isInstanceOf(Genuine.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void whatMayDifferIsBelieved(Variant variant) {
    BotTokens sent = good();
    variant.forge().accept(sent);

    assertThat(verdict(sent)).isInstanceOf(Genuine.class);
  }

  @Test
  void theAddressToAnswerAtIsTheTokens() {
    BotTokens sent = good();
    sent.activity.put("serviceUrl", "HTTPS://smba.trafficmanager.net/EMEA");

    assertThat(verdict(sent))
        .isInstanceOfSatisfying(
            Genuine.class,
            genuine ->
                assertThat(genuine.activity().serviceUrl()).hasToString(BotTokens.SERVICE_URL));
  }

  private static Stream<Variant> forged() {
    List<Variant> all = new ArrayList<>();
    all.addAll(headers());
    all.addAll(signatures());
    all.addAll(claims());
    all.addAll(places());
    all.addAll(activities());
    return all.stream();
  }

  private static List<Variant> headers() {
    return List.of(
        bad("no Authorization", 401, s -> s.headers = _ -> List.of()),
        bad("two of them", 401, s -> s.headers = t -> List.of("Bearer " + t, "Bearer " + t)),
        bad("two in one", 401, s -> s.headers = t -> List.of("Bearer " + t + ", Bearer " + t)),
        bad("another scheme", 401, s -> s.headers = t -> List.of("Basic " + t)),
        bad("no scheme", 401, s -> s.headers = List::of),
        bad("no token", 401, s -> s.afterwards = _ -> ""),
        bad("two parts", 401, s -> s.afterwards = t -> t.substring(0, t.lastIndexOf('.'))),
        bad("four parts", 401, s -> s.afterwards = t -> t + ".x"),
        bad("padded", 401, s -> s.afterwards = t -> t + "=="),
        bad("a stray sign", 401, s -> s.afterwards = t -> t + "*"),
        bad("a header that is no JSON", 401, s -> s.afterwards = t -> "e" + t),
        bad("too long", 401, s -> s.claims.put("more", "x".repeat(9_000))),
        bad("algorithm none", 401, s -> s.header.put("alg", "none")),
        bad("algorithm nOnE", 401, s -> s.header.put("alg", "nOnE")),
        bad("no algorithm", 401, s -> s.header.remove("alg")),
        bad("no key id", 401, s -> s.header.remove("kid")),
        bad("a blank key id", 401, s -> s.header.put("kid", " ")),
        bad("an unknown key id", 401, s -> s.header.put("kid", "evil")),
        bad("another kind of token", 401, s -> s.header.put("typ", "at+jwt")),
        bad("something critical", 401, s -> s.header.putArray("crit").add("exp")),
        bad("a payload that is not encoded", 401, s -> s.header.put("b64", false)));
  }

  private static List<Variant> signatures() {
    return List.of(
        bad(
            "none, and no signature",
            401,
            s -> {
              s.header.put("alg", "none");
              s.signer = _ -> new byte[0];
            }),
        bad("no signature", 401, s -> s.signer = _ -> new byte[0]),
        bad(
            "HS256 by the public key",
            401,
            s -> signed(s, "HS256", o -> BotTokens.mac(KEY.pair().getPublic().getEncoded(), o))),
        bad("PS256", 401, s -> signed(s, "PS256", o -> rsa("RSASSA-PSS", o))),
        bad("RS384", 401, s -> signed(s, "RS384", o -> rsa("SHA384withRSA", o))),
        bad("RS512", 401, s -> signed(s, "RS512", o -> rsa("SHA512withRSA", o))),
        bad("RS256 that is by SHA-1", 401, s -> s.signer = o -> rsa("SHA1withRSA", o)),
        bad(
            "ES256",
            401,
            s ->
                signed(
                    s,
                    "ES256",
                    o -> BotTokens.sign("SHA256withECDSAinP1363Format", BotTokens.elliptic(), o))),
        bad("a stranger's, by our name", 401, s -> s.signer = ForgedTokenTest::byStranger),
        bad("another of Microsoft's keys", 401, s -> s.header.put("kid", WEBCHAT.id())),
        bad(
            "a stranger's, who brings the key",
            401,
            s -> {
              s.header.set("jwk", STRANGER.published());
              s.signer = ForgedTokenTest::byStranger;
            }),
        bad(
            "a stranger's, who says where the key is",
            401,
            s -> {
              s.header.put("jku", "https://evil.example/keys");
              s.signer = ForgedTokenTest::byStranger;
            }),
        bad(
            "a key that is too short",
            401,
            s -> {
              s.header.put("kid", SHORT.id());
              s.signer = o -> BotTokens.sign("SHA256withRSA", SHORT.pair(), o);
            }),
        bad("changed afterwards", 401, s -> s.afterwards = ForgedTokenTest::otherClaims),
        bad(
            "a flipped bit",
            401,
            s ->
                s.signer =
                    o -> {
                      byte[] signature = rsa("SHA256withRSA", o);
                      signature[0] ^= 1;
                      return signature;
                    }));
  }

  private static List<Variant> claims() {
    long now = CLOCK.instant().getEpochSecond();
    String tenant = "d6d49420-f39b-4df7-a1dc-d59a935871db";
    return List.of(
        bad("the emulator", 401, issuer("https://sts.windows.net/" + tenant + "/")),
        bad(
            "the new emulator",
            401,
            issuer("https://login.microsoftonline.com/" + tenant + "/v2.0")),
        bad(
            "our own tenant",
            401,
            issuer("https://login.microsoftonline.com/" + BotTokens.TENANT + "/v2.0")),
        bad("the government's cloud", 401, issuer("https://api.botframework.us")),
        bad("the issuer with a slash", 401, issuer("https://api.botframework.com/")),
        bad("the issuer in capitals", 401, issuer("https://API.botframework.com")),
        bad("no issuer", 401, s -> s.claims.remove("iss")),
        bad(
            "a list of issuers",
            401,
            s -> s.claims.putArray("iss").add("https://api.botframework.com")),
        bad("another app", 401, s -> s.claims.put("aud", Doors.OTHER_TENANT)),
        bad("the service's own audience", 401, s -> s.claims.put("aud", TokenCheck.ISSUER)),
        bad("no audience", 401, s -> s.claims.remove("aud")),
        bad("several audiences", 401, s -> s.claims.putArray("aud").add(BotTokens.APP).add("x")),
        bad("expired", 401, s -> s.claims.put("exp", now - 301)),
        bad("without an end", 401, s -> s.claims.remove("exp")),
        bad("an end in words", 401, s -> s.claims.put("exp", String.valueOf(now + 60))),
        bad("an end beyond numbers", 401, s -> s.claims.put("exp", 1e300)),
        bad("an end before time", 401, s -> s.claims.put("exp", -1)),
        bad("not yet", 401, s -> s.claims.put("nbf", now + 301)),
        bad("a beginning in words", 401, s -> s.claims.put("nbf", "now")),
        bad("milliseconds", 401, s -> s.claims.put("nbf", now * 1000)));
  }

  private static List<Variant> places() {
    return List.of(
        bad("no serviceurl claim", 403, s -> s.claims.remove("serviceurl")),
        bad("another serviceurl claim", 403, claimed("https://smba.trafficmanager.net/amer/")),
        bad("a serviceurl claim above", 403, claimed("https://smba.trafficmanager.net/")),
        bad("a serviceurl claim that is none", 403, claimed("emea")),
        bad("no serviceUrl", 403, s -> s.activity.remove("serviceUrl")),
        bad("another serviceUrl", 403, told("https://smba.trafficmanager.net/amer/")),
        bad("a stranger's serviceUrl", 403, told("https://evil.example/emea/")),
        bad("both a stranger's", 403, both("https://evil.example/emea/")),
        bad("a longer host", 403, both("https://smba.trafficmanager.net.evil.example/")),
        bad("a host as user", 403, both("https://smba.trafficmanager.net@evil.example/")),
        bad("a host as user and word", 403, both("https://smba.trafficmanager.net:x@evil.example")),
        bad("another port", 403, both("https://smba.trafficmanager.net:8443/emea/")),
        bad("not encrypted", 403, both("http://smba.trafficmanager.net/emea/")),
        bad("dots", 403, both("https://smba.trafficmanager.net/emea/../x/")),
        bad("dots in disguise", 403, both("https://smba.trafficmanager.net/emea/%2e%2e/")),
        bad("a question", 403, both("https://smba.trafficmanager.net/emea/?x=/")),
        bad("a fragment", 403, both("https://smba.trafficmanager.net/emea/#/")),
        bad("a backslash", 403, both("https://evil.example\\@smba.trafficmanager.net/")),
        bad("a file", 403, both("file:///etc/passwd")),
        bad("a key for another channel", 403, s -> by(s, WEBCHAT)),
        bad("a key for no channel", 403, s -> by(s, BARE)));
  }

  private static List<Variant> activities() {
    return List.of(
        bad("another channel", 403, s -> s.activity.put("channelId", "webchat")),
        bad("the channel in capitals", 403, s -> s.activity.put("channelId", "MSTEAMS")),
        bad("no channel", 403, s -> s.activity.remove("channelId")),
        bad("another tenant", 403, s -> tenants(s, "11111111-2222-4333-8444-555555555555")),
        bad("no tenant", 403, s -> tenants(s, null)),
        bad("the channel data's tenant", 403, s -> channelTenant(s).put("id", Doors.OTHER_TENANT)),
        bad(
            "the conversation's tenant",
            403,
            s -> ((ObjectNode) s.activity.get("conversation")).put("tenantId", "evil")),
        bad("a list of tenants", 403, s -> channelTenant(s).putArray("id").add(BotTokens.TENANT)),
        bad("no id", 400, s -> s.activity.remove("id")),
        bad("an id that is a number", 400, s -> s.activity.put("id", 7)),
        bad("an endless id", 400, s -> s.activity.put("id", "7".repeat(2_000))),
        bad("no type", 400, s -> s.activity.put("type", " ")),
        bad(
            "no conversation",
            400,
            s -> ((ObjectNode) s.activity.get("conversation")).remove("id")),
        bad("an empty body", 400, s -> s.body = _ -> ""),
        bad("a list", 400, s -> s.body = text -> "[" + text + "]"),
        bad("two activities", 400, s -> s.body = text -> text + text),
        bad("half an activity", 400, s -> s.body = text -> text.substring(0, 90)),
        bad(
            "a name that comes twice",
            400,
            s -> s.body = text -> text.replaceFirst("[{]", "{\"channelId\":\"webchat\",")),
        bad(
            "a deep body",
            400,
            s ->
                s.body =
                    text ->
                        text.replaceFirst(
                            "[{]", "{\"value\":" + "[".repeat(200) + "]".repeat(200) + ",")));
  }

  private static Stream<Variant> harmless() {
    long now = CLOCK.instant().getEpochSecond();
    return Stream.of(
        bad("a scheme in small letters", 0, s -> s.headers = t -> List.of("bearer  " + t)),
        bad("just expired", 0, s -> s.claims.put("exp", now - 300)),
        bad("almost yet", 0, s -> s.claims.put("nbf", now + 300)),
        bad("without a beginning", 0, s -> s.claims.remove("nbf")),
        bad("without a kind", 0, s -> s.header.remove("typ")),
        bad("no slash in the claim", 0, claimed("https://smba.trafficmanager.net/emea")),
        bad("no slash in the activity", 0, told("https://smba.trafficmanager.net/emea")),
        bad("capitals", 0, told("https://SMBA.trafficmanager.net/EMEA/")),
        bad("the top", 0, both("https://smba.trafficmanager.net")),
        bad("a further tenant", 0, s -> tenants(s, Doors.OTHER_TENANT)),
        bad("no channel data", 0, s -> s.activity.remove("channelData")),
        bad(
            "no tenant in the conversation",
            0,
            s -> ((ObjectNode) s.activity.get("conversation")).remove("tenantId")),
        bad("a claim that is new", 0, s -> s.claims.putObject("more").put("x", 1)));
  }

  private static Variant bad(String name, int status, Consumer<BotTokens> forge) {
    return new Variant(name, status, forge);
  }

  private static Consumer<BotTokens> issuer(String name) {
    return sent -> sent.claims.put("iss", name);
  }

  private static Consumer<BotTokens> claimed(String address) {
    return sent -> sent.claims.put("serviceurl", address);
  }

  private static Consumer<BotTokens> told(String address) {
    return sent -> sent.activity.put("serviceUrl", address);
  }

  private static Consumer<BotTokens> both(String address) {
    return claimed(address).andThen(told(address));
  }

  private static void by(BotTokens sent, BotKey key) {
    sent.header.put("kid", key.id());
    sent.signer = octets -> BotTokens.sign("SHA256withRSA", key.pair(), octets);
  }

  private static void signed(BotTokens sent, String algorithm, UnaryOperator<byte[]> signer) {
    sent.header.put("alg", algorithm);
    sent.signer = signer;
  }

  private static byte[] rsa(String algorithm, byte[] octets) {
    return BotTokens.sign(algorithm, KEY.pair(), octets);
  }

  private static byte[] byStranger(byte[] octets) {
    return BotTokens.sign("SHA256withRSA", STRANGER.pair(), octets);
  }

  private static String otherClaims(String token) {
    String[] parts = token.split("[.]");
    byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
    String more = new String(claims, StandardCharsets.UTF_8);
    parts[1] = BotTokens.encoded(more.replaceFirst("[{]", "{\"more\":1,"));
    return String.join(".", Arrays.asList(parts));
  }

  private static ObjectNode channelTenant(BotTokens sent) {
    return (ObjectNode) sent.activity.at("/channelData/tenant");
  }

  private static void tenants(BotTokens sent, @Nullable String tenant) {
    channelTenant(sent).put("id", tenant);
    ((ObjectNode) sent.activity.get("conversation")).put("tenantId", tenant);
  }
}
