package dev.postern.teams.door;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who is believed besides the Bot Connector, for trials with Microsoft's playground client on one
 * machine. That client signs in as the very app that it talks to, or sends no token at all, so that
 * whoever can reach Postern and knows the secret could be anybody.
 */
public final class Emulators {
  /** In place of an issuer: requests without a token are believed as well. */
  public static final String UNSIGNED = "unsigned";

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)localhost|\\[?::1]?|127([.]\\d{1,3}){3}");

  private final Set<String> issuers;
  private final boolean unsigned;

  /**
   * Takes them where nobody else can come in.
   *
   * @param named {@code teams.emulator-issuers}
   * @param listensOn {@code http.host}
   * @param publicUrl {@code http.public-url}; a proxy there lets others in
   * @throws IllegalArgumentException where somebody is named and others can reach Postern
   */
  public Emulators(List<String> named, String listensOn, Optional<URI> publicUrl) {
    boolean open =
        !isLoopback(listensOn) || publicUrl.filter(it -> !isLoopback(it.getHost())).isPresent();
    if (!named.isEmpty() && open) {
      throw new IllegalArgumentException(
          "teams.emulator-issuers is for trials on one machine, and others can reach this Postern"
              + " by http.host or http.public-url: take it out, or set http.host = 127.0.0.1 and"
              + " no http.public-url");
    }
    this.issuers = new HashSet<>(named);
    this.unsigned = issuers.remove(UNSIGNED);
  }

  /** Nobody: how it is in production. */
  public static Emulators none() {
    return new Emulators(List.of(), "localhost", Optional.empty());
  }

  /** The issuers of tokens. */
  Set<String> issuers() {
    return Set.copyOf(issuers);
  }

  /** Whether requests without a token are believed. */
  boolean unsigned() {
    return unsigned;
  }

  /** Where an issuer publishes its keys (OpenID Connect Discovery §4). */
  static URI configurationOf(String issuer) {
    return URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }
}
