package dev.postern.app.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of protocol, encryption and login of the ways in and out. */
final class SmtpKeys {
  static final Key<String> PROTOCOL =
      key(
          "mail.smtp.protocol",
          Form.oneOf("smtp", "lmtp"),
          "smtp",
          "What the next hop speaks; lmtp for a mailbox server without a queue.");
  static final Key<String> TLS =
      key(
          "mail.smtp.tls",
          Form.oneOf("off", "opportunistic", "required", "implicit"),
          "opportunistic",
          "TLS to the next hop: where it offers it, whatever its certificate; with a certificate"
              + " for its name or not at all; or that from the first octet (port 465).");
  static final Key<Path> CA_FILE =
      key(
          "mail.smtp.ca-file",
          Form.PATH,
          "",
          "Certificates in PEM that the next hop's is checked by; without, those of the system.");
  static final Key<String> USER =
      key("mail.smtp.user", Form.TEXT, "", "Name for AUTH at the next hop, if it asks for one.");
  static final Key<String> PASSWORD =
      new Key<>(
          "mail.smtp.password",
          Form.matching("one line of text", "[^\\p{Cntrl}]{1,1000}"),
          true,
          "",
          "The password to it; sent over TLS that is required, or to this host, only.");
  static final Key<Path> CERTIFICATE =
      key(
          "mail.smtp.certificate",
          Form.PATH,
          "",
          "Certificate in PEM with its chain: the entrances offer STARTTLS then.");
  static final Key<String> KEY =
      new Key<>(
          "mail.smtp.key",
          Form.matching(
              "an unencrypted key in PEM that begins with BEGIN PRIVATE KEY (PKCS #8)",
              "[^-]*-----BEGIN PRIVATE KEY-----[\\x00-\\x7f]{1,16000}"),
          true,
          "",
          "The key of certificate.");
  static final Key<HostPort> LMTP_LISTEN =
      key(
          "mail.lmtp.listen",
          Form.address("127.0.0.1:2424", Optional.empty()),
          "",
          "Where an entrance listens by LMTP, which answers for each recipient (docs/smtp.md).");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL =
      List.of(PROTOCOL, TLS, CA_FILE, USER, PASSWORD, CERTIFICATE, KEY, LMTP_LISTEN);

  private SmtpKeys() {}

  private static <T> Key<T> key(String name, Form<T> form, String fallback, String meaning) {
    return new Key<>(name, form, false, fallback, meaning);
  }
}
