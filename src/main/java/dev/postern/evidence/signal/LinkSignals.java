package dev.postern.evidence.signal;

import dev.postern.mail.Contents;
import dev.postern.mail.DomainName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links that show one host and lead to another. */
final class LinkSignals {

  /** A host that text shows: after a scheme, after www., or by itself. */
  private static final Pattern SHOWN =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}@._-])(https?:/{1,2})?([\\p{L}\\p{N}_-]{1,63}+(?:\\.[\\p{L}\\p{N}_-]{1,63}+)++)"
              + "(?![\\p{L}\\p{N}@_-])",
          Pattern.CASE_INSENSITIVE);

  /** As browsers read it: any slashes, user information before the host (WHATWG URL §4.4). */
  private static final Pattern TARGET =
      Pattern.compile("(?:https?:)?[/\\\\]{2,}+([^/\\\\?#]{1,1000})|https?:([^/\\\\?#]{1,1000})");

  private static final Pattern ESCAPED = Pattern.compile("%([0-7][0-9a-f])");

  /** Endings of files that people talk about, and top-level domains that few know. */
  private static final Set<String> FILES = Set.of("md", "sh", "mov");

  private final Organization author;
  private final Raised raised;

  LinkSignals(Organization author, Raised raised) {
    this.author = author;
    this.raised = raised;
  }

  void raise(Letter letter) {
    letter.contents().links().forEach(this::look);
  }

  private void look(Contents.Link link) {
    Optional<String> target = host(link.target());
    if (target.isEmpty()) {
      return;
    }
    String seen = Looks.plain(link.text()).replace('\u3002', '.');
    Matcher hosts = SHOWN.matcher(seen);
    while (hosts.find()) {
      boolean certain = hosts.group(1) != null || hosts.group(2).startsWith("www.");
      Optional<DomainName> shown = DomainName.parse(ReadableDomain.ascii(hosts.group(2)));
      if (shown.filter(it -> (certain || site(it)) && !leadsTo(it, target.get())).isPresent()) {
        raised.add(
            SignalKind.LINK_TEXT_ELSEWHERE,
            Map.of("shown", shown.get().ascii(), "target", target.get()));
      }
    }
  }

  /** Whether bare text is a site and not the name of a file. */
  private static boolean site(DomainName shown) {
    return RegisteredName.underKnownSuffix(shown)
        && !FileEnding.document(shown.ascii())
        && !FILES.contains(FileEnding.of(shown.ascii()));
  }

  private boolean leadsTo(DomainName shown, String target) {
    String bare = shown.ascii().startsWith("www.") ? shown.ascii().substring(4) : shown.ascii();
    Optional<DomainName> host = DomainName.parse(target);
    Optional<DomainName> site = DomainName.parse(bare);
    return host.isPresent()
        && site.isPresent()
        && (Organization.related(site.get(), host.get())
            || (author.includes(site.get()) && author.includes(host.get())));
  }

  /** The host of a link to the web; empty for any other link. */
  private static Optional<String> host(String href) {
    String url = withoutIgnored(href).strip().toLowerCase(Locale.ROOT);
    Matcher target = TARGET.matcher(url);
    if (!target.lookingAt()) {
      return Optional.empty();
    }
    String authority = target.group(1) != null ? target.group(1) : target.group(2);
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
