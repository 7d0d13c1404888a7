package dev.postern.intake.smtp;

import dev.postern.intake.InFlight;
import dev.postern.intake.MemoryBudget;
import dev.postern.intake.MessageBuffer;
import dev.postern.intake.SmtpReply;
import dev.postern.intake.smtp.Offering.Protocol;
import dev.postern.mail.Envelope;
import dev.postern.mail.Hops;
import dev.postern.mail.RawMessage;
import dev.postern.mail.StrayDots;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * DATA (RFC 5321 §4.1.1.4): reads the message and answers for it. The library's own command loses
 * the first dot of a message that begins with one and leaves a refused transaction open.
 */
final class DataCommand extends BaseCommand {
  private static final Logger log = LoggerFactory.getLogger(DataCommand.class);

  /** How much of a message past the limit is read before the connection is dropped. */
  private static final int PATIENCE = 4;

  private final SmtpSettings settings;
  private final Clients clients;
  private final InFlight inFlight;
  private final MemoryBudget memory;
  private final MessageSink sink;
  private final Patience patience;

  DataCommand(
      SmtpSettings settings,
      Clients clients,
      InFlight inFlight,
      MemoryBudget memory,
      MessageSink sink,
      Patience patience) {
    super("DATA", "Sends the message.");
    this.settings = settings;
    this.clients = clients;
    this.patience = patience;
    this.inFlight = inFlight;
    this.memory = memory;
    this.sink = sink;
  }

  @Override
  public void execute(String line, Session session) throws IOException, DropConnectionException {
    if (!(session.getMessageHandler() instanceof Transaction transaction)
        || session.getRecipientCount() == 0) {
      session.sendResponse("503 5.5.1 MAIL and RCPT come before DATA");
      return;
    }
    Forwarded forwarded = clients.forwarded(session);
    Envelope envelope =
        transaction.envelope(
            forwarded.address().orElse(session.getRealRemoteAddress().getAddress()),
            forwarded.helo().orElse(session.getHelo().orElse("")));
    inFlight.begin();
    try {
      session.sendResponse("354 End data with <CR><LF>.<CR><LF>");
      patience.message(session);
      List<SmtpReply> replies = received(session, envelope);
      patience.command(session);
      session.sendResponse(lines(replies, envelope, transaction));
    } finally {
      session.resetMailTransaction();
      inFlight.end();
    }
  }

  /** One line, or by LMTP one for each recipient in the order of their RCPT. */
  private String lines(List<SmtpReply> replies, Envelope envelope, Transaction transaction) {
    if (settings.offering().protocol() == Protocol.SMTP) {
      return replies.getFirst().line();
    }
    return transaction.accepted().stream()
        .map(recipient -> replies.get(envelope.recipients().indexOf(recipient)).line())
        .collect(Collectors.joining("\r\n"));
  }

  /** Memory is given back before the reply, after which the client may send the next message. */
  private List<SmtpReply> received(Session session, Envelope envelope)
      throws DropConnectionException {
    try (MemoryBudget.Lease lease = memory.lease()) {
      MessageBuffer buffer = new MessageBuffer(settings.limits().messageSize(), lease);
      read(session, buffer);
      patience.ours(session);
      return answer(envelope, buffer);
    }
  }

  static SmtpReply tooLarge(int limit) {
    return new SmtpReply(552, "5.3.4 message larger than " + limit + " octets");
  }

  private void read(Session session, MessageBuffer buffer) throws DropConnectionException {
    DotReader reader = new DotReader(session.getRawInput());
    try {
      while (reader.read(buffer::add)) {
        if (buffer.seen() > (long) PATIENCE * settings.limits().messageSize()) {
          throw new DropConnectionException(
              552, "5.3.4 message larger than " + settings.limits().messageSize() + " octets");
        }
      }
    } catch (IOException lost) {
      log.info("smtp client left within a message event=smtp.aborted why={}", lost.getMessage());
      throw new DropConnectionException(421, "4.4.2 connection lost within the message");
    }
  }

  private List<SmtpReply> answer(Envelope envelope, MessageBuffer buffer) {
    return switch (buffer.fit()) {
      case TOO_LARGE -> forAll(envelope, tooLarge(settings.limits().messageSize()));
      case NO_MEMORY ->
          forAll(envelope, new SmtpReply(451, "4.3.1 too many messages at once, try again later"));
      case WHOLE -> answer(envelope, buffer.message());
    };
  }

  private List<SmtpReply> answer(Envelope envelope, RawMessage raw) {
    Optional<SmtpReply> refusal = refuses(raw);
    if (refusal.isPresent()) {
      return forAll(envelope, refusal.get());
    }
    try {
      return settings.offering().protocol() == Protocol.SMTP
          ? List.of(sink.take(envelope, raw))
          : sink.takeForEach(envelope, raw);
    } catch (RuntimeException trouble) {
      log.error("smtp message put off event=smtp.trouble", trouble);
      return forAll(
          envelope, new SmtpReply(451, "4.3.0 Postern cannot take mail now, try again later"));
    }
  }

  private static Optional<SmtpReply> refuses(RawMessage raw) {
    int dot = StrayDots.find(raw.octets());
    if (dot >= 0) {
      return Optional.of(
          new SmtpReply(
              550,
              "5.5.2 a lone dot behind a bare CR or LF at octet "
                  + dot
                  + ": some servers would end the message there"));
    }
    int hops = Hops.count(raw.octets());
    return hops > Hops.MOST
        ? Optional.of(
            new SmtpReply(554, "5.4.6 " + hops + " Received fields: the message goes in a circle"))
        : Optional.empty();
  }

  private static List<SmtpReply> forAll(Envelope envelope, SmtpReply reply) {
    return Collections.nCopies(envelope.recipients().size(), reply);
  }
}
