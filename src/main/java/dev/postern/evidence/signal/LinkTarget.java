package dev.postern.evidence.signal;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a link leads, as browsers read it. */
final class LinkTarget {

  /** Any slashes or none, user information before the host (WHATWG URL §4.4). */
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:https?:[/\\\\]*+|[/\\\\]{2,}+)([^/\\\\?#]{1,1000})");

  private static final Pattern ESCAPED = Pattern.compile("%([0-7][0-9a-f])");

  private LinkTarget() {}

  /** The host of a link to the web; empty for any other link. */
  static Optional<String> host(String href) {
    String url = withoutIgnored(href).strip().toLowerCase(Locale.ROOT);
    Matcher target = AUTHORITY.matcher(url);
    if (!target.lookingAt()) {
      return Optional.empty();
    }
    String authority = target.group(1);
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    int port = hostAndPort.startsWith("[") ? -1 : hostAndPort.indexOf(':');
    String host = port < 0 ? hostAndPort : hostAndPort.substring(0, port);
    String ascii = ReadableDomain.ascii(unescaped(host));
    return Optional.of(ascii).filter(it -> !it.isBlank());
  }

  private static String unescaped(String host) {
    return ESCAPED
        .matcher(host)
        .replaceAll(
            it -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(it.group(1), 16))));
  }

  /** Browsers drop tabs and line ends anywhere in a URL. */
  private static String withoutIgnored(String href) {
    StringBuilder url = new StringBuilder(href.length());
    href.chars()
        .filter(c -> c != '\t' && c != '\n' && c != '\r')
        .forEach(c -> url.append((char) c));
    return url.toString();
  }
}
