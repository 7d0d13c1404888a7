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

  /** Character references that hide a link from readers of the source (HTML §13.1.4). */
  private static final Pattern REFERENCE =
      Pattern.compile("&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));?");

  private LinkHosts() {}

  /** Adds the hosts in {@code text} to {@code hosts} until that holds {@code most}. */
  static void collect(String text, boolean html, Set<String> hosts, int most) {
    Matcher link = LINK.matcher(html ? withoutReferences(text) : text);
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

  private static String withoutReferences(String html) {
    return REFERENCE
        .matcher(html.replace("&amp;", "&"))
        .replaceAll(
            reference -> {
              int code =
                  reference.group(1) != null
                      ? Integer.parseInt(reference.group(1), 16)
                      : Integer.parseInt(reference.group(2));
              return Character.isValidCodePoint(code)
                  ? Matcher.quoteReplacement(Character.toString(code))
                  : "";
            });
  }
}
