package dev.postern.teams.door;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * An address that Postern is to answer at. Microsoft writes the same one with and without a slash
 * at its end, and its SDKs compare the token's claim with the activity without regard to case; so
 * does this. What must never differ is the host that gets our token.
 *
 * @param address absolute, ends in a slash; without user, query, fragment and dot segments
 */
record ServiceUrl(URI address) {

  /** Reads an address; empty when it is none that could be answered. */
  static Optional<ServiceUrl> read(String text) {
    try {
      URI uri = new URI(text.endsWith("/") ? text : text + "/");
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean bare =
          uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              // some servers would read %2e%2e and %2f as what they stand for
              && uri.getRawPath() != null
              && !uri.getRawPath().contains("%")
              && uri.normalize().equals(uri);
      return bare && uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))
          ? Optional.of(new ServiceUrl(uri))
          : Optional.empty();
    } catch (URISyntaxException notOne) {
      return Optional.empty();
    }
  }

  /** Whether both are one address. */
  boolean same(ServiceUrl other) {
    return lower().equals(other.lower());
  }

  /** Whether it is that address or one below it. */
  boolean isBelow(ServiceUrl other) {
    return lower().startsWith(other.lower()); // which ends in a slash, so that no host goes on
  }

  private String lower() {
    return address.toString().toLowerCase(Locale.ROOT);
  }
}
