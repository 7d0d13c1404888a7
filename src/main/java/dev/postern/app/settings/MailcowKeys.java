package dev.postern.app.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of mailcow. */
final class MailcowKeys {
  static final Key<String> NAME =
      new Key<>(
          "mail.mailcow.name",
          Form.matching(
              "a name of letters, digits, dots, - and _", "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
          false,
          "",
          "Switches following the quarantine of a mailcow on; what cases call it.");
  static final Key<URI> URL =
      new Key<>(
          "mail.mailcow.url",
          Form.WEB_ADDRESS,
          false,
          "",
          "Address of mailcow, such as https://mail.firm.example.");
  static final Key<String> API_KEY =
      new Key<>(
          "mail.mailcow.api-key",
          Form.matching("an API key such as 11AA22-33BB44-55CC66", "[A-Za-z0-9-]{16,200}"),
          true,
          "",
          "Key of mailcow's API with read-write access.");
  static final Key<Path> CA_FILE =
      new Key<>(
          "mail.mailcow.ca-file",
          Form.PATH,
          false,
          "",
          "Certificates, or authorities, that mailcow may show; without, those of the system.");
  static final Key<String> FINGERPRINT =
      new Key<>(
          "mail.mailcow.fingerprint",
          TrustReader.FINGERPRINT,
          false,
          "",
          "SHA-256 fingerprint of mailcow's certificate, for one that it made itself.");
  static final Key<Duration> TIMEOUT =
      new Key<>(
          "mail.mailcow.timeout",
          Form.DURATION_FORM,
          false,
          "60s",
          "How long a call to mailcow may take; a release lasts while its spam filter learns.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL = List.of(NAME, URL, API_KEY, CA_FILE, FINGERPRINT, TIMEOUT);

  private MailcowKeys() {}
}
