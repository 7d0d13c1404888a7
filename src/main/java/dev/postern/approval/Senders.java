package dev.postern.approval;

import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Origin;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.MessageSummary;
import dev.postern.policy.SenderHistory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who sends, and what is known of their earlier mail (docs/decisions/071-sender-history.md). */
public final class Senders {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int OCTETS_KEPT = 16;

  private final byte[] key;
  private final SenderBook book;

  /**
   * Takes its parts.
   *
   * @param key without it, nobody finds out whose addresses are counted
   * @param book where they are
   */
  public Senders(byte[] key, SenderBook book) {
    this.key = key.clone();
    this.book = book;
  }

  /** Where nothing is remembered. */
  static Senders forgotten() {
    return new Senders(
        new byte[] {0},
        new SenderBook() {
          @Override
          public Before before(Sender sender, Instant at) {
            return Before.NONE;
          }

          @Override
          public void note(Sighting sighting) {}
        });
  }

  /** Who sent a message; empty where From names no domain, or several. */
  Optional<Sender> of(Evidence evidence, MessageSummary summary) {
    return DomainName.parse(evidence.dmarc().fromDomain())
        .map(domain -> new Sender(domain.ascii(), address(summary), proved(evidence)));
  }

  /** What a gateway reports is its word, and no proof. */
  static boolean proved(Evidence evidence) {
    return evidence.origin() instanceof Origin.Computed
        && evidence.dmarc().result() == DmarcResult.PASS;
  }

  /** What rules may know: of a sender that is not proved, nothing that would speak for it. */
  SenderBook.Before before(Optional<Sender> sender, Instant at) {
    if (sender.isEmpty()) {
      return SenderBook.Before.NONE;
    }
    SenderBook.Before all = book.before(sender.get(), at);
    return sender.get().proved()
        ? all
        : new SenderBook.Before(againstIt(all.domain()), againstIt(all.address()));
  }

  private static SenderHistory againstIt(SenderHistory all) {
    return new SenderHistory(
        0, 0, all.asked(), 0, all.discarded(), Optional.empty(), Optional.empty());
  }

  /** Counts a message of which no row is left. */
  void note(Optional<Sender> sender, Instant at, Sighting.Fate fate) {
    sender.ifPresent(it -> book.note(new Sighting(it, at, fate)));
  }

  private String address(MessageSummary summary) {
    return EmailAddress.parse(summary.from())
        .map(it -> it.localPart().toLowerCase(Locale.ROOT) + "@" + it.domain().ascii())
        .map(it -> "#" + HexFormat.of().formatHex(Arrays.copyOf(hash(it), OCTETS_KEPT)))
        .orElse("");
  }

  private byte[] hash(String address) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(address.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
