package dev.postern.policy;

import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Origin;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a grant lets pass or stops: an exception from the rules, for a time and a number of
 * messages.
 *
 * @param kind which of the two
 * @param from whose mail
 * @param to for whom; empty for everybody
 * @param until when it ends by itself
 * @param most how many messages it may decide about, at least 1
 * @param unproved whether it also lets pass what DMARC does not prove; says nothing of a block
 * @param like the message that others must be like, of that domain; empty where all are meant
 */
public record GrantTerms(
    Kind kind,
    Party from,
    Optional<Party> to,
    Instant until,
    int most,
    boolean unproved,
    Optional<Like> like) {

  /** What a grant does with a message. */
  public enum Kind {
    /** Lets pass what a rule would ask about. */
    ALLOW,
    /** Discards what a rule would ask about or release. */
    BLOCK;

    /** {@code allow} or {@code block}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One mail address, or all of one domain; names below a domain are others.
   *
   * @param text an address or a domain, in lower case, the domain as A-label
   */
  public record Party(String text) {

    /** Reads what a person typed; empty when it is neither, or a domain of one label. */
    public static Optional<Party> parse(String typed) {
      String bare = typed.strip();
      return bare.contains("@")
          ? EmailAddress.parse(bare).map(Party::of)
          : DomainName.parse(bare).filter(it -> it.labels().size() > 1).map(Party::of);
    }

    /** That address; capitals make no other. */
    public static Party of(EmailAddress address) {
      return new Party(
          address.localPart().toLowerCase(Locale.ROOT) + "@" + address.domain().ascii());
    }

    /** All of that domain. */
    public static Party of(DomainName domain) {
      return new Party(domain.ascii());
    }

    /** Whether it is one address. */
    public boolean address() {
      return text.contains("@");
    }

    /** Whether that address is meant. */
    public boolean covers(EmailAddress one) {
      return text.equals(address() ? of(one).text() : one.domain().ascii());
    }
  }

  /**
   * A message of which others must be like.
   *
   * @param caseId where people can read it
   * @param says its fingerprint, as {@code kind HEX}, or {@code strict HEX} where DMARC did not
   *     prove it: then every link counts to the letter
   * @param found digest of what was found of it
   * @param reported digest of what its gateway reported; that of nothing where it said nothing
   * @param subject its subject, one line; foreign on cards
   */
  public record Like(String caseId, String says, String found, String reported, String subject) {
    private static final Pattern SAYS = Pattern.compile("(kind|strict) [0-9a-f]{64}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** Takes hashes that are well formed; anything else is a programmer's error. */
    public Like {
      if (!SAYS.matcher(says).matches()
          || !HEX.matcher(found).matches()
          || !HEX.matcher(reported).matches()) {
        throw new IllegalArgumentException("no sample of a kind: " + says);
      }
    }
  }

  /** Whom a grant must name to be about a message: its From address, and that one's domain. */
  public static List<Party> named(MessageSummary message) {
    return EmailAddress.parse(message.from())
        .map(from -> List.of(Party.of(from), Party.of(from.domain())))
        .orElse(List.of());
  }

  /**
   * Whether it decides about this message: all of its recipients are meant, and what lets it pass
   * is certain. Time, number and what it must be like are another matter.
   */
  public boolean covers(Evidence evidence, Envelope envelope, MessageSummary message) {
    Optional<EmailAddress> sender = EmailAddress.parse(message.from());
    boolean meant =
        sender.filter(from::covers).isPresent()
            && envelope.recipients().stream()
                .allMatch(one -> to.map(whom -> whom.covers(one)).orElse(true));
    return meant && (kind == Kind.BLOCK || sure(evidence, sender.get()));
  }

  /** More than one From address leaves open which of them is shown to people. */
  private boolean sure(Evidence evidence, EmailAddress sender) {
    boolean one = evidence.dmarc().fromDomain().equals(sender.domain().ascii());
    boolean proved =
        evidence.origin() instanceof Origin.Computed
            && evidence.dmarc().result() == DmarcResult.PASS;
    return one && !evidence.uncertain() && (proved || unproved);
  }
}
