package dev.postern.app.settings;

import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.approval.Accounts;
import dev.postern.approval.CardPlace;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.approval.Person;
import dev.postern.approval.Refusal;
import dev.postern.approval.Witness;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.GroupKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The people of the settings. An account belongs to the person who names it, or, where that is
 * switched on, to the person whose address its workspace verified; and only while the platform
 * calls it a full member.
 */
public final class ConfiguredPeople implements Directory {
  private static final String GROUP = "group:";
  private static final String SLACK = "slack";
  private static final String TEAMS = "teams";

  private final List<PersonEntry> entries;
  private final Function<String, Accounts> platforms;
  private final ByEmail byEmail;

  /**
   * Takes the people of the settings.
   *
   * @param platforms what a chat platform says, by its name; asked anew each time, since platforms
   *     come up later
   * @param byEmail what addresses are good for that Slack verified
   */
  public ConfiguredPeople(
      List<PersonEntry> entries, Function<String, Accounts> platforms, ByEmail byEmail) {
    this.entries = List.copyOf(entries);
    this.platforms = platforms;
    this.byEmail = byEmail;
  }

  /** The same where there is no platform but Slack. */
  public ConfiguredPeople(List<PersonEntry> entries, Supplier<Accounts> slack, ByEmail byEmail) {
    this(entries, name -> name.equals(SLACK) ? slack.get() : Accounts.NONE, byEmail);
  }

  private Accounts slack() {
    return platforms.apply(SLACK);
  }

  @Override
  public Optional<Person> person(Identity who) {
    return switch (who.platform()) {
      case "postern" ->
          entries.stream()
              .filter(entry -> who.tenant().isEmpty() && entry.id().equals(who.user()))
              .findFirst()
              .map(ConfiguredPeople::of);
      case SLACK, TEAMS -> {
        Accounts platform = platforms.apply(who.platform());
        yield person(who, platform.membership(who), platform.home());
      }
      default -> Optional.empty();
    };
  }

  private Optional<Person> person(Identity who, Membership membership, Optional<String> home) {
    Optional<PersonEntry> entry =
        switch (membership) {
          case Membership.Insider(var email) ->
              named(who, home)
                  .or(() -> email.filter(_ -> byEmail.link()).flatMap(it -> owner(it.toString())));
          // The settings name such an account with its workspace, so that it is meant.
          case Membership.Outsider(var of) ->
              named(new Identity(who.platform(), of, who.user()), home)
                  .filter(it -> !it.tenant(who.platform()).isEmpty());
          case Membership.Barred _, Membership.Unknown _ -> Optional.empty();
        };
    return entry.map(ConfiguredPeople::of);
  }

  private Optional<PersonEntry> named(Identity account, Optional<String> home) {
    return entries.stream()
        .filter(entry -> entry.user(account.platform()).equals(Optional.of(account.user())))
        .filter(
            entry ->
                tenantOf(entry, account.platform(), home).equals(Optional.of(account.tenant())))
        .findFirst();
  }

  /** Who names an account has just that one. */
  private Optional<PersonEntry> owner(String email) {
    return entries.stream()
        .filter(entry -> entry.slackUser().isEmpty())
        .filter(
            entry -> entry.email().filter(e -> e.toString().equalsIgnoreCase(email)).isPresent())
        .findFirst();
  }

  private static Optional<String> tenantOf(
      PersonEntry entry, String platform, Optional<String> home) {
    String named = entry.tenant(platform);
    return named.isEmpty() ? home : Optional.of(named);
  }

  @Override
  public List<Person> named(String approver) {
    Optional<GroupKind> group = GroupKind.of(approver);
    return group.isPresent()
        ? told(group.get(), approver).orElse(List.of()).stream()
            .flatMap(member -> inOurGroup(member).stream())
            .distinct()
            .toList()
        : inSettings(approver);
  }

  private List<Person> inSettings(String approver) {
    return entries.stream()
        .filter(
            entry ->
                approver.startsWith(GROUP)
                    ? entry.groups().contains(approver.substring(GROUP.length()))
                    : entry.id().equals(approver))
        .map(ConfiguredPeople::of)
        .toList();
  }

  /** Who is in a group by the word of whoever tells its members; empty where nobody told yet. */
  private Optional<List<Accounts.Member>> told(GroupKind group, String approver) {
    return platforms.apply(group.platform()).members(group.idIn(approver));
  }

  /**
   * A group that was read before the start is of our workspace or tenant, though nobody has told it
   * since.
   */
  private Optional<Person> inOurGroup(Accounts.Member member) {
    return person(member.who(), member.membership(), Optional.of(member.who().tenant()));
  }

  @Override
  public Optional<Witness> witness(EmailAddress address) {
    Optional<PersonEntry> person =
        entries.stream()
            .filter(entry -> entry.email().filter(e -> same(e, address)).isPresent())
            .findFirst();
    return person
        .flatMap(entry -> of(entry).chat())
        .or(() -> byEmail.ask() ? owner(address) : Optional.empty())
        .map(
            place ->
                person
                    .map(entry -> new Witness(entry.id(), entry.name(), place))
                    .orElseGet(() -> Witness.unnamed(place)));
  }

  private Optional<CardPlace> owner(EmailAddress address) {
    return slack().owner(address).map(account -> new CardPlace(SLACK, account));
  }

  @Override
  public Optional<Duration> refresh(EmailAddress address) {
    return byEmail.ask() ? slack().refresh(address) : Optional.empty();
  }

  /** Mail systems of firms do not tell people apart by the case of letters. */
  private static boolean same(EmailAddress one, EmailAddress other) {
    return one.toString().equalsIgnoreCase(other.toString());
  }

  @Override
  public Optional<Refusal> bars(Identity who) {
    if (!isChat(who)) {
      return Optional.empty();
    }
    return switch (platforms.apply(who.platform()).membership(who)) {
      case Membership.Insider _ -> Optional.empty();
      case Membership.Outsider outsider ->
          person(who, outsider, platforms.apply(who.platform()).home()).isPresent()
              ? Optional.empty()
              : Optional.of(Refusal.STRANGER);
      case Membership.Barred(var why) -> Optional.of(why);
      case Membership.Unknown _ -> Optional.of(Refusal.UNCONFIRMED);
    };
  }

  @Override
  public boolean hasRead(String approver) {
    return GroupKind.of(approver).map(group -> told(group, approver).isPresent()).orElse(true);
  }

  @Override
  public Optional<Duration> refresh(Identity who) {
    return isChat(who) ? platforms.apply(who.platform()).refresh(who) : Optional.empty();
  }

  @Override
  public Optional<Duration> refresh(String approver) {
    return GroupKind.of(approver)
        .flatMap(group -> platforms.apply(group.platform()).refresh(group.idIn(approver)));
  }

  private static boolean isChat(Identity who) {
    return who.platform().equals(SLACK) || who.platform().equals(TEAMS);
  }

  private static Person of(PersonEntry entry) {
    return new Person(
        entry.id(),
        entry.name(),
        entry.email(),
        entry.slackUser(),
        entry.teamsUser(),
        entry.groups());
  }
}
