package dev.postern.app;

import dev.postern.approval.Holdings;
import dev.postern.approval.MailSystems;
import dev.postern.approval.NextHop;
import dev.postern.quarantine.builtin.BuiltinQuarantine;
import dev.postern.store.Store;
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

  static MailWiring of(Store store, NextHop nextHop) {
    BuiltinQuarantine builtin = new BuiltinQuarantine(store.book()::raw, nextHop);
    return new MailWiring(new MailSystems(Map.of(), builtin), List.of());
  }
}
