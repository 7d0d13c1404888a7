package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.approval.HoldRef;
import dev.postern.mail.EmailAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what is set for the mail systems that hold mail. */
final class MailReader {
  private final Values values;
  private final List<Fault> faults;
  private final Path folder;

  /**
   * @param folder what a file name is relative to
   */
  MailReader(Values values, List<Fault> faults, Path folder) {
    this.values = values;
    this.faults = faults;
    this.folder = folder;
  }

  /** What is set. */
  MailSettings read(Settings.Smtp smtp) {
    RspamdReader rspamd = new RspamdReader(values, faults);
    Map<String, String> taken =
        distinct(
            PostfixKeys.NAME,
            EximKeys.NAME,
            AmavisKeys.NAME,
            MailboxKeys.NAME,
            ProxmoxKeys.NAME,
            MailcowKeys.NAME,
            M365Keys.NAME,
            GoogleKeys.NAME);
    CloudReader cloud = new CloudReader(values, faults);
    return new MailSettings(
        new MilterReader(values, faults).read(smtp.maxSize()),
        new PostfixReader(values, faults, folder).read(smtp),
        new EximReader(values, faults, folder).read(smtp),
        new AmavisReader(values, faults, folder).read(smtp),
        new MailboxReader(values, faults, folder).read(smtp),
        rspamd.read(smtp.maxSize()),
        rspamd.teacher(),
        new ProxmoxReader(values, faults, folder).read(smtp.maxSize()),
        new MailcowReader(values, faults, folder).read(smtp.maxSize()),
        new MtaHooksReader(values).read(smtp.maxSize()),
        cloud.m365(smtp.maxSize()),
        cloud.google(smtp.maxSize()),
        canary(!taken.isEmpty()),
        retired(taken));
  }

  private Optional<CanaryPlan> canary(boolean followed) {
    Optional<EmailAddress> to = values.get(CanaryKeys.TO);
    Optional<HostPort> through = values.get(CanaryKeys.THROUGH);
    if (to.isPresent() != through.isPresent()) {
      refuse(CanaryKeys.TO, "mail.canary needs both, to and through");
    } else if (to.isPresent() && !followed) {
      refuse(
          CanaryKeys.TO,
          "mail.canary.to: no mail system is followed that could hold a canary, such as"
              + " mail.postfix");
    }
    through
        .filter(where -> values.has(MilterKeys.LISTEN) && !where.loopback())
        .ifPresent(
            _ ->
                refuse(
                    CanaryKeys.THROUGH,
                    "mail.canary.through: with mail.milter a canary comes from the mail server"
                        + " itself, or people would be asked about it: 127.0.0.1:25"));
    return to.flatMap(it -> through.map(where -> new CanaryPlan(it, where)));
  }

  private void refuse(Key<?> key, String sentence) {
    faults.add(new Fault(values.where(key.name()), sentence));
  }

  private Set<String> retired(Map<String, String> taken) {
    List<String> names = values.get(MailKeys.RETIRED).orElse(List.of());
    names.stream()
        .filter(name -> taken.containsKey(name) || HoldRef.OWN_SOURCES.contains(name))
        .forEach(
            name ->
                faults.add(
                    new Fault(
                        values.where(MailKeys.RETIRED.name()),
                        "mail.retired: "
                            + taken.getOrDefault(name, "an entrance of Postern's own")
                            + " has that name: "
                            + name)));
    taken.keySet().forEach(this::reportedByNobody);
    names.forEach(this::reportedByNobody);
    return Set.copyOf(names);
  }

  /** Whoever reports holds by a signed request is another than those that Postern asks. */
  private void reportedByNobody(String source) {
    if (values.chosen(List.of(Keys.INTAKE_SECRET)).contains(source)) {
      String key = "intake.secrets." + source;
      faults.add(
          new Fault(
              values.whereBelow(key),
              key
                  + ": Postern asks the mail system of that name itself, or did once: report under"
                  + " another name"));
    }
  }

  /** What holds a message is told by this name alone. Returns whose each is. */
  @SafeVarargs
  private Map<String, String> distinct(Key<String>... names) {
    Map<String, String> taken = new HashMap<>();
    for (Key<String> key : names) {
      values
          .get(key)
          .flatMap(name -> Optional.ofNullable(taken.put(name, key.name())))
          .ifPresent(
              other ->
                  faults.add(
                      new Fault(
                          values.where(key.name()),
                          key.name()
                              + ": "
                              + other
                              + " has that name: "
                              + values.get(key).orElse(""))));
    }
    return taken;
  }
}
