package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.util.Optional;
import java.util.Set;

/**
 * One human, however many accounts.
 *
 * @param id key in the settings, for example {@code kim}
 * @param name as shown; from configuration or a directory, therefore foreign on cards
 * @param email mail address, used to recognise senders and recipients
 * @param slackUser Slack user id, for mentions
 * @param groups names of groups the person is in
 */
public record Person(
    String id,
    String name,
    Optional<EmailAddress> email,
    Optional<String> slackUser,
    Set<String> groups) {
  /** Copies the set, so that a person never changes. */
  public Person {
    groups = Set.copyOf(groups);
  }
}
