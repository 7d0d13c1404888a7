package dev.postern.app.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of Postfix's hold queue. */
final class PostfixKeys {
  static final Key<String> NAME =
      new Key<>(
          "mail.postfix.name",
          Form.matching(
              "a name of letters, digits, dots, - and _", "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
          false,
          "",
          "Switches following Postfix's hold queue on; what cases call this Postfix.");
  static final Key<String> HELPER =
      new Key<>(
          "mail.postfix.helper",
          Form.TEXT,
          false,
          "sudo -n /usr/local/sbin/postern-postfix-helper",
          "How the helper is run, without a shell: words are parted at blanks.");
  static final Key<Path> PROGRAMS =
      new Key<>(
          "mail.postfix.programs",
          Form.PATH,
          false,
          "/usr/sbin",
          "Folder of postqueue and postconf.");
  static final Key<Path> CONFIG =
      new Key<>(
          "mail.postfix.config",
          Form.PATH,
          false,
          "",
          "Folder of main.cf; without, the one that Postfix was built with.");
  static final Key<HostPort> REINJECT =
      new Key<>(
          "mail.postfix.reinject",
          Form.address("127.0.0.1:10027", Optional.empty()),
          false,
          "",
          "Service of Postfix that takes released mail back; needed to release to some recipients,"
              + " and old mail.");
  static final Key<Path> LOG =
      new Key<>(
          "mail.postfix.log",
          Form.PATH,
          false,
          "",
          "The mail log; without, releases are known as queued only, not as delivered.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL = List.of(NAME, HELPER, PROGRAMS, CONFIG, REINJECT, LOG);

  private PostfixKeys() {}
}
