package dev.postern.teams.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.teams.EntraProofs.Trusted;
import dev.postern.teams.FakeEntra;
import dev.postern.teams.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {
  private static final Instant NOW = Instant.parse("2026-11-24T07:03:20Z");
  private static final TestCertificate PAIR = TestCertificate.until(NOW.plusSeconds(3600));
  private static final TestCertificate OTHER = TestCertificate.until(NOW.plusSeconds(3600));
  private static final String ISSUER = "https://cluster.corp.example";
  private static final String SUBJECT = "system:serviceaccount:mail:postern";

  @TempDir Path folder;

  private volatile Instant now = NOW;
  private final FakeEntra entra = new FakeEntra(() -> now);
  private final Courier courier = new Courier();

  @AfterEach
  void close() {
    courier.close();
    entra.close();
  }

  private void signIn(Credential credential) throws SurfaceTrouble {
    new Login(
            new Registration(FakeEntra.APP, FakeEntra.TENANT, entra.loginUrl(), credential),
            courier,
            () -> now)
        .check();
  }

  private SurfaceTrouble trouble(Credential credential) {
    SurfaceTrouble trouble = catchThrowableOfType(SurfaceTrouble.class, () -> signIn(credential));
    assertThat(trouble).isNotNull();
    return trouble;
  }

  private static Credential certificate(String pem, String key) {
    return new Credential.Certificate(CertifiedKey.parse(pem, key));
  }

  @Test
  void aCertificateThatWasUploadedSignsIn() throws SurfaceTrouble {
    entra.proofs.upload(PAIR.certificate());
    Credential credential = certificate(PAIR.pem(), PAIR.keyPem());

    signIn(credential);
    signIn(credential);

    assertThat(entra.http.asks).hasSize(2);
  }

  @Test
  void ofSeveralCertificatesTheOneOfTheKeyIsUsed() throws SurfaceTrouble {
    entra.proofs.upload(PAIR.certificate());

    signIn(certificate(OTHER.pem() + PAIR.pem(), PAIR.keyPem()));

    assertThat(entra.http.asks).hasSize(1);
  }

  @Test
  void aCertificateThatEntraDoesNotKnowIsSaidSo() {
    entra.proofs.upload(OTHER.certificate());

    assertThat(trouble(certificate(PAIR.pem(), PAIR.keyPem())))
        .hasMessageContaining("Upload teams.app-certificate");
  }

  @Test
  void aCertificateThatEndedIsSaidSoWithoutAskingEntra() {
    now = NOW.plus(Duration.ofHours(2));

    SurfaceTrouble trouble = trouble(certificate(PAIR.pem(), PAIR.keyPem()));

    assertThat(trouble.kind()).isEqualTo(Kind.CLOSED);
    assertThat(trouble).hasMessageContaining("teams.app-certificate ended on 2026-11-24T08:03:20Z");
    assertThat(entra.http.asks).isEmpty();
  }

  @Test
  void aClockThatIsWrongIsSaidSo() {
    entra.proofs.upload(PAIR.certificate());
    entra.clock = () -> NOW.plus(Duration.ofMinutes(40));

    assertThat(trouble(certificate(PAIR.pem(), PAIR.keyPem()))).hasMessageContaining("clock");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    assertThatThrownBy(() -> CertifiedKey.parse(PAIR.pem(), OTHER.keyPem()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("teams.app-key does not belong to teams.app-certificate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----"
      })
  void aKeyInAnotherFormIsRefusedWithTheWayToTurnIt(String key) {
    assertThatThrownBy(() -> CertifiedKey.parse(PAIR.pem(), key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA1024"})
  void aKeyThatEntraDoesNotTakeIsRefused(String kind) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.replaceFirst("\\d+", ""));
    generator.initialize(kind.equals("EC") ? 256 : 1024);
    String pem =
        TestCertificate.pem("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());

    assertThatThrownBy(() -> CertifiedKey.parse(PAIR.pem(), pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("teams.app-key")
        .hasMessageNotContaining(pem.substring(60, 100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nothing", "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----"})
  void whatIsNoCertificateIsRefused(String pem) {
    assertThatThrownBy(() -> CertifiedKey.parse(pem, PAIR.keyPem()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("teams.app-certificate");
  }

  @Test
  void oneProofIsEnough() {
    Optional<Path> file = Optional.of(folder.resolve("token"));

    assertThat(Credential.of("", "", "", Optional.empty())).isEmpty();
    assertThat(Credential.of("s3cr3t", "", "", Optional.empty()))
        .contains(new Credential.Secret("s3cr3t"));
    assertThat(Credential.of("", "", "", file)).contains(new Credential.Federated(file.get()));
    assertThat(Credential.of("", PAIR.pem(), PAIR.keyPem(), Optional.empty()))
        .contains(certificate(PAIR.pem(), PAIR.keyPem()));
  }

  @ParameterizedTest
  @CsvSource({
    "s3cr3t, c, k, '', teams.app-secret and teams.app-certificate are both set",
    "s3cr3t, '', '', t, teams.app-secret and teams.federated-token-file are both set",
    "'', c, k, t, teams.app-certificate and teams.federated-token-file are both set",
    "'', c, '', '', teams.app-certificate needs the key that belongs to it",
    "'', '', k, '', teams.app-key needs the certificate that belongs to it"
  })
  void twoProofsOrHalfAOneAreRefused(
      String secret, String certificate, String key, String file, String named) {
    Optional<Path> token = Optional.of(file).filter(it -> !it.isEmpty()).map(folder::resolve);

    assertThatThrownBy(() -> Credential.of(secret, certificate, key, token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(named);
  }

  @Test
  void P14_nothingPrintsTheKey() {
    CertifiedKey pair = CertifiedKey.parse(PAIR.pem(), PAIR.keyPem());

    assertThat(pair + " " + new Credential.Certificate(pair))
        .contains("serial=1267")
        .doesNotContain(pair.key().getPrivateExponent().toString())
        .doesNotContain("Exponent");
  }

  @Test
  void aFederatedTokenSignsInAndIsReadAnewEachTime() throws Exception {
    KeyPair cluster = trusted();
    Path file = folder.resolve("token");
    Credential credential = new Credential.Federated(file);
    Files.writeString(file, token(cluster, SUBJECT) + "\n");
    signIn(credential);

    Files.writeString(file, token(cluster, "system:serviceaccount:mail:other"));
    assertThat(trouble(credential)).hasMessageContaining("700213").hasMessageContaining("subject");

    Files.writeString(file, token(cluster, SUBJECT));
    signIn(credential);
  }

  @Test
  void aFederatedTokenThatNobodyTrustsIsSaidSo() throws Exception {
    Path file = folder.resolve("token");
    Files.writeString(file, token(KeyPairGenerator.getInstance("RSA").generateKeyPair(), SUBJECT));

    assertThat(trouble(new Credential.Federated(file)))
        .hasMessageContaining("700211")
        .hasMessageContaining("issuer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a token", "a.b", "a.b.c\r\nclient_id=x"})
  void whatIsNoTokenIsNotSent(String content) throws IOException {
    Path file = folder.resolve("token");
    Files.writeString(file, content);

    assertThat(trouble(new Credential.Federated(file)))
        .hasMessageContaining("teams.federated-token-file holds no token");
    assertThat(entra.http.asks).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    assertThat(trouble(new Credential.Federated(folder.resolve("none"))))
        .hasMessageContaining("teams.federated-token-file cannot be read (NoSuchFileException)");
  }

  @Test
  void aFileThatIsTooLargeForATokenIsNotRead() throws IOException {
    Path file = folder.resolve("token");
    Files.writeString(file, "a".repeat(70_000));

    assertThat(trouble(new Credential.Federated(file))).hasMessageContaining("too large");
  }

  private KeyPair trusted() throws Exception {
    KeyPair cluster = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    entra.proofs.federated =
        Optional.of(new Trusted(ISSUER, SUBJECT, (RSAPublicKey) cluster.getPublic()));
    return cluster;
  }

  private static String token(KeyPair cluster, String subject) throws JOSEException {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject(subject)
            .audience("api://AzureADTokenExchange")
            .notBeforeTime(Date.from(NOW))
            .expirationTime(Date.from(NOW.plusSeconds(3600)))
            .build();
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
    token.sign(new RSASSASigner(cluster.getPrivate()));
    return token.serialize();
  }
}
