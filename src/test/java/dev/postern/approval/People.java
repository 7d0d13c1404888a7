package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** A directory of test people; all of them are in group {@code admins} until they leave. */
public final class People implements Directory {
  private final List<Person> all = new CopyOnWriteArrayList<>();

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
  public Optional<Person> person(Identity who) {
    return all.stream()
        .filter(
            p ->
                switch (who.platform()) {
                  case "postern" -> p.id().equals(who.user());
                  case "slack" -> p.slackUser().equals(Optional.of(who.user()));
                  default -> false;
                })
        .findFirst();
  }

  @Override
  public List<Person> named(String approver) {
    return all.stream()
        .filter(
            p ->
                p.id().equals(approver)
                    || p.groups().stream().anyMatch(g -> approver.equals("group:" + g)))
        .toList();
  }
}
