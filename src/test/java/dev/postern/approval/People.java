package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** A directory of test people; all of them are in group {@code admins} until they leave. */
public final class People implements Directory {
  private final List<Person> all = new CopyOnWriteArrayList<>();

  /** How long the platform wants to be left alone about accounts; empty while it answers. */
  public volatile Optional<Duration> silence = Optional.empty();

  /** The same about its groups. */
  public volatile Optional<Duration> silenceAboutGroups = Optional.empty();

  /** Accounts that never count, by user id. */
  public final Map<String, Refusal> barred = new ConcurrentHashMap<>();

  /** Accounts that nobody of the settings has, by mail address. */
  public final Map<String, String> mailboxes = new ConcurrentHashMap<>();

  /** Who is in each group of the platform, by ids of people; without those never read. */
  public final Map<String, Set<String>> groups = new ConcurrentHashMap<>();

  /** The entries that were asked about, in order. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** Adds a person whose address is {@code id@corp.example}. */
  public People and(String id) {
    return and(id, "admins");
  }

  /** Adds a person of another group. */
  public People and(String id, String group) {
    all.add(
        new Person(
            id,
            "The " + id,
            EmailAddress.parse(id + "@corp.example"),
            Optional.of("U" + id),
            Set.of(group)));
    return this;
  }

  /** Adds somebody as given. */
  public People with(Person person) {
    all.add(person);
    return this;
  }

  /** Takes a person out of every group. */
  public void leaves(String id) {
    all.replaceAll(
        p ->
            p.id().equals(id)
                ? new Person(p.id(), p.name(), p.email(), p.slackUser(), Set.of())
                : p);
  }

  /** Many people: p1, p2, and so on. */
  public static People crowd(int size) {
    People people = new People();
    IntStream.rangeClosed(1, size).forEach(i -> people.and("p" + i));
    return people;
  }

  @Override
  public Optional<Refusal> bars(Identity who) {
    return Optional.ofNullable(barred.get(who.user()));
  }

  @Override
  public boolean hasRead(String approver) {
    return !approver.startsWith("slack-group:") || groups.containsKey(approver);
  }

  @Override
  public Optional<Duration> refresh(Identity who) {
    asked.add(who.user());
    return who.platform().equals("slack") ? silence : Optional.empty();
  }

  @Override
  public Optional<Duration> refresh(String approver) {
    asked.add(approver);
    return silenceAboutGroups;
  }

  @Override
  public Optional<Person> person(Identity who) {
    return all.stream()
        .filter(
            p ->
                switch (who.platform()) {
                  case "postern" -> p.id().equals(who.user());
                  case "teams" -> p.teamsUser().equals(Optional.of(who.user()));
                  case "slack" -> p.slackUser().equals(Optional.of(who.user()));
                  default -> false;
                })
        .findFirst();
  }

  @Override
  public Optional<Witness> witness(EmailAddress address) {
    Optional<CardPlace> unnamed =
        Optional.ofNullable(mailboxes.get(address.toString()))
            .map(account -> new CardPlace("slack", account));
    return all.stream()
        .filter(p -> p.email().filter(address::equals).isPresent())
        .findFirst()
        .map(p -> new Witness(p.id(), p.name(), new CardPlace("slack", "U" + p.id())))
        .or(() -> unnamed.map(Witness::unnamed));
  }

  @Override
  public Optional<Duration> refresh(EmailAddress address) {
    asked.add(address.toString());
    return silence;
  }

  @Override
  public List<Person> named(String approver) {
    return all.stream()
        .filter(
            p ->
                p.id().equals(approver)
                    || groups.getOrDefault(approver, Set.of()).contains(p.id())
                    || p.groups().stream().anyMatch(g -> approver.equals("group:" + g)))
        .toList();
  }
}
