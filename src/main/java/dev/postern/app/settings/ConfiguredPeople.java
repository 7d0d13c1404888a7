package dev.postern.app.settings;

import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import java.util.List;
import java.util.Optional;

/** The people of the settings. Linked to accounts by configuration alone. */
public final class ConfiguredPeople implements Directory {
  private static final String GROUP = "group:";

  private final List<PersonEntry> entries;

  /** Takes the people of the settings. */
  public ConfiguredPeople(List<PersonEntry> entries) {
    this.entries = List.copyOf(entries);
  }

  @Override
  public Optional<Person> person(Identity who) {
    return entries.stream().filter(entry -> is(entry, who)).findFirst().map(ConfiguredPeople::of);
  }

  @Override
  public List<Person> named(String approver) {
    return entries.stream()
        .filter(
            entry ->
                approver.startsWith(GROUP)
                    ? entry.groups().contains(approver.substring(GROUP.length()))
                    : entry.id().equals(approver))
        .map(ConfiguredPeople::of)
        .toList();
  }

  private static boolean is(PersonEntry entry, Identity who) {
    return switch (who.platform()) {
      case "postern" -> who.tenant().isEmpty() && entry.id().equals(who.user());
      case "slack" ->
          entry.slackUser().filter(who.user()::equals).isPresent()
              && (entry.slackTeam().isEmpty() || entry.slackTeam().equals(who.tenant()));
      default -> false;
    };
  }

  private static Person of(PersonEntry entry) {
    return new Person(entry.id(), entry.name(), entry.email(), entry.slackUser(), entry.groups());
  }
}
