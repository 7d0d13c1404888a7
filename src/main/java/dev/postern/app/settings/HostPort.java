package dev.postern.app.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port, not yet resolved.
 *
 * @param host name or address literal, IPv6 without brackets
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})\\]|([A-Za-z0-9._-]{1,253}))(?::([0-9]{1,5}))?");

  /**
   * Reads {@code host:port} or {@code [address]:port}; the port may be left out if there is one.
   */
  public static Optional<HostPort> parse(String text, Optional<Integer> usualPort) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String host =
        Optional.ofNullable(form.group(1)).or(() -> Optional.ofNullable(form.group(2))).orElse("");
    return Optional.ofNullable(form.group(3))
        .map(Integer::valueOf)
        .or(() -> usualPort)
        .filter(port -> port <= 65_535)
        .map(port -> new HostPort(host, port));
  }

  /** Whether only this machine can reach it. */
  public boolean loopback() {
    return isLoopback(host);
  }

  /** Whether the host is this machine's loopback interface, by its literal or by localhost. */
  static boolean isLoopback(String host) {
    return host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("::1");
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
