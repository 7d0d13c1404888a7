package dev.postern.evidence.signal;

import dev.postern.mail.Contents;
import dev.postern.mail.DomainName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links that show one host and lead to another. */
final class LinkSignals {

  /**
   * A host that text shows: after a scheme, after www., or by itself. What follows it up to the
   * next space is a path, in which other hosts may stand.
   */
  private static final Pattern SHOWN =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}@._/-])(https?:/{1,2})?([\\p{L}\\p{N}_-]{1,63}+(?:\\.[\\p{L}\\p{N}_-]{1,63}+)++)"
              + "(?![\\p{L}\\p{N}@_-])(?:[/?#:]\\S*+)?+",
          Pattern.CASE_INSENSITIVE);

  /** Endings of files that people talk about, and top-level domains that few know. */
  private static final Set<String> FILES = Set.of("md", "sh", "mov", "py");

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
    Optional<String> target = LinkTarget.host(link.target());
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

  /** Whether bare text is a site, and neither an abbreviation nor the name of a file. */
  private static boolean site(DomainName shown) {
    boolean file = shown.labels().size() == 2 && FILES.contains(shown.labels().getLast());
    return RegisteredName.underKnownSuffix(shown)
        && RegisteredName.of(shown).readsAsSite()
        && !file
        && !FileEnding.document(shown.ascii());
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
}
