package dev.postern.app.settings;

import java.util.List;
import java.util.stream.Stream;

/** The settings of the mail systems that hold mail. */
final class MailKeys {
  static final Key<List<String>> RETIRED =
      new Key<>(
          "mail.retired",
          Form.SOURCES,
          false,
          "",
          "Mail systems that are gone or have another name now: open cases of theirs end, and"
              + " nothing is done for them (docs/operating.md).");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL =
      Stream.of(
              MilterKeys.ALL,
              PostfixKeys.ALL,
              EximKeys.ALL,
              AmavisKeys.ALL,
              MailboxKeys.ALL,
              RspamdKeys.ALL,
              ProxmoxKeys.ALL,
              MailcowKeys.ALL,
              MtaHooksKeys.ALL,
              M365Keys.ALL,
              GoogleKeys.ALL,
              List.<Key<?>>of(RETIRED),
              CanaryKeys.ALL)
          .flatMap(List::stream)
          .toList();

  private MailKeys() {}
}
