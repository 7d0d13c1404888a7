package dev.postern.evidence.signal;

import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Mailbox;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who a message shows as its author, against who it is from and where answers go. */
final class AuthorSignals {
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s\"'<>(),;:@]{1,64}@([^\\s\"'<>(),;:@]{1,253})");

  private static final Pattern HOST =
      Pattern.compile("(?<![\\p{L}\\p{N}.-])[\\p{L}\\p{N}-]{1,63}+(?:\\.[\\p{L}\\p{N}-]{1,63}+)++");

  private final Letter letter;
  private final Organization author;
  private final Colleagues colleagues;
  private final Raised raised;

  AuthorSignals(Letter letter, Organization author, Colleagues colleagues, Raised raised) {
    this.letter = letter;
    this.author = author;
    this.colleagues = colleagues;
    this.raised = raised;
  }

  void raise() {
    if (author.unknown()) {
      return;
    }
    for (Mailbox mailbox : letter.from()) {
      Organization.domain(mailbox).ifPresent(domain -> name(mailbox, domain));
    }
    for (Mailbox mailbox : letter.replyTo()) {
      Organization.domain(mailbox)
          .filter(it -> !author.includes(it))
          .ifPresent(it -> elsewhere(SignalKind.REPLY_TO_ELSEWHERE, "reply-to", mailbox.written()));
    }
    letter
        .envelope()
        .mailFrom()
        .filter(it -> !author.includes(it.domain()))
        .map(EmailAddress::toString)
        .ifPresent(it -> elsewhere(SignalKind.MAIL_FROM_ELSEWHERE, "mail-from", it));
  }

  private void elsewhere(SignalKind kind, String field, String address) {
    String from = letter.from().isEmpty() ? "" : letter.from().getFirst().written();
    raised.add(kind, Map.of("from", from, field, address));
  }

  private void name(Mailbox mailbox, DomainName from) {
    // IDNA takes the wide dot of East Asian keyboards for a dot too (UTS #46 §4).
    String shown = Looks.plain(mailbox.name()).replace('\u3002', '.');
    Matcher addresses = ADDRESS.matcher(shown);
    addresses.results().forEach(it -> foreign(it, 1, mailbox, SignalKind.NAME_SHOWS_ADDRESS));
    HOST.matcher(addresses.replaceAll(" "))
        .results()
        .filter(it -> readsAsDomain(it.group()))
        .forEach(it -> foreign(it, 0, mailbox, SignalKind.NAME_SHOWS_DOMAIN));
    // Without domains of its own, the firm has told nobody which addresses its people have.
    if (!author.own().isEmpty() && !author.isOwn(from)) {
      colleagues.in(mailbox.name()).ifPresent(it -> colleague(mailbox, it));
    }
  }

  private void foreign(MatchResult found, int group, Mailbox mailbox, SignalKind kind) {
    String domain = found.group(group).replaceAll("[^\\p{L}\\p{N}]+$", "");
    DomainName.parse(domain)
        .filter(it -> it.labels().size() > 1 && !author.includes(it))
        .ifPresent(
            it ->
                raised.add(
                    kind,
                    Map.of(
                        "domain", it.ascii(), "from", mailbox.written(), "shown", found.group())));
  }

  private void colleague(Mailbox mailbox, String colleague) {
    raised.add(
        SignalKind.NAME_OF_COLLEAGUE,
        Map.of("colleague", colleague, "from", mailbox.written(), "shown", mailbox.name()));
  }

  private boolean readsAsDomain(String word) {
    return DomainName.parse(word)
        .filter(it -> known(it) && RegisteredName.of(it).readsAsSite())
        .isPresent();
  }

  /** A suffix that the world knows, or one that the author or the firm itself uses. */
  private boolean known(DomainName domain) {
    String top = domain.labels().getLast();
    return RegisteredName.underKnownSuffix(domain)
        || author.from().stream().anyMatch(it -> it.labels().getLast().equals(top))
        || author.own().stream().anyMatch(it -> it.labels().getLast().equals(top));
  }
}
