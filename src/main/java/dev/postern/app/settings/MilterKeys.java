package dev.postern.app.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the milter. */
final class MilterKeys {
  static final Key<HostPort> LISTEN =
      new Key<>(
          "mail.milter.listen",
          Form.address("127.0.0.1:8893", Optional.of(8893)),
          false,
          "",
          "Switches the milter on; where it listens.");
  static final Key<List<String>> PEERS =
      new Key<>(
          "mail.milter.peers",
          Form.NETWORKS,
          false,
          "127.0.0.0/8, ::1",
          "Mail servers that may connect to the milter.");
  static final Key<String> KEEP_IN =
      new Key<>(
          "mail.milter.keep-in",
          Form.oneOf("queue", "store"),
          false,
          "queue",
          "Where held mail stays: on hold in the mail server's queue, or in Postern's store"
              + " (docs/mail/milter.md).");
  static final Key<String> QUEUE =
      new Key<>(
          "mail.milter.queue",
          Form.matching(
              "a name of letters, digits, dots, - and _", "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
          false,
          "postfix",
          "Name of the hold queue in which held mail stays.");
  static final Key<String> ON_TROUBLE =
      new Key<>(
          "mail.milter.on-trouble",
          Form.oneOf("tempfail", "hold", "accept"),
          false,
          "tempfail",
          "What becomes of mail that Postern cannot look at now.");
  static final Key<String> JUDGE_AUTHENTICATED =
      new Key<>(
          "mail.milter.judge-authenticated",
          Form.oneOf("on", "off"),
          false,
          "off",
          "on judges mail of people, too, who signed in at the mail server.");
  static final Key<List<String>> OWN_NETWORKS =
      new Key<>(
          "mail.milter.own-networks",
          Form.NETWORKS,
          false,
          "",
          "Clients whose mail is not judged, such as your own printers.");
  static final Key<String> RESULTS =
      new Key<>(
          "mail.milter.results",
          Form.oneOf("on", "off"),
          false,
          "on",
          "off writes no Authentication-Results into mail.");
  static final Key<String> AUTHSERV_ID =
      new Key<>(
          "mail.milter.authserv-id",
          Form.HOST,
          false,
          "",
          "Name in Authentication-Results; without, that of the mail server.");
  static final Key<Duration> TIMEOUT =
      new Key<>(
          "mail.milter.timeout",
          Form.DURATION_FORM,
          false,
          "60s",
          "How long a message may wait for its judgement, before on-trouble.");
  static final Key<Integer> MAX_CONNECTIONS =
      new Key<>(
          "mail.milter.max-connections",
          Form.COUNT,
          false,
          "2000",
          "Connections of mail servers at once.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL =
      List.of(
          LISTEN,
          PEERS,
          KEEP_IN,
          QUEUE,
          ON_TROUBLE,
          JUDGE_AUTHENTICATED,
          OWN_NETWORKS,
          RESULTS,
          AUTHSERV_ID,
          TIMEOUT,
          MAX_CONNECTIONS);

  private MilterKeys() {}
}
