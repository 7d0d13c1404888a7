package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.intake.rspamd.RspamdSettings;
import dev.postern.intake.rspamd.RspamdSettings.Keeper;
import dev.postern.quarantine.rspamd.TeacherSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is set for rspamd. */
final class RspamdReader {
  /** What mail is called that rspamd reports and nobody else holds. */
  private static final String OWN_SOURCE = "rspamd";

  /** Requests in memory at once: as many octets as the largest messages of so many take. */
  private static final long LARGEST_AT_ONCE = 8;

  private final Values values;
  private final List<Fault> faults;

  RspamdReader(Values values, List<Fault> faults) {
    this.values = values;
    this.faults = faults;
  }

  /** Where it learns; empty when it does not. */
  Optional<TeacherSettings> teacher() {
    Optional<Secret> password = values.secret(RspamdKeys.CONTROLLER_PASSWORD, "");
    if (!values.get(RspamdKeys.LEARN).orElse("off").equals("ham-and-spam")) {
      return Optional.empty();
    }
    if (password.isEmpty()) {
      faults.add(
          new Fault(
              values.where(RspamdKeys.LEARN.name()),
              "mail.rspamd.learn needs mail.rspamd.controller-password: rspamd lets nobody teach"
                  + " it without"));
    }
    return password.flatMap(
        it -> values.get(RspamdKeys.CONTROLLER).map(at -> new TeacherSettings(at, it.text())));
  }

  /**
   * What is set; empty when the entrance is off.
   *
   * @param largest octets of one message
   */
  Optional<RspamdSettings> read(long largest) {
    boolean queued = values.get(RspamdKeys.KEEP_IN).orElse("queue").equals("queue");
    return values
        .secret(RspamdKeys.PASSWORD, "")
        .map(
            password ->
                new RspamdSettings(
                    values.get(RspamdKeys.USER).orElse(""),
                    password.text(),
                    queued ? values.get(RspamdKeys.QUEUE).orElse("") : OWN_SOURCE,
                    queued ? Keeper.MAIL_SYSTEM : Keeper.POSTERN,
                    Set.copyOf(values.get(RspamdKeys.ACTIONS).orElseThrow()),
                    (int) largest,
                    LARGEST_AT_ONCE * largest));
  }
}
