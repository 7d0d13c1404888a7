package dev.postern.app.settings;

import java.net.URI;
import java.util.List;

/** The settings of rspamd. */
final class RspamdKeys {
  static final Key<String> PASSWORD =
      new Key<>(
          "mail.rspamd.password",
          Form.matching("at least 16 characters without spaces", "[\\x21-\\x7e]{16,400}"),
          true,
          "",
          "Switches the entrance for rspamd's metadata exporter on; the exporter's password.");
  static final Key<String> USER =
      new Key<>(
          "mail.rspamd.user",
          Form.matching("letters, digits, dots, - and _", "[A-Za-z0-9._-]{1,64}"),
          false,
          "postern",
          "The exporter's user.");
  static final Key<List<String>> ACTIONS =
      new Key<>(
          "mail.rspamd.actions",
          Form.listOf("actions of rspamd, such as quarantine or add header", "[a-z][a-z _-]{0,39}"),
          false,
          "quarantine",
          "Actions of rspamd that mean that a message is held; others are ignored.");
  static final Key<String> KEEP_IN =
      new Key<>(
          "mail.rspamd.keep-in",
          Form.oneOf("queue", "store"),
          false,
          "queue",
          "Where held mail stays: on hold in the mail server's queue, or in Postern's store"
              + " (docs/mail/rspamd.md).");
  static final Key<String> QUEUE =
      new Key<>(
          "mail.rspamd.queue",
          Form.matching(
              "a name of letters, digits, dots, - and _", "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
          false,
          "postfix",
          "Name of the hold queue in which held mail stays.");

  static final Key<String> LEARN =
      new Key<>(
          "mail.rspamd.learn",
          Form.oneOf("off", "ham-and-spam"),
          false,
          "off",
          "Whether rspamd learns what people release as ham and what they discard as spam.");
  static final Key<URI> CONTROLLER =
      new Key<>(
          "mail.rspamd.controller",
          Form.WEB_ADDRESS,
          false,
          "http://127.0.0.1:11334",
          "Address of rspamd's controller; for learning.");
  static final Key<String> CONTROLLER_PASSWORD =
      new Key<>(
          "mail.rspamd.controller-password",
          Form.matching("up to 400 characters without spaces", "[\\x21-\\x7e]{1,400}"),
          true,
          "",
          "The controller's enable_password, or its only password; for learning.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL =
      List.of(PASSWORD, USER, ACTIONS, KEEP_IN, QUEUE, LEARN, CONTROLLER, CONTROLLER_PASSWORD);

  private RspamdKeys() {}
}
