package dev.postern.evidence.signal;

import dev.postern.mail.Contents;
import dev.postern.mail.DomainName;
import dev.postern.mail.Mailbox;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the domains that people see in a message look like. */
final class DomainSignals {

  /** One place where a domain stands, with the facts that can be raised there. */
  private enum Place {
    FROM(
        SignalKind.FROM_LOOKALIKE,
        SignalKind.FROM_MIXED_SCRIPTS,
        SignalKind.FROM_READS_AS_LATIN,
        SignalKind.FROM_PUNYCODE),
    REPLY_TO(
        SignalKind.REPLY_TO_LOOKALIKE,
        SignalKind.REPLY_TO_MIXED_SCRIPTS,
        SignalKind.REPLY_TO_READS_AS_LATIN,
        SignalKind.REPLY_TO_PUNYCODE),
    LINK(
        SignalKind.LINK_LOOKALIKE,
        SignalKind.LINK_MIXED_SCRIPTS,
        SignalKind.LINK_READS_AS_LATIN,
        SignalKind.LINK_PUNYCODE);

    private final SignalKind lookalike;
    private final SignalKind mixedScripts;
    private final SignalKind readsAsLatin;
    private final SignalKind punycode;

    Place(
        SignalKind lookalike,
        SignalKind mixedScripts,
        SignalKind readsAsLatin,
        SignalKind punycode) {
      this.lookalike = lookalike;
      this.mixedScripts = mixedScripts;
      this.readsAsLatin = readsAsLatin;
      this.punycode = punycode;
    }
  }

  private final Lookalikes lookalikes;
  private final Raised raised;

  DomainSignals(Lookalikes lookalikes, Raised raised) {
    this.lookalikes = lookalikes;
    this.raised = raised;
  }

  void raise(Letter letter, Organization author) {
    author.from().forEach(it -> look(it, Place.FROM));
    Set<DomainName> replyTo = domains(letter.replyTo());
    replyTo.removeAll(author.from());
    replyTo.forEach(it -> look(it, Place.REPLY_TO));
    hosts(letter.contents()).forEach(it -> look(it, Place.LINK));
  }

  private void look(DomainName domain, Place place) {
    lookalikes
        .of(domain)
        .ifPresent(
            it ->
                raised.add(
                    place.lookalike,
                    Map.of(
                        "domain", domain.ascii(),
                        "how", it.how(),
                        "resembles", it.known().ascii())));
    if (domain.labels().stream().noneMatch(it -> it.startsWith("xn--"))) {
      return;
    }
    String readable = ReadableDomain.of(domain.ascii());
    Map<String, String> values = Map.of("domain", domain.ascii(), "reads-as", readable);
    List<String> labels = List.of(readable.split("\\.", -1));
    if (labels.stream().anyMatch(Looks::mixed)) {
      raised.add(place.mixedScripts, values);
    }
    if (labels.stream().anyMatch(it -> !Looks.mixed(it) && Looks.passesForLatin(it))) {
      raised.add(place.readsAsLatin, values);
    }
    raised.add(
        place.punycode,
        ReadableDomain.invalid(domain.ascii()) ? Map.of("domain", domain.ascii()) : values);
  }

  /** A link may be written so that no text search finds its host; browsers do. */
  private static Set<DomainName> hosts(Contents contents) {
    Set<DomainName> hosts = new LinkedHashSet<>();
    contents.linkHosts().forEach(it -> DomainName.parse(it).ifPresent(hosts::add));
    for (Contents.Link link : contents.links()) {
      LinkTarget.host(link.target()).flatMap(DomainName::parse).ifPresent(hosts::add);
    }
    return hosts;
  }

  private static Set<DomainName> domains(List<Mailbox> mailboxes) {
    Set<DomainName> domains = new LinkedHashSet<>();
    mailboxes.forEach(it -> Organization.domain(it).ifPresent(domains::add));
    return domains;
  }
}
