package dev.postern.app.settings;

import dev.postern.quarantine.m365.M365Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The settings of the quarantine of Microsoft 365. */
final class M365Keys {
  static final Key<String> NAME =
      new Key<>(
          "mail.m365.name",
          Form.matching(
              "a name of letters, digits, dots, - and _", "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
          false,
          "",
          "Switches following the quarantine of Microsoft 365 on; what cases call it.");
  static final Key<String> TENANT =
      new Key<>(
          "mail.m365.tenant",
          Form.matching(
              "a GUID: copy \"Directory (tenant) ID\" from the app registration's \"Overview\"",
              M365Settings.GUID),
          false,
          "",
          "The tenant.");
  static final Key<String> APP_ID =
      new Key<>(
          "mail.m365.app-id",
          Form.matching(
              "a GUID: copy \"Application (client) ID\" from the app registration's \"Overview\"",
              M365Settings.GUID),
          false,
          "",
          "The app registration.");
  static final Key<String> CERTIFICATE =
      new Key<>(
          "mail.m365.certificate",
          Form.matching(
              "a certificate in PEM, as it was uploaded under \"Certificates & secrets\" →"
                  + " \"Certificates\"",
              "[^-]*-----BEGIN CERTIFICATE-----[\\x00-\\x7f]{1,16000}"),
          true,
          "",
          "Proves to Microsoft that Postern is the app, together with key.");
  static final Key<String> KEY =
      new Key<>(
          "mail.m365.key",
          Form.matching(
              "an unencrypted RSA key in PEM that begins with BEGIN PRIVATE KEY (PKCS #8)",
              "[^-]*-----BEGIN PRIVATE KEY-----[\\x00-\\x7f]{1,16000}"),
          true,
          "",
          "The key of certificate.");
  static final Key<URI> LOGIN_URL =
      new Key<>(
          "mail.m365.login-url",
          Form.WEB_ADDRESS,
          false,
          "https://login.microsoftonline.com",
          "Where Postern signs in; another cloud, or a stand-in on this machine.");
  static final Key<URI> API_URL =
      new Key<>(
          "mail.m365.api-url",
          Form.WEB_ADDRESS,
          false,
          "https://outlook.office365.com",
          "Where Exchange Online is; another cloud, or a stand-in on this machine.");
  static final Key<Duration> POLL =
      new Key<>(
          "mail.m365.poll",
          Form.DURATION_FORM,
          false,
          "60s",
          "How long Microsoft is left alone between two looks.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL =
      List.of(NAME, TENANT, APP_ID, CERTIFICATE, KEY, LOGIN_URL, API_URL, POLL);

  private M365Keys() {}
}
