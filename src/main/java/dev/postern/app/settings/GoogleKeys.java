package dev.postern.app.settings;

import dev.postern.mail.EmailAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The settings of the admin quarantine of Google Workspace. */
final class GoogleKeys {
  static final Key<String> NAME =
      new Key<>(
          "mail.google.name",
          Form.matching(
              "a name of letters, digits, dots, - and _", "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
          false,
          "",
          "Switches following the admin quarantine of Google Workspace on; what cases call it.");
  static final Key<String> CUSTOMER =
      new Key<>(
          "mail.google.customer",
          Form.matching(
              "a customer id such as C01abc23de: Admin console → \"Account settings\" →"
                  + " \"Profile\"",
              "[A-Za-z0-9]{4,32}"),
          false,
          "",
          "Whose quarantine.");
  static final Key<EmailAddress> ADMIN =
      new Key<>(
          "mail.google.admin",
          Form.EMAIL,
          false,
          "",
          "The administrator in whose name Postern asks and decides.");
  static final Key<String> KEY =
      new Key<>(
          "mail.google.key",
          Form.matching(
              "the key of a service account as JSON; set mail.google.key-file to its file",
              "\\s*\\{[\\x00-\\x7f]{1,16000}\\}\\s*"),
          true,
          "",
          "Proves to Google that Postern is the service account.");
  static final Key<URI> TOKEN_URL =
      new Key<>(
          "mail.google.token-url",
          Form.WEB_ADDRESS,
          false,
          "https://oauth2.googleapis.com/token",
          "Where Postern signs in; or a stand-in on this machine.");
  static final Key<URI> API_URL =
      new Key<>(
          "mail.google.api-url",
          Form.WEB_ADDRESS,
          false,
          "https://mailadminquarantine.googleapis.com",
          "Where the quarantine is; or a stand-in on this machine.");
  static final Key<Duration> POLL =
      new Key<>(
          "mail.google.poll",
          Form.DURATION_FORM,
          false,
          "60s",
          "How long Google is left alone between two looks.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL = List.of(NAME, CUSTOMER, ADMIN, KEY, TOKEN_URL, API_URL, POLL);

  private GoogleKeys() {}
}
