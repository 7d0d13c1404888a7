package dev.postern.evidence.posture;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Branches;
import dev.postern.evidence.Branches.Branch;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.dkim.PublishedKey;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The DKIM keys that could be looked for: those of selectors somebody named, and of well-known
 * ones.
 *
 * @param selectors what DNS said, those that were named first
 * @param above the kind of answer for {@code _domainkey} itself: where it does not exist, no
 *     selector does (RFC 8020)
 * @param wildcard what DNS said for a selector that nobody has
 */
public record SelectorKeys(List<Selector> selectors, Status above, Selector wildcard) {

  /** Nobody signs with this. */
  private static final String NOBODYS = "postern-asks-for-a-wildcard";

  /** Copies the list, so that it never changes. */
  public SelectorKeys {
    selectors = List.copyOf(selectors);
  }

  /**
   * What DNS said for one selector.
   *
   * @param name the selector
   * @param named whether somebody asked for it by name
   * @param status the kind of answer for its TXT records
   * @param keys its key records
   * @param alias where its name leads by CNAME; hostile; empty if nowhere, or nobody asked
   */
  public record Selector(
      String name, boolean named, Status status, List<PublishedKey> keys, String alias) {
    /** Copies the list, so that it never changes. */
    public Selector {
      keys = List.copyOf(keys);
    }
  }

  /** Asks for the selectors {@code named} and the well-known ones, all at once. */
  static SelectorKeys of(DomainName domain, List<DomainName> named, Dns dns, Deadline by) {
    Map<String, Boolean> wanted = new LinkedHashMap<>();
    named.forEach(it -> wanted.put(it.ascii(), true));
    KnownSelectors.all().forEach(it -> wanted.putIfAbsent(it, false));
    DnsName above = DnsName.below("_domainkey", domain);
    try (Branches threads = new Branches(by)) {
      List<Branch<Selector>> started = new ArrayList<>();
      wanted.forEach(
          (name, byName) ->
              started.add(
                  threads.start(
                      () -> ask(name, byName, domain, dns, by), unanswered(name, byName))));
      Branch<Selector> wildcard =
          threads.start(() -> ask(NOBODYS, false, domain, dns, by), unanswered(NOBODYS, false));
      Status status = dns.query(above, DnsType.TXT, by).status();
      return new SelectorKeys(started.stream().map(Branch::join).toList(), status, wildcard.join());
    }
  }

  static SelectorKeys unanswered(List<DomainName> named) {
    List<Selector> selectors = named.stream().map(it -> unanswered(it.ascii(), true)).toList();
    return new SelectorKeys(selectors, Status.TEMPFAIL, unanswered(NOBODYS, false));
  }

  /** Whether every selector has the answer that nobody's selector has. */
  public boolean isWildcard(Selector selector) {
    return !wildcard.keys().isEmpty() && wildcard.keys().equals(selector.keys());
  }

  private static Selector ask(
      String name, boolean byName, DomainName domain, Dns dns, Deadline by) {
    DnsName owner = DnsName.below(name + "._domainkey", domain);
    Answer answer = dns.query(owner, DnsType.TXT, by);
    List<PublishedKey> keys =
        answer.data().stream().flatMap(it -> PublishedKey.of(it).stream()).toList();
    boolean curious = byName || !keys.isEmpty();
    String alias =
        curious ? dns.query(owner, DnsType.CNAME, by).data().stream().findFirst().orElse("") : "";
    return new Selector(name, byName, answer.status(), keys, alias);
  }

  private static Selector unanswered(String name, boolean byName) {
    return new Selector(name, byName, Status.TEMPFAIL, List.of(), "");
  }
}
