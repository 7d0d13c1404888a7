package dev.postern.evidence.signal;

import dev.postern.evidence.Home;
import dev.postern.mail.Envelope;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the message reached the firm. */
final class RouteSignals {

  /** The clauses of a trace field (RFC 5321 §4.4), with comments left out before. */
  private static final Pattern BY = Pattern.compile("(?i)(?:^|\\s)by\\s+([^\\s;()]{1,253})");

  private static final Pattern WITH = Pattern.compile("(?i)\\swith\\s+([A-Za-z0-9]{1,20})");

  /** RFC 3848 and RFC 6531 §4.3: the protocols that run over TLS. */
  private static final Set<String> WITH_TLS =
      Set.of(
          "ESMTPS",
          "ESMTPSA",
          "LMTPS",
          "LMTPSA",
          "UTF8SMTPS",
          "UTF8SMTPSA",
          "UTF8LMTPS",
          "UTF8LMTPSA");

  private static final Set<String> WITHOUT_TLS =
      Set.of(
          "SMTP",
          "ESMTP",
          "ESMTPA",
          "LMTP",
          "LMTPA",
          "UTF8SMTP",
          "UTF8SMTPA",
          "UTF8LMTP",
          "UTF8LMTPA");

  private static final int LONGEST_FIELD = 4000;

  private final Home home;
  private final Raised raised;

  RouteSignals(Home home, Raised raised) {
    this.home = home;
    this.raised = raised;
  }

  void raise(Letter letter, Route route) {
    Envelope envelope = letter.envelope();
    String client = envelope.clientIp().getHostAddress();
    switch (route.reverse()) {
      case NONE -> raised.add(SignalKind.NO_REVERSE_DNS, Map.of("client-ip", client));
      case UNCONFIRMED ->
          raised.add(
              SignalKind.REVERSE_DNS_UNCONFIRMED,
              Map.of("client-ip", client, "names", String.join(" ", route.names())));
      case CONFIRMED, UNKNOWN -> {}
    }
    if (route.helo() == Route.Helo.ELSEWHERE) {
      raised.add(
          SignalKind.HELO_ELSEWHERE,
          Map.of(
              "client-ip", client,
              "helo", envelope.helo(),
              "names", String.join(" ", route.confirmed())));
    }
    transport(letter.received(), client);
  }

  /**
   * Only the topmost field can be the gateway's own; it counts where it names the gateway and the
   * client. A gateway that has not added its field yet, as before a milter, leaves the client's own
   * on top.
   */
  private void transport(String field, String client) {
    String received = field.substring(0, Math.min(LONGEST_FIELD, field.length()));
    Matcher by = BY.matcher(withoutComments(received));
    Matcher with = WITH.matcher(withoutComments(received));
    if (!by.find() || !with.find() || !namesClient(received, client)) {
      return;
    }
    String gateway = by.group(1).toLowerCase(Locale.ROOT);
    String protocol = with.group(1).toUpperCase(Locale.ROOT);
    if (home.authservIds().stream().noneMatch(gateway::equalsIgnoreCase)) {
      return;
    }
    Map<String, String> values = Map.of("by", gateway, "with", protocol);
    if (WITH_TLS.contains(protocol)) {
      raised.add(SignalKind.RECEIVED_WITH_TLS, values);
    } else if (WITHOUT_TLS.contains(protocol)) {
      raised.add(SignalKind.RECEIVED_WITHOUT_TLS, values);
    }
  }

  /** The address of the client stands between brackets (RFC 5321 §4.4, TCP-info). */
  private static boolean namesClient(String received, String client) {
    Matcher literal = Pattern.compile("\\[(?:IPv6:)?([0-9a-fA-F:.]{2,45})]").matcher(received);
    return literal.results().anyMatch(it -> Route.sameAddress(it.group(1), client));
  }

  private static String withoutComments(String field) {
    StringBuilder bare = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      depth += c == '(' ? 1 : 0;
      bare.append(depth == 0 ? c : ' ');
      depth -= c == ')' && depth > 0 ? 1 : 0;
    }
    return bare.toString();
  }
}
