package dev.postern.slack;

import com.slack.api.model.User;
import dev.postern.approval.GroupReading;
import dev.postern.approval.Membership;
import dev.postern.approval.Refusal;
import dev.postern.mail.EmailAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code users.info} said of an account.
 *
 * @param teams workspaces that the account is of
 * @param barred why it never counts; empty where it may
 * @param email the address that the workspace verified; empty without
 */
record Account(Set<String> teams, Optional<Refusal> barred, Optional<EmailAddress> email) {
  private static final String SLACKBOT = "USLACKBOT";

  static Account of(User user) {
    Set<String> teams = new HashSet<>();
    teams.add(WebApi.text(user.getTeamId()));
    if (user.getEnterpriseUser() != null && user.getEnterpriseUser().getTeams() != null) {
      teams.addAll(user.getEnterpriseUser().getTeams());
    }
    Optional<EmailAddress> email =
        Optional.ofNullable(user.getProfile())
            .filter(_ -> user.isEmailConfirmed())
            .flatMap(profile -> EmailAddress.parse(WebApi.text(profile.getEmail())));
    return new Account(Set.copyOf(teams), bar(user), email);
  }

  /** Nobody of whom the workspace knows. */
  static Account unknown() {
    return new Account(Set.of(), Optional.of(Refusal.STRANGER), Optional.empty());
  }

  /** As a member of a group of this workspace was kept. */
  static Account of(GroupReading.Member member, String tenant) {
    return new Account(Set.of(tenant), member.barred(), member.email());
  }

  /** The same for a row: of other workspaces than this one nothing is kept. */
  GroupReading.Member kept(String user, String tenant) {
    Optional<Refusal> why =
        barred.or(() -> teams.contains(tenant) ? Optional.empty() : Optional.of(Refusal.STRANGER));
    return new GroupReading.Member(user, why, email);
  }

  /**
   * What the account is to us.
   *
   * @param home our workspace
   * @param claimed the one that a request names as the account's
   */
  Membership in(String home, String claimed) {
    if (barred.isPresent()) {
      return new Membership.Barred(barred.get());
    }
    // A request is signed, but names the workspace that its app is in as well as the person's.
    if (!teams.contains(claimed)) {
      return new Membership.Barred(Refusal.STRANGER);
    }
    return teams.contains(home) ? new Membership.Insider(email) : new Membership.Outsider(claimed);
  }

  /**
   * Why such an account never counts. {@code is_app_user} is not asked: it says that somebody
   * authorised this very app, which people do.
   */
  private static Optional<Refusal> bar(User user) {
    if (user.isDeleted()) {
      return Optional.of(Refusal.DEACTIVATED);
    }
    if (user.isBot()
        || user.isWorkflowBot()
        || user.isConnectorBot()
        || SLACKBOT.equals(user.getId())) {
      return Optional.of(Refusal.BOT);
    }
    if (user.isStranger()) {
      return Optional.of(Refusal.STRANGER);
    }
    return user.isRestricted() || user.isUltraRestricted()
        ? Optional.of(Refusal.GUEST)
        : Optional.empty();
  }
}
