package dev.postern.app;

import dev.postern.app.mail.Connector;
import dev.postern.app.mail.Connectors;
import dev.postern.app.mail.Retired;
import dev.postern.app.settings.Settings;
import dev.postern.approval.Granting;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.MailSystems;
import dev.postern.approval.NextHop;
import dev.postern.approval.Petition;
import dev.postern.approval.Quarantine;
import dev.postern.quarantine.builtin.BuiltinQuarantine;
import dev.postern.store.Store;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The mail systems that the settings name.
 *
 * @param systems who keeps which mail back
 * @param connectors those that are asked what they hold; of a retired one nothing is held
 */
record MailWiring(MailSystems systems, List<Connector> connectors) {

  /** What they hold. */
  List<Holdings> followed() {
    return connectors.stream().map(Connector::holdings).toList();
  }

  /** Names of mail systems that hold mail and release it. */
  Set<String> sources() {
    return connectors.stream()
        .filter(one -> !one.kind().equals(Retired.KIND))
        .map(Connector::source)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Sources whose mail Postern keeps, or asks a mail system for, now or once. */
  Set<String> names() {
    Set<String> names = new HashSet<>(HoldRef.OWN_SOURCES);
    connectors.forEach(one -> names.add(one.source()));
    return names;
  }

  /**
   * Nobody would follow or release mail of a mail system that has another name now, or none; from
   * the store it would be sent a second time.
   *
   * @param open how many cases are open of each source
   * @throws Unusable where open cases are of a mail system that the settings do not name
   */
  void keepsAll(Map<String, Integer> open) {
    Set<String> names = names();
    open.forEach(
        (source, cases) -> {
          if (!names.contains(source)) {
            throw new Unusable(
                "%d open case(s) are of the mail system %s, which no setting names any more: give it"
                        .formatted(cases, source)
                    + " its old name back until they are done (mail.postfix.name and the like), or"
                    + " set mail.retired = [%s], which ends them without doing anything (docs/operating.md)"
                        .formatted(source));
          }
        });
  }

  static MailWiring of(Settings settings, Store store, NextHop nextHop, InstantSource clock) {
    List<Connector> connectors = Connectors.of(settings.mail(), store.reports(), clock);
    Map<String, Quarantine> bySource = new HashMap<>();
    connectors.forEach(one -> bySource.put(one.source(), one.quarantine()));
    bySource.put(Petition.SOURCE, new Granting(store.records().grants(), clock));
    BuiltinQuarantine builtin = new BuiltinQuarantine(store.book()::raw, nextHop);
    return new MailWiring(new MailSystems(bySource, builtin), connectors);
  }
}
