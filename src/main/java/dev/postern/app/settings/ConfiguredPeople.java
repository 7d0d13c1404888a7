package dev.postern.app.settings;

import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The people of the settings. Linked to accounts by configuration alone. */
public final class ConfiguredPeople implements Directory {
  private static final String GROUP = "group:";

  private final List<PersonEntry> entries;
  private final Supplier<Optional<String>> slackTeam;

  /**
   * Takes the people of the settings.
   *
   * @param slackTeam our own workspace, which a Slack account without one belongs to; while it is
   *     not known, such an account is nobody's
   */
  public ConfiguredPeople(List<PersonEntry> entries, Supplier<Optional<String>> slackTeam) {
    this.entries = List.copyOf(entries);
    this.slackTeam = slackTeam;
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

  private boolean is(PersonEntry entry, Identity who) {
    return switch (who.platform()) {
      case "postern" -> who.tenant().isEmpty() && entry.id().equals(who.user());
      case "slack" ->
          entry.slackUser().filter(who.user()::equals).isPresent()
              && teamOf(entry).filter(who.tenant()::equals).isPresent();
      default -> false;
    };
  }

  private Optional<String> teamOf(PersonEntry entry) {
    return entry.slackTeam().isEmpty() ? slackTeam.get() : Optional.of(entry.slackTeam());
  }

  private static Person of(PersonEntry entry) {
    return new Person(entry.id(), entry.name(), entry.email(), entry.slackUser(), entry.groups());
  }
}
