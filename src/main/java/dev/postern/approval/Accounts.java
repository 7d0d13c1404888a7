package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What chat platforms say of accounts and groups. Asked ahead of time and told from memory, so that
 * it can be read within a transaction. Safe for many threads.
 */
public interface Accounts {

  /** No platform: every account is unknown. */
  Accounts NONE =
      new Accounts() {
        @Override
        public Optional<String> home() {
          return Optional.empty();
        }

        @Override
        public Optional<Duration> refresh(Identity who) {
          return Optional.empty();
        }

        @Override
        public Optional<Duration> refresh(String group) {
          return Optional.empty();
        }

        @Override
        public Optional<Duration> refresh(EmailAddress address) {
          return Optional.empty();
        }

        @Override
        public Optional<String> owner(EmailAddress address) {
          return Optional.empty();
        }

        @Override
        public Membership membership(Identity who) {
          return new Membership.Unknown();
        }

        @Override
        public Optional<List<Member>> members(String group) {
          return Optional.empty();
        }
      };

  /**
   * A member of a group.
   *
   * @param who the account
   * @param membership what was last learned about it, however long ago
   */
  record Member(Identity who, Membership membership) {}

  /** Our own workspace, which accounts of the settings without one are of; empty until known. */
  Optional<String> home();

  /**
   * Learns about an account, unless that was done just now. Calls the platform: never within a
   * transaction.
   *
   * @return how long to wait at least before asking again, because the platform did not answer;
   *     empty when it did, or when waiting would not help
   */
  Optional<Duration> refresh(Identity who);

  /**
   * The same for who is in a group of the platform, and for each member of whom nothing was ever
   * learned. Empty only where the group was read whole lately enough to judge a click by.
   */
  Optional<Duration> refresh(String group);

  /** The same for whose mail address it is. */
  Optional<Duration> refresh(EmailAddress address);

  /**
   * The account whose mail address it is, of a full member of our workspace, which verified it;
   * empty where there is none, or nothing was learned lately.
   */
  Optional<String> owner(EmailAddress address);

  /** What was learned lately about an account. */
  Membership membership(Identity who);

  /**
   * Who was in a group when it was last read whole, with what is known of each member, however long
   * ago; empty when it never was.
   */
  Optional<List<Member>> members(String group);
}
