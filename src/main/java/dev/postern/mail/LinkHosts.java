package dev.postern.mail;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the hosts that links in a text point to. Nothing is ever fetched; the list is for people
 * who ask where a message would lead them.
 */
final class LinkHosts {
  private static final Pattern LINK =
      Pattern.compile("(?i)https?:[/\\\\]{2}([^\\s/\\\\?#\"'<>()]{1,500})");

  private LinkHosts() {}

  /** Adds the hosts in {@code text} to {@code hosts} until that holds {@code most}. */
  static void collect(String text, boolean html, Set<String> hosts, int most) {
    Matcher link = LINK.matcher(html ? CharacterReferences.resolve(text) : text);
    while (hosts.size() < most && link.find()) {
      // Behind user information (RFC 3986 §3.2.1), which looks like a host to people.
      String authority = link.group(1);
      String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
      int port = hostAndPort.indexOf(':');
      String host = port < 0 ? hostAndPort : hostAndPort.substring(0, port);
      DomainName.parse(host)
          .filter(it -> it.labels().size() > 1)
          .ifPresent(it -> hosts.add(it.ascii()));
    }
  }
}
