package dev.postern.intake.smtp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers which recipients already have a message that its client was asked to send again. A
 * restart forgets; then those recipients get a second copy, which SMTP allows.
 */
final class PartDelivered {
  private static final Duration QUEUE_LIFETIME = Duration.ofDays(6);

  private record Key(Optional<EmailAddress> mailFrom, String sha256) {}

  private final Cache<Key, Set<EmailAddress>> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(QUEUE_LIFETIME).build();

  /** Who has this message already. Costs a hash only while anything is remembered. */
  Set<EmailAddress> of(Envelope envelope, RawMessage raw) {
    if (known.asMap().isEmpty()) {
      return Set.of();
    }
    Set<EmailAddress> have = known.getIfPresent(key(envelope, raw));
    return have == null ? Set.of() : have;
  }

  void add(Envelope envelope, RawMessage raw, Collection<EmailAddress> delivered) {
    known
        .asMap()
        .merge(
            key(envelope, raw),
            Set.copyOf(delivered),
            (before, now) -> {
              Set<EmailAddress> all = new HashSet<>(before);
              all.addAll(now);
              return Set.copyOf(all);
            });
  }

  private static Key key(Envelope envelope, RawMessage raw) {
    return new Key(envelope.mailFrom(), raw.sha256());
  }
}
