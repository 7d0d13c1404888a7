package dev.postern.intake.smtp;

import dev.postern.intake.InFlight;
import dev.postern.intake.SmtpReply;
import dev.postern.mail.Dsn;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * MAIL (RFC 5321 §4.1.1.2) with SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531) and the
 * wishes of DSN (RFC 3461).
 */
final class MailCommand extends BaseCommand {
  private static final Set<String> KNOWN =
      Set.of("SIZE", "BODY", "SMTPUTF8", "AUTH", "RET", "ENVID");

  private final SmtpSettings settings;
  private final InFlight inFlight;

  MailCommand(SmtpSettings settings, InFlight inFlight) {
    super("MAIL", "Begins a transaction.", "FROM:<sender> [parameters]");
    this.settings = settings;
    this.inFlight = inFlight;
  }

  @Override
  public void execute(String line, Session session) throws IOException, DropConnectionException {
    if (inFlight.closing()) {
      throw new DropConnectionException(421, "4.3.2 shutting down, try again later");
    }
    if (session.isMailTransactionInProgress()) {
      session.sendResponse("503 5.5.1 sender given already");
      return;
    }
    switch (Path.parse(line, "FROM")) {
      case Path.Bad(SmtpReply reply) -> session.sendResponse(reply.line());
      case Path.Good(Path path) -> {
        Optional<SmtpReply> refusal = refuses(path);
        if (refusal.isPresent()) {
          session.sendResponse(refusal.get().line());
        } else {
          session.sendResponse(begin(path, session).line());
        }
      }
    }
  }

  private static SmtpReply begin(Path path, Session session) {
    Dsn dsn;
    try {
      // A name for the envelope that cannot be passed on is no reason to refuse the message.
      Optional<String> envid = path.parameter("ENVID").filter(Dsn::isEnvid);
      dsn = new Dsn(path.parameter("RET").map(Path::upper), envid, Map.of());
    } catch (IllegalArgumentException malformed) {
      return new SmtpReply(501, "5.5.4 " + malformed.getMessage());
    }
    session.startMailTransaction();
    Transaction transaction = (Transaction) session.getMessageHandler();
    transaction.begin(path.address(), path.parameters().containsKey("SMTPUTF8"), dsn);
    return new SmtpReply(250, "2.1.0 Ok");
  }

  private Optional<SmtpReply> refuses(Path path) {
    Map<String, String> parameters = path.parameters();
    for (String keyword : parameters.keySet()) {
      if (!KNOWN.contains(keyword)) {
        return Optional.of(new SmtpReply(555, "5.5.4 unknown parameter of MAIL: " + keyword));
      }
    }
    String body = parameters.getOrDefault("BODY", "7BIT");
    if (!body.equalsIgnoreCase("7BIT") && !body.equalsIgnoreCase("8BITMIME")) {
      return Optional.of(new SmtpReply(501, "5.5.4 BODY is 7BIT or 8BITMIME, not " + body));
    }
    String size = parameters.getOrDefault("SIZE", "0");
    // RFC 1870 §4: at most 20 digits, so more than a long can hold.
    if (!size.matches("[0-9]{1,20}")) {
      return Optional.of(new SmtpReply(501, "5.5.4 SIZE is a number of octets, not " + size));
    }
    if (size.length() > 18 || Long.parseLong(size) > settings.limits().messageSize()) {
      return Optional.of(DataCommand.tooLarge(settings.limits().messageSize()));
    }
    return RcptCommand.needsUtf8(path, parameters.containsKey("SMTPUTF8"));
  }
}
