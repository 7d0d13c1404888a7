package dev.postern.app.settings;

import java.time.Duration;
import java.util.List;

/** The settings of MTA Hooks. */
final class MtaHooksKeys {
  static final Key<String> SECRET =
      new Key<>(
          "mail.mta-hooks.secret",
          Form.matching("at least 16 characters without spaces", "[\\x21-\\x7e]{16,400}"),
          true,
          "",
          "Switches the entrance for MTA Hooks of Stalwart on; the secret of the hook.");
  static final Key<String> USER =
      new Key<>(
          "mail.mta-hooks.user",
          Form.matching("letters, digits, dots, - and _", "[A-Za-z0-9._-]{1,64}"),
          false,
          "postern",
          "The user of the hook.");
  static final Key<String> ON_TROUBLE =
      new Key<>(
          "mail.mta-hooks.on-trouble",
          Form.oneOf("tempfail", "accept"),
          false,
          "tempfail",
          "What becomes of mail that Postern cannot look at now.");
  static final Key<String> JUDGE_AUTHENTICATED =
      new Key<>(
          "mail.mta-hooks.judge-authenticated",
          Form.oneOf("on", "off"),
          false,
          "off",
          "on judges mail of people, too, who signed in at Stalwart.");
  static final Key<List<String>> OWN_NETWORKS =
      new Key<>(
          "mail.mta-hooks.own-networks",
          Form.NETWORKS,
          false,
          "",
          "Clients whose mail is not judged, such as your own printers.");
  static final Key<Integer> RELEASE_PORT =
      new Key<>(
          "mail.mta-hooks.release-port",
          Form.PORT,
          false,
          "",
          "Port of Stalwart that takes released mail; what comes in there is not judged again.");
  static final Key<String> AUTHSERV_ID =
      new Key<>(
          "mail.mta-hooks.authserv-id",
          Form.HOST,
          false,
          "",
          "Name in Authentication-Results, not that of Stalwart; without, none are added and none"
              + " removed.");
  static final Key<Duration> TIMEOUT =
      new Key<>(
          "mail.mta-hooks.timeout",
          Form.DURATION_FORM,
          false,
          "20s",
          "How long a message may wait for its judgement, before on-trouble; less than Stalwart's"
              + " own timeout of 30s.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL =
      List.of(
          SECRET,
          USER,
          ON_TROUBLE,
          JUDGE_AUTHENTICATED,
          OWN_NETWORKS,
          RELEASE_PORT,
          AUTHSERV_ID,
          TIMEOUT);

  private MtaHooksKeys() {}
}
