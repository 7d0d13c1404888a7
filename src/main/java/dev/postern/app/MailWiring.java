package dev.postern.app;

import dev.postern.app.mail.Connector;
import dev.postern.app.mail.Connectors;
import dev.postern.app.settings.Settings;
import dev.postern.approval.Holdings;
import dev.postern.approval.MailSystems;
import dev.postern.approval.NextHop;
import dev.postern.approval.Quarantine;
import dev.postern.quarantine.builtin.BuiltinQuarantine;
import dev.postern.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The mail systems that the settings name.
 *
 * @param systems who keeps which mail back
 * @param followed those that are asked what they hold
 */
record MailWiring(MailSystems systems, List<Holdings> followed) {

  /** Names of mail systems that are asked what they hold, and that release it. */
  Set<String> sources() {
    return followed.stream().map(Holdings::source).collect(Collectors.toUnmodifiableSet());
  }

  static MailWiring of(Settings settings, Store store, NextHop nextHop, InstantSource clock) {
    List<Connector> connectors = Connectors.of(settings.mail(), clock);
    Map<String, Quarantine> bySource =
        connectors.stream()
            .collect(Collectors.toUnmodifiableMap(Connector::source, Connector::quarantine));
    BuiltinQuarantine builtin = new BuiltinQuarantine(store.book()::raw, nextHop);
    return new MailWiring(
        new MailSystems(bySource, builtin), connectors.stream().map(Connector::holdings).toList());
  }
}
