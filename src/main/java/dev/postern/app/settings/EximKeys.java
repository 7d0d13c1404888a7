package dev.postern.app.settings;

import java.nio.file.Path;
import java.util.List;

/** The settings of Exim's frozen messages. */
final class EximKeys {
  static final Key<String> NAME =
      new Key<>(
          "mail.exim.name",
          Form.matching(
              "a name of letters, digits, dots, - and _", "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
          false,
          "",
          "Switches following Exim's frozen messages on; what cases call this Exim.");
  static final Key<String> HELPER =
      new Key<>(
          "mail.exim.helper",
          Form.TEXT,
          false,
          "sudo -n /usr/local/sbin/postern-exim-helper",
          "How the helper is run, without a shell: words are parted at blanks.");
  static final Key<Path> LOG =
      new Key<>(
          "mail.exim.log",
          Form.PATH,
          false,
          "",
          "The main log; without, releases are known as off hold only, not as delivered.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL = List.of(NAME, HELPER, LOG);

  private EximKeys() {}
}
