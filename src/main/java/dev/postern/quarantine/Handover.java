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
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One message on its way to one server: the SMTP dialogue, and what it proves per recipient. */
final class Handover {
  private final NextHopSettings where;
  private final Envelope envelope;
  private final List<EmailAddress> to;
  private final RawMessage raw;
  private final Optional<XForward> origin;
  private final Mandate mandate;
  private final Map<EmailAddress, Result> results = new LinkedHashMap<>();
  private boolean dotSent;

  Handover(NextHopSettings where, Shipment shipment, Mandate mandate) {
    this.where = where;
    this.envelope = shipment.envelope();
    this.to = shipment.to();
    this.raw = shipment.raw();
    this.origin = shipment.origin();
    this.mandate = mandate;
  }

  /** Runs the dialogue. A failure of the connection counts for whoever has no result yet. */
  Outcome run() {
    try (SmtpConversation talk = SmtpConversation.open(where)) {
      if (greeted(talk)) {
        dialogue(talk);
      }
      talk.quit();
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

  private static String why(IOException broken) {
    return switch (broken) {
      case UnknownHostException _ -> "its name does not resolve";
      case SocketTimeoutException _ -> "no answer in time";
      default -> requireNonNullElse(broken.getMessage(), "connection lost");
    };
  }

  /**
   * A refusal here is about hosts, not about this message, so it is never final: mail must not
   * bounce because somebody's greeting is misconfigured.
   */
  private boolean greeted(SmtpConversation talk) throws IOException {
    Reply greeting = talk.greeting();
    if (greeting.code() != 220) {
      rest(Kind.TEMP_FAIL, greeting.words());
      return false;
    }
    if (!where.loopMark().isEmpty() && greeting.words().contains(where.loopMark())) {
      rest(
          Kind.TEMP_FAIL,
          where.name()
              + " is Postern itself: mail.smtp.next-hop must name the server behind Postern");
      return false;
    }
    return true;
  }

  private void dialogue(SmtpConversation talk) throws IOException {
    Reply hello = talk.command("EHLO " + where.helo());
    if (hello.permanent()) {
      // RFC 5321 §3.2: a server without EHLO is greeted again with HELO.
      Reply plain = talk.command("HELO " + where.helo());
      hello = plain.good() ? new Reply(plain.code(), List.of("")) : plain;
    }
    if (!hello.good()) {
      rest(Kind.TEMP_FAIL, hello.words());
      return;
    }
    Offers offers = Offers.of(hello);
    Optional<String> obstacle = obstacle(offers);
    if (obstacle.isPresent()) {
      rest(Kind.PERM_FAIL, obstacle.get());
      return;
    }
    if (!introduced(talk, offers)) {
      return;
    }
    Reply mail = talk.command("MAIL FROM:<" + envelope.mailFromText() + ">" + parameters(offers));
    if (!mail.good()) {
      rest(failure(mail), mail.words());
      return;
    }
    List<EmailAddress> accepted = recipients(talk);
    if (accepted.isEmpty()) {
      return;
    }
    Reply data = talk.command("DATA");
    if (data.code() != 354) {
      rest(failure(data), data.words());
      return;
    }
    message(talk);
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

  private List<EmailAddress> recipients(SmtpConversation talk) throws IOException {
    List<EmailAddress> accepted = new ArrayList<>();
    for (EmailAddress recipient : to) {
      Reply reply = talk.command("RCPT TO:<" + recipient + ">");
      if (reply.good()) {
        accepted.add(recipient);
      } else {
        results.put(recipient, new Result(recipient, failure(reply), reply.words()));
      }
      if (reply.code() == 421) {
        // RFC 5321 §3.8: it is closing the channel; nothing more is heard for anybody.
        rest(Kind.TEMP_FAIL, reply.words());
        return List.of();
      }
    }
    return accepted;
  }

  private void message(SmtpConversation talk) throws IOException {
    talk.content(raw.octets());
    if (!mandate.stands()) {
      // RFC 5321 §4.1.1.4: without the dot the server has nothing to deliver.
      throw new IOException("another process has taken this over");
    }
    dotSent = true;
    talk.dot();
    Reply verdict = talk.verdict();
    if (verdict.code() == 250) {
      rest(Kind.DELIVERED_TO_NEXT_HOP, verdict.words());
    } else if (verdict.code() / 100 >= 4) {
      rest(failure(verdict), verdict.words());
    } else {
      rest(Kind.UNCERTAIN, "neither accepted nor refused: " + verdict.words());
    }
  }

  private Optional<String> obstacle(Offers offers) {
    if (needsUtf8() && !offers.smtpUtf8()) {
      return Optional.of(
          where.name() + " does not offer SMTPUTF8, which an address of this message needs");
    }
    if (offers.size() > 0 && raw.size() > offers.size()) {
      return Optional.of(
          where.name() + " takes " + offers.size() + " octets; this message has " + raw.size());
    }
    return Optional.empty();
  }

  private String parameters(Offers offers) {
    return (offers.announcesSize() ? " SIZE=" + raw.size() : "")
        + (offers.eightBit() && hasEightBit() ? " BODY=8BITMIME" : "")
        + (needsUtf8() ? " SMTPUTF8" : "");
  }

  private boolean needsUtf8() {
    return beyondAscii(envelope.mailFromText())
        || to.stream().anyMatch(recipient -> beyondAscii(recipient.localPart()));
  }

  private static boolean beyondAscii(String text) {
    return text.chars().anyMatch(c -> c > 0x7e);
  }

  private boolean hasEightBit() {
    for (byte octet : raw.octets()) {
      if (octet < 0) {
        return true;
      }
    }
    return false;
  }

  /** Gives the result to everybody who has none yet. */
  private void rest(Kind kind, String words) {
    for (EmailAddress recipient : to) {
      results.putIfAbsent(recipient, new Result(recipient, kind, words));
    }
  }

  private static Kind failure(Reply reply) {
    return reply.permanent() ? Kind.PERM_FAIL : Kind.TEMP_FAIL;
  }

  /** What the server announced (RFC 5321 §4.1.1.1); size 0 means no limit that it tells. */
  private record Offers(
      boolean announcesSize, long size, boolean eightBit, boolean smtpUtf8, Set<String> xforward) {

    static Offers of(Reply hello) {
      boolean announcesSize = false;
      long size = 0;
      boolean eightBit = false;
      boolean smtpUtf8 = false;
      Set<String> xforward = Set.of();
      for (String line : hello.extensions()) {
        String[] words = line.strip().toUpperCase(Locale.ROOT).split("\\s+", -1);
        switch (words[0]) {
          case "SIZE" -> {
            announcesSize = true;
            size =
                words.length > 1 && words[1].matches("[0-9]{1,18}") ? Long.parseLong(words[1]) : 0;
          }
          case "8BITMIME" -> eightBit = true;
          case "SMTPUTF8" -> smtpUtf8 = true;
          case "XFORWARD" -> xforward = XForward.offeredBy(line);
          default -> {}
        }
      }
      return new Offers(announcesSize, size, eightBit, smtpUtf8, xforward);
    }
  }
}
