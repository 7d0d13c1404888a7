package dev.postern.slack;

import dev.postern.approval.Accounts;
import dev.postern.approval.GroupReading;
import dev.postern.approval.GroupReadings;
import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.approval.Rosters;
import dev.postern.card.Remembered;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Members of the workspace and of its user groups: {@code users.info}, {@code usergroups.*}. */
final class Members implements Accounts {
  /** Within this time somebody who clicks is not asked about again. */
  static final Duration FRESH = Duration.ofMinutes(1);

  /** What is older does not decide about a click. */
  static final Duration USABLE = Duration.ofMinutes(5);

  /** A group of more people is no group of approvers. */
  static final int MOST_MEMBERS = 200;

  /** So many members that nobody has asked about yet are asked about at one click. */
  private static final int MOST_AT_A_CLICK = 10;

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(Members.class);

  private final WebApi api;
  private final Supplier<Optional<Workspace>> workspace;
  private final Remembered<Account> accounts;
  private final Remembered<Listed> groups;
  private final Mailboxes mailboxes;
  private final InstantSource clock;

  private final Rosters rosters;

  /** Whom Slack named as in a group, whether or not anything is known of them. */
  private record Listed(List<String> users, Instant at) {}

  /** Asks by this way, whose patience should be short: people wait for it. */
  Members(
      WebApi api,
      Supplier<Optional<Workspace>> workspace,
      GroupReadings readings,
      InstantSource clock) {
    this.api = api;
    this.workspace = workspace;
    this.accounts = new Remembered<>(FRESH, clock);
    this.groups = new Remembered<>(FRESH, clock);
    this.mailboxes = new Mailboxes(api, clock);
    this.rosters = new Rosters(readings, clock);
    this.clock = clock;
  }

  @Override
  public Optional<String> home() {
    return workspace.get().map(Workspace::teamId);
  }

  @Override
  public Optional<Duration> refresh(Identity who) {
    if (home().isEmpty()) {
      return Optional.of(SOON);
    }
    return told(() -> accounts.learn(who.user(), () -> account(who.user())));
  }

  @Override
  public Optional<Duration> refresh(String group) {
    if (home().isEmpty()) {
      rosters.recall(group);
      return Optional.of(SOON);
    }
    try {
      Listed listed = groups.learn(group, () -> group(group));
      List<String> unread =
          listed.users().stream().filter(user -> accounts.last(user).isEmpty()).toList();
      for (String user : unread.subList(0, Math.min(unread.size(), MOST_AT_A_CLICK))) {
        accounts.learn(user, () -> account(user));
      }
      return keep(group, listed) ? Optional.empty() : Optional.of(Duration.ZERO);
    } catch (SurfaceTrouble trouble) {
      rosters.recall(group);
      // Who may vote is not judged by an old reading, whoever has to mend that there is no new one.
      return trouble.kind() == Kind.CLOSED && rosters.within(group, USABLE)
          ? Optional.empty()
          : Optional.of(trouble.asked().orElse(Duration.ZERO));
    }
  }

  /** Keeps what Slack named, if each of them was asked about once; says whether. */
  private boolean keep(String group, Listed listed) {
    String tenant = home().orElse("");
    List<GroupReading.Member> members = new ArrayList<>();
    for (String user : listed.users()) {
      Optional<Account> account = accounts.last(user);
      if (account.isEmpty() || tenant.isEmpty()) {
        return false;
      }
      members.add(account.get().kept(user, tenant));
    }
    rosters.keep(new GroupReading(group, tenant, listed.at(), members));
    return true;
  }

  /** Takes over who was in a group by what another process read, or one before this. */
  void recall(String group) {
    rosters.recall(group);
  }

  /**
   * Asks about whoever is in a group, so that a stage can be opened without asking.
   *
   * @return how long to wait before it goes on; empty when it was read, as far as Slack tells
   */
  Optional<Duration> read(String group) {
    try {
      Optional<Duration> wait = Optional.empty();
      if (groups.within(group, FRESH).isEmpty()) {
        wait = api.pace().until(SlackRates.method("usergroups.users.list"));
      }
      if (wait.isPresent()) {
        return wait;
      }
      for (String user : groups.learn(group, () -> group(group)).users()) {
        if (accounts.within(user, USABLE).isEmpty()) {
          wait = api.pace().until(SlackRates.method("users.info"));
          if (wait.isPresent()) {
            return wait;
          }
          accounts.learn(user, () -> account(user));
        }
      }
    } catch (SurfaceTrouble trouble) {
      log.debug("group.partly-read group={} why={}", group, trouble.getMessage()); // goes on later
      rosters.recall(group);
    }
    groups.last(group).ifPresent(listed -> keep(group, listed));
    return Optional.empty();
  }

  @Override
  public Optional<Duration> refresh(EmailAddress address) {
    Optional<Workspace> known = workspace.get();
    if (known.isEmpty()) {
      return Optional.of(SOON);
    }
    return known.get().mayReadAddresses() ? told(() -> owners(address)) : Optional.empty();
  }

  /** Whether an account counts is told by itself: it changes more often than its address. */
  private List<Account> owners(EmailAddress address) throws SurfaceTrouble {
    Optional<String> owner = mailboxes.learn(address);
    return owner.isEmpty()
        ? List.of()
        : List.of(accounts.learn(owner.get(), () -> account(owner.get())));
  }

  @Override
  public Optional<String> owner(EmailAddress address) {
    return home()
        .flatMap(
            home ->
                mailboxes
                    .known(address)
                    .filter(user -> has(new Identity(SlackSurface.NAME, home, user), address)));
  }

  /** Whether a full member of ours has an address by the workspace's own word. */
  private boolean has(Identity who, EmailAddress address) {
    return membership(who) instanceof Membership.Insider(var verified)
        && verified.filter(it -> it.toString().equalsIgnoreCase(address.toString())).isPresent();
  }

  @Override
  public Membership membership(Identity who) {
    return home()
        .flatMap(home -> accounts.within(who.user(), USABLE).map(it -> it.in(home, who.tenant())))
        .orElseGet(Membership.Unknown::new);
  }

  @Override
  public Optional<List<Member>> members(String group) {
    return rosters
        .last(group)
        .filter(it -> home().orElse(it.tenant()).equals(it.tenant()))
        .map(this::members);
  }

  private List<Member> members(GroupReading reading) {
    String home = reading.tenant();
    return reading.members().stream()
        .map(
            then ->
                new Member(
                    new Identity(SlackSurface.NAME, home, then.user()),
                    accounts
                        .last(then.user())
                        .orElseGet(() -> Account.of(then, home))
                        .in(home, home)))
        .toList();
  }

  /** Where somebody has to mend something, waiting does not help whoever clicked. */
  private static Optional<Duration> told(Lesson lesson) {
    try {
      Objects.requireNonNull(lesson.learn());
      return Optional.empty();
    } catch (SurfaceTrouble trouble) {
      return trouble.kind() == Kind.CLOSED
          ? Optional.empty()
          : Optional.of(trouble.asked().orElse(Duration.ZERO));
    }
  }

  private interface Lesson {
    Object learn() throws SurfaceTrouble;
  }

  private Account account(String user) throws SurfaceTrouble {
    try {
      return Account.of(api.call("users.info", m -> m.usersInfo(r -> r.user(user))).getUser());
    } catch (SlackRefusal refusal) {
      if (refusal.knowsNobody()) {
        return Account.unknown();
      }
      if (refusal.kind() == Kind.UNFIT) {
        // Whatever it is, it says nothing of the account: somebody has to look at the app.
        api.note("users.info", refusal.getMessage() + " Until then no click of Slack counts.");
      }
      throw refusal;
    }
  }

  /** Ids of the accounts in a user group, as Slack tells them now. */
  static List<String> inGroup(WebApi api, String id) throws SurfaceTrouble {
    List<String> users =
        api.call("usergroups.users.list", m -> m.usergroupsUsersList(r -> r.usergroup(id)))
            .getUsers();
    return users == null ? List.of() : users;
  }

  private Listed group(String id) throws SurfaceTrouble {
    String fault = "user group " + id;
    try {
      List<String> all = inGroup(api, id);
      if (all.size() > MOST_MEMBERS) {
        api.note(
            fault,
            "The user group %s has %d members, and only the first %d can decide: name a smaller one."
                .formatted(id, all.size(), MOST_MEMBERS));
      } else {
        api.clear(fault);
      }
      return new Listed(all.stream().limit(MOST_MEMBERS).toList(), clock.instant());
    } catch (SurfaceTrouble trouble) {
      if (trouble.kind() != Kind.UNFIT && trouble.kind() != Kind.GONE) {
        throw trouble;
      }
      String why = String.valueOf(trouble.getMessage());
      api.note(fault, "The user group " + id + " of the policy cannot be read. " + why);
      log.warn("group.unread group={} why={}", id, why);
      if (trouble.kind() == Kind.UNFIT) {
        throw trouble;
      }
      return new Listed(List.of(), clock.instant()); // no such group: then nobody is in it
    }
  }
}
