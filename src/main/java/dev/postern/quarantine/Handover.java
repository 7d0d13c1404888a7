package dev.postern.quarantine;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.Link.Protocol;
import dev.postern.quarantine.Link.Tls;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One message on its way to one server: the transaction, and what it proves per recipient. */
final class Handover {
  /** RFC 3207 §4 and RFC 4954 §6: TLS or a login first. */
  private static final Set<Integer> NOT_LET_IN = Set.of(530, 534, 538);

  private final NextHopSettings where;
  private final Encryption encryption;
  private final Envelope envelope;
  private final List<EmailAddress> to;
  private final RawMessage raw;
  private final Optional<XForward> origin;
  private final Mandate mandate;
  private final Map<EmailAddress, Result> results = new LinkedHashMap<>();
  private Optional<Offers> known = Optional.empty();
  private final long begin = System.nanoTime();
  private boolean dotSent;

  Handover(NextHopSettings where, Encryption encryption, Shipment shipment, Mandate mandate) {
    this.where = where;
    this.encryption = encryption;
    this.envelope = shipment.envelope();
    this.to = shipment.to();
    this.raw = shipment.raw();
    this.origin = shipment.origin();
    this.mandate = mandate;
  }

  /** Runs the dialogue. A failure of the connection counts for whoever has no result yet. */
  Outcome run() {
    try {
      converse(where.link().tls());
    } catch (IOException broken) {
      String why = why(broken);
      rest(
          dotSent ? Kind.UNCERTAIN : Kind.TEMP_FAIL,
          dotSent
              ? where.name() + " was given the whole message but not heard to accept it: " + why
              : where.name() + " could not be reached or broke off: " + why);
    }
    return new Outcome(to.stream().map(r -> requireNonNull(results.get(r))).toList());
  }

  private void converse(Tls tls) throws IOException {
    try (SmtpConversation talk = SmtpConversation.open(where, left())) {
      switch (new Introduction(where, encryption, tls).with(talk)) {
        case Introduction.Ready(Offers offers) -> {
          known = Optional.of(offers);
          transaction(talk, offers);
        }
        case Introduction.TurnedAway(String words) -> rest(Kind.TEMP_FAIL, words);
      }
      talk.quit();
    } catch (HandshakeFailed failed) {
      if (tls != Tls.OPPORTUNISTIC) {
        throw failed;
      }
      converse(Tls.OFF);
    }
  }

  /** One time for all of it, so that whoever waits for us does not give up before we do. */
  private Duration left() throws SocketTimeoutException {
    Duration left = where.timing().total().minusNanos(System.nanoTime() - begin);
    if (!left.isPositive()) {
      throw new SocketTimeoutException();
    }
    return left;
  }

  /** What the server offers; empty where it did not come to that. */
  Optional<Offers> offers() {
    return known;
  }

  static String why(IOException broken) {
    return switch (broken) {
      case UnknownHostException _ -> "its name does not resolve";
      case SocketTimeoutException _ -> "no answer in time";
      default -> requireNonNullElse(broken.getMessage(), "connection lost");
    };
  }

  private void transaction(SmtpConversation talk, Offers offers) throws IOException {
    Obstacles obstacles = new Obstacles(where, envelope, raw, offers);
    obstacles.forAll().ifPresent(words -> rest(Kind.PERM_FAIL, words));
    List<EmailAddress> reachable = new ArrayList<>();
    for (EmailAddress recipient : to) {
      obstacles
          .to(recipient)
          .ifPresentOrElse(
              words -> result(recipient, Kind.PERM_FAIL, words), () -> reachable.add(recipient));
    }
    if (settled() || !introduced(talk, offers)) {
      return;
    }
    Reply mail =
        talk.command("MAIL FROM:<" + envelope.mailFromText() + ">" + obstacles.mail(reachable));
    if (!mail.good()) {
      rest(failure(mail), mail.words());
      return;
    }
    List<EmailAddress> accepted = recipients(talk, reachable, offers);
    if (accepted.isEmpty()) {
      return;
    }
    Reply data = talk.command("DATA");
    if (data.code() != 354) {
      rest(failure(data), data.words());
      return;
    }
    message(talk, accepted);
  }

  /** A server that does not let us say where mail comes from is set up wrongly: that is mended. */
  private boolean introduced(SmtpConversation talk, Offers offers) throws IOException {
    if (origin.isEmpty()) {
      return true;
    }
    if (!offers.xforward().contains(XForward.IDENT)) {
      rest(
          Kind.TEMP_FAIL,
          where.name()
              + " does not offer XFORWARD to us: set smtpd_authorized_xforward_hosts of that"
              + " service");
      return false;
    }
    Reply reply = talk.command(origin.get().command(offers.xforward()));
    if (!reply.good()) {
      rest(Kind.TEMP_FAIL, reply.words());
    }
    return reply.good();
  }

  private List<EmailAddress> recipients(
      SmtpConversation talk, List<EmailAddress> reachable, Offers offers) throws IOException {
    List<EmailAddress> accepted = new ArrayList<>();
    for (EmailAddress recipient : reachable) {
      String wishes = offers.dsn() ? envelope.dsn().parameters(recipient) : "";
      Reply reply = talk.command("RCPT TO:<" + recipient + ">" + wishes);
      if (reply.good()) {
        accepted.add(recipient);
      } else {
        result(recipient, failure(reply), reply.words());
      }
      if (reply.code() == 421) {
        // RFC 5321 §3.8: it is closing the channel; nothing more is heard for anybody.
        rest(Kind.TEMP_FAIL, reply.words());
        return List.of();
      }
    }
    return accepted;
  }

  private void message(SmtpConversation talk, List<EmailAddress> accepted) throws IOException {
    talk.content(raw.octets());
    if (!mandate.stands()) {
      // RFC 5321 §4.1.1.4: without the dot the server has nothing to deliver.
      throw new IOException("another process has taken this over");
    }
    dotSent = true;
    talk.dot();
    if (where.link().protocol() == Protocol.LMTP) {
      // RFC 2033 §4.2: one reply for each recipient that was accepted, in their order.
      for (EmailAddress recipient : accepted) {
        verdict(talk.verdict(), List.of(recipient));
      }
    } else {
      verdict(talk.verdict(), accepted);
    }
  }

  private void verdict(Reply verdict, List<EmailAddress> about) {
    for (EmailAddress recipient : about) {
      if (verdict.code() == 250) {
        result(recipient, Kind.DELIVERED_TO_NEXT_HOP, verdict.words());
      } else if (verdict.code() / 100 >= 4) {
        result(recipient, failure(verdict), verdict.words());
      } else {
        result(recipient, Kind.UNCERTAIN, "neither accepted nor refused: " + verdict.words());
      }
    }
  }

  private void result(EmailAddress recipient, Kind kind, String words) {
    results.putIfAbsent(recipient, new Result(recipient, kind, words));
  }

  /** Gives the result to everybody who has none yet. */
  private void rest(Kind kind, String words) {
    to.forEach(recipient -> result(recipient, kind, words));
  }

  private boolean settled() {
    return results.keySet().containsAll(to);
  }

  /** That TLS or a login is missing says nothing about the message, and can be mended. */
  private static Kind failure(Reply reply) {
    return reply.permanent() && !NOT_LET_IN.contains(reply.code())
        ? Kind.PERM_FAIL
        : Kind.TEMP_FAIL;
  }
}
