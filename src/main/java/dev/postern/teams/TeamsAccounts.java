package dev.postern.teams;

import dev.postern.approval.Accounts;
import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What Teams says of accounts and groups.
 *
 * @param members tells of accounts
 * @param groups tells who is in a group
 */
record TeamsAccounts(Members members, Groups groups) implements Accounts {
  @Override
  public Optional<String> home() {
    return members.home();
  }

  @Override
  public Optional<Duration> refresh(Identity who) {
    return members.refresh(who);
  }

  @Override
  public Optional<Duration> refresh(String group) {
    return groups.refresh(group);
  }

  /** Nobody is known by an address: those of a directory prove nothing. */
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
    return members.membership(who);
  }

  @Override
  public Optional<List<Member>> members(String group) {
    return groups.members(group);
  }
}
