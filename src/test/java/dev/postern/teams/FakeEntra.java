package dev.postern.teams;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.postern.fake.FakeHttp;
import dev.postern.fake.FakeHttp.Answer;
import dev.postern.fake.FakeHttp.Ask;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Entra's token endpoint for one app in one tenant, as strict as its documents: the grant, the
 * scope, every field, the secret or the proof. Its errors are Entra's. It knows the tokens it gave.
 */
public final class FakeEntra implements AutoCloseable {
  public static final String APP = "3f9c1a20-5b7d-4c1e-9a41-0d6f1f2a7b11";
  public static final String TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
  public static final String SECRET = "FAKE~secret.of-the-test-app_0123456789";

  /** The one errand of the service. */
  public static final String TOKEN = "token";

  private static final String BOT_SERVICE = "https://api.botframework.com";
  private static final String EXCHANGE = "https://outlook.office365.com";
  private static final String GRAPH = "https://graph.microsoft.com";
  private static final KeyPair KEY = pair();

  /** What goes wrong, and what came. */
  public final FakeHttp http;

  /** Client secrets of the app. */
  public final Set<String> secrets = ConcurrentHashMap.newKeySet();

  /** What the app's certificates and federated credentials prove. */
  public final EntraProofs proofs = new EntraProofs();

  public volatile InstantSource clock;
  public volatile long secondsOfLife = 3599;

  private final Set<String> given = ConcurrentHashMap.newKeySet();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();

  public FakeEntra(InstantSource clock) {
    this.clock = clock;
    secrets.add(SECRET);
    http = new FakeHttp(new Endpoint());
  }

  /** For {@code teams.login-url}. */
  public URI loginUrl() {
    return URI.create(http.origin() + "/");
  }

  /** The next request is refused with that code. */
  public void refuse(int code) {
    http.refuse(TOKEN, 401, String.valueOf(code));
  }

  /** No token that was given until now is good any more. */
  public void revokeAll() {
    revoked.addAll(given);
  }

  /** Why the Bot Connector would not take that header; empty when it would. */
  public Optional<String> refusal(String authorization) {
    return refusal(authorization, BOT_SERVICE);
  }

  /** The same for Microsoft Graph. */
  Optional<String> refusalByGraph(String authorization) {
    return refusal(authorization, GRAPH);
  }

  /** The same for Exchange Online. */
  public Optional<String> refusalByExchange(String authorization) {
    return refusal(authorization, EXCHANGE);
  }

  private Optional<String> refusal(String authorization, String service) {
    if (!authorization.startsWith("Bearer ")) {
      return Optional.of("no bearer token");
    }
    String token = authorization.substring("Bearer ".length());
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      Instant now = clock.instant();
      if (!jwt.verify(new RSASSAVerifier((RSAPublicKey) KEY.getPublic()))) {
        return Optional.of("not signed by Entra");
      }
      if (!claims.getAudience().equals(List.of(service))) {
        return Optional.of("for another service");
      }
      if (claims.getExpirationTime().toInstant().isBefore(now)
          || claims.getNotBeforeTime().toInstant().isAfter(now)) {
        return Optional.of("out of its time");
      }
      if (!APP.equals(claims.getStringClaim("appid")) || revoked.contains(token)) {
        return Optional.of("not this app's, or revoked");
      }
      return Optional.empty();
    } catch (ParseException | JOSEException noToken) {
      return Optional.of("no token");
    }
  }

  private final class Endpoint implements FakeHttp.Service {
    @Override
    public String errand(String method, List<String> path) {
      boolean endpoint =
          path.size() == 4 && path.subList(1, 4).equals(List.of("oauth2", "v2.0", TOKEN));
      return endpoint && method.equals("POST") ? TOKEN : "";
    }

    @Override
    public Answer perform(Ask ask) {
      if (ask.errand().isEmpty()) {
        return new Answer(404, "");
      }
      Map<String, String> form = FakeHttp.fields(ask.body());
      String type = String.valueOf(ask.headers().getFirst("Content-Type"));
      if (!type.startsWith("application/x-www-form-urlencoded") || !ask.query().isEmpty()) {
        return refusal(400, "900144");
      }
      if (!ask.path().getFirst().equals(TENANT)) {
        return refusal(400, "90002");
      }
      if (!APP.equals(form.get("client_id"))) {
        return refusal(400, "700016");
      }
      if (!"client_credentials".equals(form.get("grant_type"))) {
        return refusal(400, "70003");
      }
      String scope = form.getOrDefault("scope", "");
      if (!Set.of(BOT_SERVICE + "/.default", GRAPH + "/.default", EXCHANGE + "/.default")
          .contains(scope)) {
        return refusal(400, "70011");
      }
      int wrong = proof(form, ask);
      return wrong > 0
          ? refusal(401, String.valueOf(wrong))
          : new Answer(200, given(scope.replace("/.default", "")).toString());
    }

    private int proof(Map<String, String> form, Ask ask) {
      boolean secret = form.containsKey("client_secret");
      boolean assertion = form.containsKey("client_assertion");
      int known = 3 + (secret ? 1 : 0) + (assertion ? 2 : 0);
      if (secret == assertion || form.size() != known) {
        return 7000218;
      }
      if (secret) {
        return secrets.contains(form.get("client_secret")) ? 0 : 7000215;
      }
      if (!"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
          .equals(form.get("client_assertion_type"))) {
        return 7000218;
      }
      URI here = loginUrl().resolve(String.join("/", ask.path()));
      return proofs.wrong(form.getOrDefault("client_assertion", ""), here, clock.instant());
    }

    /** learn.microsoft.com, "Handling error codes in your application". */
    @Override
    public Answer refusal(int status, String code) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("error", status == 401 ? "invalid_client" : "invalid_request");
      body.put(
          "error_description",
          "AADSTS%s: what Entra says may quote %s.\r\nTrace ID: 0".formatted(code, SECRET));
      if (code.matches("\\d+")) {
        body.putArray("error_codes").add(Integer.parseInt(code));
        body.put("error_uri", "https://login.microsoftonline.com/error?code=" + code);
      }
      return new Answer(status, body.toString());
    }
  }

  private ObjectNode given(String audience) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .audience(audience)
            .issuer("https://sts.windows.net/" + TENANT + "/")
            .claim("appid", APP)
            .claim("tid", TENANT)
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(secondsOfLife)))
            .build();
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
      token.sign(new RSASSASigner(KEY.getPrivate()));
      String text = token.serialize();
      given.add(text);
      return JsonNodeFactory.instance
          .objectNode()
          .put("token_type", "Bearer")
          .put("expires_in", secondsOfLife)
          .put("ext_expires_in", secondsOfLife)
          .put("access_token", text);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
