package dev.postern.app.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of Proxmox Mail Gateway. */
final class ProxmoxKeys {
  static final Key<String> NAME =
      new Key<>(
          "mail.proxmox.name",
          Form.matching(
              "a name of letters, digits, dots, - and _", "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
          false,
          "",
          "Switches following a Proxmox Mail Gateway on; what cases call it.");
  static final Key<URI> URL =
      new Key<>(
          "mail.proxmox.url",
          Form.WEB_ADDRESS,
          false,
          "",
          "Address of the gateway, such as https://pmg.example:8006.");
  static final Key<String> USER =
      new Key<>(
          "mail.proxmox.user",
          Form.matching(
              "a user with its realm, such as postern@pmg", "[^\\s@]{1,50}@[a-z0-9-]{1,13}"),
          false,
          "postern@pmg",
          "User of the gateway, with the role Quarantine Manager and no second factor.");
  static final Key<String> PASSWORD =
      new Key<>(
          "mail.proxmox.password",
          Form.matching("at least 8 characters", "[^\\p{Cntrl}]{8,200}"),
          true,
          "",
          "Password of that user.");
  static final Key<List<String>> KINDS =
      new Key<>(
          "mail.proxmox.kinds",
          Form.listOf("spam, virus and attachment, or some of them", "spam|virus|attachment"),
          false,
          "spam, virus, attachment",
          "Quarantines of the gateway that are followed.");
  static final Key<Duration> WINDOW =
      new Key<>(
          "mail.proxmox.window",
          Form.DAYS,
          false,
          "30d",
          "How old an entry may be that is taken up.");
  static final Key<Path> CA_FILE =
      new Key<>(
          "mail.proxmox.ca-file",
          Form.PATH,
          false,
          "",
          "Certificates, or authorities, that the gateway may show; without, those of the system.");
  static final Key<String> FINGERPRINT =
      new Key<>(
          "mail.proxmox.fingerprint",
          TrustReader.FINGERPRINT,
          false,
          "",
          "SHA-256 fingerprint of the gateway's certificate, for one that it made itself.");
  static final Key<Duration> TIMEOUT =
      new Key<>(
          "mail.proxmox.timeout",
          Form.DURATION_FORM,
          false,
          "20s",
          "How long a call to the gateway may take.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL =
      List.of(NAME, URL, USER, PASSWORD, KINDS, WINDOW, CA_FILE, FINGERPRINT, TIMEOUT);

  private ProxmoxKeys() {}
}
