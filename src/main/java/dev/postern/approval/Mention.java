package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a message can be looked up by, exactly: an address, a domain or a Message-ID. Kept as a
 * hash, so that it is of one length however long the word is, and can stand in a button.
 *
 * @param key the first 32 hexadecimal digits of the SHA-256 of the word in lower case
 */
public record Mention(String key) {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");

  /** A message to thousands is found by the first of them, and by its id. */
  private static final int MOST_RECIPIENTS = 100;

  private static final int MOST_PARENTS = 4;

  /** Takes a key; anything else is a programmer's error. */
  public Mention {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not the key of a mention: " + key);
    }
  }

  /** An address, as sender or recipient; letter case does not matter. */
  public static Mention of(EmailAddress address) {
    return word(address.toString());
  }

  /** A domain of senders. */
  public static Mention of(DomainName domain) {
    return word(domain.ascii());
  }

  /**
   * A Message-ID with or without its angle brackets. Without them it looks like an address, and is
   * looked up like one.
   */
  public static Mention ofId(String messageId) {
    String bare = messageId.strip();
    boolean bracketed = bare.startsWith("<") && bare.endsWith(">") && bare.length() > 1;
    return word(bracketed ? bare.substring(1, bare.length() - 1) : bare);
  }

  /** Everything that a held message is found by. */
  public static Set<Mention> in(Hold hold) {
    Set<Mention> all = new LinkedHashSet<>();
    if (!hold.summary().messageId().isBlank()) {
      all.add(ofId(hold.summary().messageId()));
    }
    EmailAddress.parse(hold.summary().from()).ifPresent(from -> sender(from, all));
    EmailAddress.parse(hold.summary().replyTo()).ifPresent(to -> sender(to, all));
    hold.envelope().mailFrom().ifPresent(from -> sender(from, all));
    List<EmailAddress> to = hold.envelope().recipients();
    to.stream().limit(MOST_RECIPIENTS).map(Mention::of).forEach(all::add);
    return all;
  }

  /** The address, its domain, and the domains above that. */
  private static void sender(EmailAddress address, Set<Mention> all) {
    all.add(of(address));
    Optional<DomainName> domain = Optional.of(address.domain());
    for (int i = 0; i <= MOST_PARENTS && domain.isPresent(); i++) {
      domain.filter(it -> it.labels().size() > 1).map(Mention::of).ifPresent(all::add);
      domain = domain.flatMap(DomainName::parent);
    }
  }

  private static Mention word(String word) {
    return new Mention(Digest.of(word.toLowerCase(Locale.ROOT)).hex().substring(0, 32));
  }
}
