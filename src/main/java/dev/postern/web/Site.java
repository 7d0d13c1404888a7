package dev.postern.web;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where this Postern is reached, and which requests are really meant for it.
 *
 * @param url the public URL, without path
 */
record Site(URI url) {

  /** Whether the public URL is reached by TLS. */
  boolean tls() {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  /** The host name as people see it. */
  String name() {
    return url.getHost() == null ? url.toString() : url.getHost();
  }

  /**
   * Whether a Host field names this site. A page of somebody else whose name was pointed at our
   * address (DNS rebinding) brings its own name; a loopback name cannot be pointed elsewhere.
   */
  boolean serves(Optional<String> hostField) {
    return hostField
        .map(h -> h.toLowerCase(Locale.ROOT))
        .filter(h -> h.equals(authority()) || loopback(nameOf(h)))
        .isPresent();
  }

  /**
   * Whether a POST comes from one of our own pages, as far as the browser tells. Our pages send no
   * referrer, for which browsers write the Origin {@code null}; then only {@code Sec-Fetch-Site}
   * and the form's token tell them apart.
   */
  boolean ownPage(Optional<String> secFetchSite, Optional<String> origin, String hostField) {
    if (secFetchSite.isPresent()) {
      return secFetchSite.get().equals("same-origin");
    }
    return origin.isEmpty()
        || origin.get().equals("null")
        || origin.get().equalsIgnoreCase("http://" + hostField)
        || origin.get().equalsIgnoreCase("https://" + hostField);
  }

  private String authority() {
    String host = name().toLowerCase(Locale.ROOT);
    boolean usual = url.getPort() < 0 || url.getPort() == (tls() ? 443 : 80);
    return usual ? host : host + ":" + url.getPort();
  }

  private static String nameOf(String hostField) {
    return hostField.replaceFirst(":[0-9]{1,5}$", "");
  }

  private static boolean loopback(String name) {
    return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]");
  }
}
