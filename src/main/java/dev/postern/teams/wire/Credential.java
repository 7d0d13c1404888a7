package dev.postern.teams.wire;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** By what the app proves to Entra that it is the app. None of them prints what is secret. */
public sealed interface Credential {

  /**
   * The fields of a token request that prove it.
   *
   * @param appId the app's client id
   * @param audience the address that the request goes to
   * @param now the time
   * @throws Unusable when what was configured cannot be used, or not any more
   */
  Map<String, String> fields(String appId, URI audience, Instant now) throws Unusable;

  /**
   * Whichever of the three was set.
   *
   * @param secret {@code teams.app-secret}; empty for none
   * @param certificate {@code teams.app-certificate}; empty for none
   * @param key {@code teams.app-key}; empty for none
   * @param token {@code teams.federated-token-file}
   * @return empty when none is set
   * @throws IllegalArgumentException naming the setting first, what is wrong and how to mend it
   */
  static Optional<Credential> of(
      String secret, String certificate, String key, Optional<Path> token) {
    List<String> set =
        Stream.of(
                secret.isEmpty() ? "" : "teams.app-secret",
                (certificate + key).isEmpty() ? "" : "teams.app-certificate",
                token.isEmpty() ? "" : "teams.federated-token-file")
            .filter(it -> !it.isEmpty())
            .toList();
    if (set.size() > 1) {
      throw new IllegalArgumentException(String.join(" and ", set) + " are both set: keep one");
    }
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new IllegalArgumentException(
          certificate.isEmpty()
              ? "teams.app-key needs the certificate that belongs to it: set teams.app-certificate"
              : "teams.app-certificate needs the key that belongs to it: set teams.app-key");
    }
    if (!secret.isEmpty()) {
      return Optional.of(new Secret(secret));
    }
    return certificate.isEmpty()
        ? token.map(Federated::new)
        : Optional.of(new Certificate(CertifiedKey.parse(certificate, key)));
  }

  /** What was configured cannot be used; the message says how to mend it, and no secret. */
  final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  /**
   * A client secret.
   *
   * @param text {@code teams.app-secret}
   */
  record Secret(String text) implements Credential {
    @Override
    public Map<String, String> fields(String appId, URI audience, Instant now) {
      return Map.of("client_secret", text);
    }

    @Override
    public String toString() {
      return "Secret[]";
    }
  }

  /**
   * A certificate that was uploaded to the app registration, and its key.
   *
   * @param pair {@code teams.app-certificate} and {@code teams.app-key}
   */
  record Certificate(CertifiedKey pair) implements Credential {
    @Override
    public Map<String, String> fields(String appId, URI audience, Instant now) throws Unusable {
      Instant end = pair.certificate().getNotAfter().toInstant();
      if (now.isAfter(end)) {
        throw new Unusable(
            "teams.app-certificate ended on %s: make a new one, upload it to the app registration"
                    .formatted(end)
                + " and set teams.app-certificate and teams.app-key to it.");
      }
      try {
        return assertion(pair.assertion(appId, audience, now));
      } catch (JOSEException unsigned) {
        throw new Unusable(
            "teams.app-key cannot sign: " + unsigned.getClass().getSimpleName() + ".");
      }
    }
  }

  /**
   * A token of another identity provider that the app registration trusts, such as one that
   * Kubernetes projects into a file. It is read anew for each request, since it is renewed there.
   *
   * @param file {@code teams.federated-token-file}
   */
  record Federated(Path file) implements Credential {
    private static final long LARGEST = 64 * 1024;

    @Override
    public Map<String, String> fields(String appId, URI audience, Instant now) throws Unusable {
      return assertion(read());
    }

    private String read() throws Unusable {
      try {
        if (Files.size(file) > LARGEST) {
          throw new Unusable("teams.federated-token-file is too large for a token.");
        }
        String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!token.matches("[A-Za-z0-9_=-]+([.][A-Za-z0-9_=-]+){2}")) {
          throw new Unusable(
              "teams.federated-token-file holds no token (three parts with dots between).");
        }
        return token;
      } catch (IOException | UncheckedIOException unread) {
        throw new Unusable(
            "teams.federated-token-file cannot be read ("
                + unread.getClass().getSimpleName()
                + "): does it exist, and may Postern's user read it?");
      }
    }
  }

  private static Map<String, String> assertion(String token) {
    return Map.of(
        "client_assertion_type",
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion",
        token);
  }
}
