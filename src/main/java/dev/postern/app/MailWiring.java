package dev.postern.app;

import dev.postern.app.settings.Settings;
import dev.postern.approval.Holdings;
import dev.postern.approval.MailSystems;
import dev.postern.approval.NextHop;
import dev.postern.approval.Quarantine;
import dev.postern.quarantine.builtin.BuiltinQuarantine;
import dev.postern.quarantine.postfix.PostfixHoldings;
import dev.postern.quarantine.postfix.PostfixParts;
import dev.postern.quarantine.postfix.PostfixQuarantine;
import dev.postern.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
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
    BuiltinQuarantine builtin = new BuiltinQuarantine(store.book()::raw, nextHop);
    Map<String, Quarantine> bySource = new HashMap<>();
    List<Holdings> followed = new ArrayList<>();
    settings
        .postfix()
        .map(PostfixParts::new)
        .ifPresent(
            postfix -> {
              PostfixHoldings holdings = new PostfixHoldings(postfix);
              bySource.put(holdings.source(), new PostfixQuarantine(postfix, clock));
              followed.add(holdings);
            });
    return new MailWiring(new MailSystems(bySource, builtin), List.copyOf(followed));
  }
}
