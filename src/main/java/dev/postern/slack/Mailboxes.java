package dev.postern.slack;

import dev.postern.card.Remembered;
import dev.postern.card.SurfaceTrouble;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** Which accounts have which mail addresses: {@code users.lookupByEmail}. */
final class Mailboxes {
  /** How long an answer is good for, also one that nobody has an address. */
  static final Duration FRESH = Duration.ofMinutes(10);

  /** Long enough to fill in a form that was drawn by an answer. */
  private static final Duration USABLE = FRESH.multipliedBy(2);

  private final WebApi api;
  private final Remembered<Optional<String>> owners;

  /** Asks by this way, whose patience should be short: people wait for it. */
  Mailboxes(WebApi api, InstantSource clock) {
    this.api = api;
    this.owners = new Remembered<>(FRESH, clock);
  }

  /** The account that Slack names for an address, whoever that is; empty where it names none. */
  Optional<String> learn(EmailAddress address) throws SurfaceTrouble {
    return owners.learn(key(address), () -> ask(address));
  }

  /** What was learned lately. */
  Optional<String> known(EmailAddress address) {
    return owners.within(key(address), USABLE).flatMap(owner -> owner);
  }

  private Optional<String> ask(EmailAddress address) throws SurfaceTrouble {
    try {
      var found =
          api.call(
              "users.lookupByEmail", m -> m.usersLookupByEmail(r -> r.email(address.toString())));
      return Optional.of(WebApi.text(found.getUser().getId())).filter(id -> !id.isEmpty());
    } catch (SlackRefusal refusal) {
      if (refusal.knowsNobody()) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private static String key(EmailAddress address) {
    return address.toString().toLowerCase(Locale.ROOT);
  }
}
