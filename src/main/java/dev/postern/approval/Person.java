package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One human, however many accounts.
 *
 * @param id key in the settings, for example {@code kim}
 * @param name as shown; from configuration or a directory, therefore foreign on cards
 * @param email mail address, used to recognise senders and recipients
 * @param slackUser Slack user id, for mentions
 * @param teamsUser object id of the account in Entra
 * @param groups names of groups the person is in
 */
public record Person(
    String id,
    String name,
    Optional<EmailAddress> email,
    Optional<String> slackUser,
    Optional<String> teamsUser,
    Set<String> groups) {
  /** Copies the set, so that a person never changes. */
  public Person {
    groups = Set.copyOf(groups);
  }

  /** Where this one alone is written to; empty where no account is known. */
  public Optional<CardPlace> chat() {
    return slackUser
        .map(account -> new CardPlace("slack", account))
        .or(() -> teamsUser.map(account -> new CardPlace("teams", account)));
  }

  /** Where this one decides alone: a chat on each platform with an account. */
  public List<CardPlace> ownChats() {
    return Stream.concat(
            slackUser.stream().map(account -> CardPlace.ownChat("slack", account)),
            teamsUser.stream().map(account -> CardPlace.ownChat("teams", account)))
        .toList();
  }

  /** Somebody without an account in Teams. */
  public Person(
      String id,
      String name,
      Optional<EmailAddress> email,
      Optional<String> slackUser,
      Set<String> groups) {
    this(id, name, email, slackUser, Optional.empty(), groups);
  }
}
