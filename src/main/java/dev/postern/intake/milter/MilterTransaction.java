package dev.postern.intake.milter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.intake.MemoryBudget;
import dev.postern.intake.MessageBuffer;
import dev.postern.intake.OwnFields;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One message while the MTA shows it: from MAIL to its end, or to whatever aborts it. The octets
 * come out as the client sent them, with CRLF; what the MTA put on top itself it does not show.
 */
final class MilterTransaction {
  private static final byte[] LINE_END = {'\r', '\n'};

  private final MilterSettings settings;
  private final Client client;
  private final boolean judged;
  private final MemoryBudget.Lease lease;
  private final MessageBuffer buffer;
  private final OwnFields ownFields;
  private final List<EmailAddress> recipients = new ArrayList<>();
  private Optional<EmailAddress> mailFrom = Optional.empty();
  private Optional<String> trouble = Optional.empty();
  private boolean headerEnded;

  MilterTransaction(
      MilterSettings settings, Client client, Macros macros, MemoryBudget.Lease lease) {
    this.settings = settings;
    this.client = client;
    this.judged = isJudged(settings.scope(), client, macros);
    this.lease = lease;
    this.buffer = new MessageBuffer(settings.limits().messageSize(), lease);
    this.ownFields = new OwnFields(Optional.of(authservId(settings, macros)));
  }

  private static boolean isJudged(MilterSettings.Scope scope, Client client, Macros macros) {
    boolean signedIn = macros.get("{auth_authen}").isPresent();
    boolean own = scope.own().stream().anyMatch(it -> it.contains(client.address()));
    return !own && (!signedIn || scope.authenticated());
  }

  /** The name that vouches for results: what is set, or the MTA's own. */
  static String authservId(MilterSettings settings, Macros macros) {
    return settings.results().authservId().or(() -> macros.get("j")).orElse("localhost");
  }

  /** MAIL: the path as the client said it; where that is no address, as the MTA made it one. */
  void from(Packet mail, Macros macros) throws ProtocolBreach {
    String path = bare(mail.text());
    if (!path.isEmpty()) {
      mailFrom = address(path, macros.get("{mail_addr}"));
      if (mailFrom.isEmpty()) {
        fail("the sender is no address that Postern knows");
      }
    }
  }

  /** RCPT, of a recipient that the MTA takes. */
  void to(Packet rcpt, Macros macros) throws ProtocolBreach {
    Optional<EmailAddress> recipient = address(bare(rcpt.text()), macros.get("{rcpt_addr}"));
    if (recipient.isEmpty()) {
      fail("a recipient is no address that Postern knows");
    } else if (recipients.size() >= settings.limits().recipients()) {
      fail("more than " + settings.limits().recipients() + " recipients");
    } else if (!recipients.contains(recipient.get())) {
      recipients.add(recipient.get());
    }
  }

  /** A header field; lines of its value end with LF. */
  void field(Packet field, Terms terms) throws ProtocolBreach {
    String name = field.octets();
    String value = field.octets();
    ownFields.see(name, value);
    if (judged) {
      // Where the MTA drops the blank behind the colon, one is the likeliest.
      String line = name + (terms.exactFields() ? ":" : ": ") + value.replace("\n", "\r\n");
      add(line.getBytes(ISO_8859_1));
      add(LINE_END);
    }
  }

  void endOfHeader() {
    if (!headerEnded) {
      headerEnded = true;
      add(LINE_END);
    }
  }

  void body(byte[] part) {
    endOfHeader();
    add(part);
  }

  /** Whether what comes of the body matters. */
  boolean wantsMore() {
    return judged && trouble.isEmpty() && buffer.fit() == MessageBuffer.Fit.WHOLE;
  }

  boolean judged() {
    return judged;
  }

  OwnFields ownFields() {
    return ownFields;
  }

  /** What it was given of the memory; whoever has the message gives it back. */
  MemoryBudget.Lease lease() {
    return lease;
  }

  /** Why it cannot be judged; empty when it can. */
  Optional<String> trouble() {
    if (recipients.isEmpty()) {
      fail("no recipient");
    }
    return switch (buffer.fit()) {
      case WHOLE -> trouble;
      case TOO_LARGE -> Optional.of("larger than " + settings.limits().messageSize() + " octets");
      case NO_MEMORY -> Optional.of("too many messages at once");
    };
  }

  Envelope envelope() {
    return new Envelope(mailFrom, recipients, client.address(), client.helo());
  }

  /** The octets; only where there is no trouble. */
  RawMessage raw() {
    endOfHeader();
    return buffer.message();
  }

  /** Gives its memory back. */
  void drop() {
    lease.close();
  }

  private void add(byte[] octets) {
    if (judged) {
      buffer.add(octets, 0, octets.length);
    }
  }

  private void fail(String why) {
    if (trouble.isEmpty()) {
      trouble = Optional.of(why);
    }
  }

  private static String bare(String path) {
    boolean bracketed = path.length() > 1 && path.startsWith("<") && path.endsWith(">");
    return bracketed ? path.substring(1, path.length() - 1) : path;
  }

  private static Optional<EmailAddress> address(String path, Optional<String> asTheMtaHasIt) {
    return EmailAddress.parse(path).or(() -> asTheMtaHasIt.flatMap(EmailAddress::parse));
  }
}
