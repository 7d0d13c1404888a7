package dev.postern.app.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of amavis's quarantine. */
final class AmavisKeys {
  static final Key<String> NAME =
      new Key<>(
          "mail.amavis.name",
          Form.matching(
              "a name of letters, digits, dots, - and _", "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
          false,
          "",
          "Switches following amavis's quarantine of files on; what cases call this amavis.");
  static final Key<String> RELEASE =
      new Key<>(
          "mail.amavis.release",
          new Form<>(
              "an address such as 127.0.0.1:9998, or the path of a socket",
              text ->
                  text.startsWith("/")
                      ? Form.TEXT.read().apply(text)
                      : HostPort.parse(text, Optional.empty()).map(HostPort::toString)),
          false,
          "127.0.0.1:9998",
          "Where amavis takes requests to release (AM.PDP).");
  static final Key<Path> QUARANTINE =
      new Key<>(
          "mail.amavis.quarantine",
          Form.PATH,
          false,
          "/var/lib/amavis/virusmails",
          "The $QUARANTINEDIR of amavis.");
  static final Key<List<String>> KINDS =
      new Key<>(
          "mail.amavis.kinds",
          Form.NAMES,
          false,
          "spam, banned, badh",
          "Beginnings of file names, up to the first hyphen, that are asked about.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL = List.of(NAME, RELEASE, QUARANTINE, KINDS);

  private AmavisKeys() {}
}
