package dev.postern.app.settings;

import dev.postern.mail.EmailAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of a quarantine mailbox. */
final class MailboxKeys {
  static final Key<String> NAME =
      new Key<>(
          "mail.mailbox.name",
          Form.matching(
              "a name of letters, digits, dots, - and _", "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
          false,
          "",
          "Switches following a quarantine mailbox on; what cases call it.");
  static final Key<HostPort> IMAP =
      new Key<>(
          "mail.mailbox.imap",
          Form.address("imap.firm.example:993", Optional.of(993)),
          false,
          "",
          "IMAP server of the mailbox; this or a Maildir.");
  static final Key<String> TLS =
      new Key<>(
          "mail.mailbox.tls",
          Form.oneOf("implicit", "starttls", "none"),
          false,
          "implicit",
          "How the connection to the IMAP server is protected; none only on loopback.");
  static final Key<Path> CA_FILE =
      new Key<>(
          "mail.mailbox.ca-file",
          Form.PATH,
          false,
          "",
          "Certificates, or authorities, that the IMAP server may show; without, those of the"
              + " system.");
  static final Key<String> USER =
      new Key<>("mail.mailbox.user", Form.TEXT, false, "", "User of the mailbox.");
  static final Key<String> PASSWORD =
      new Key<>("mail.mailbox.password", Form.TEXT, true, "", "Password of that user.");
  static final Key<Path> MAILDIR =
      new Key<>(
          "mail.mailbox.maildir",
          Form.PATH,
          false,
          "",
          "The mailbox as a Maildir on this machine, instead of an IMAP server.");
  static final Key<String> FOLDER = folder("folder", "INBOX", "Folder with the mail that is held.");
  static final Key<String> RELEASED =
      folder("released", "Released", "Folder that released mail is moved to.");
  static final Key<String> DISCARDED =
      folder("discarded", "", "Folder that discarded mail is moved to; without, it is deleted.");
  static final Key<HostPort> REINJECT =
      new Key<>(
          "mail.mailbox.reinject",
          Form.address("127.0.0.1:10027", Optional.empty()),
          false,
          "",
          "Mail server that released mail is sent to before it is moved; needed to release to some"
              + " recipients.");
  static final Key<EmailAddress> ADDRESS =
      new Key<>(
          "mail.mailbox.address",
          Form.EMAIL,
          false,
          "",
          "Address of the mailbox itself, shown where a message does not say whom it was for.");
  static final Key<List<String>> RECIPIENT_FIELDS =
      fields(
          "recipient-fields",
          "X-Envelope-To, X-Original-To, Delivered-To",
          "Header fields with the recipients, as your servers write them; the first that is there"
              + " counts.");
  static final Key<List<String>> SENDER_FIELDS =
      fields(
          "sender-fields",
          "X-Envelope-From, Return-Path",
          "Header fields with the sender, as your servers write them; the first that is there"
              + " counts.");
  static final Key<List<String>> RELAYS =
      new Key<>(
          "mail.mailbox.relays",
          Form.NETWORKS,
          false,
          "127.0.0.0/8, ::1",
          "Your own mail servers, as the Received fields name them; what they wrote is believed.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL =
      List.of(
          NAME,
          IMAP,
          TLS,
          CA_FILE,
          USER,
          PASSWORD,
          MAILDIR,
          FOLDER,
          RELEASED,
          DISCARDED,
          REINJECT,
          ADDRESS,
          RECIPIENT_FIELDS,
          SENDER_FIELDS,
          RELAYS);

  private MailboxKeys() {}

  private static Key<String> folder(String key, String usual, String meaning) {
    return new Key<>(
        "mail.mailbox." + key,
        Form.matching(
            "a folder of letters, digits, blanks and . _ / -", "[A-Za-z0-9][A-Za-z0-9 ._/-]{0,79}"),
        false,
        usual,
        meaning);
  }

  private static Key<List<String>> fields(String key, String usual, String meaning) {
    return new Key<>(
        "mail.mailbox." + key,
        Form.listOf("names of header fields", "[A-Za-z][A-Za-z0-9-]{0,59}"),
        false,
        usual,
        meaning);
  }
}
