package dev.postern.intake.smtp;

import dev.postern.intake.SmtpReply;
import dev.postern.mail.Dsn;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/** RCPT (RFC 5321 §4.1.1.3) with the wishes of DSN (RFC 3461). */
final class RcptCommand extends BaseCommand {
  private static final Set<String> KNOWN = Set.of("NOTIFY", "ORCPT");

  private final SmtpSettings settings;

  RcptCommand(SmtpSettings settings) {
    super("RCPT", "Names a recipient.", "TO:<recipient>");
    this.settings = settings;
  }

  @Override
  public void execute(String line, Session session) throws IOException {
    if (!(session.getMessageHandler() instanceof Transaction transaction)) {
      session.sendResponse("503 5.5.1 MAIL comes before RCPT");
      return;
    }
    if (session.getRecipientCount() >= settings.limits().recipients()) {
      // RFC 5321 §4.5.3.1.10: the client sends the rest in another transaction.
      session.sendResponse("452 4.5.3 too many recipients in one transaction");
      return;
    }
    switch (Path.parse(line, "TO")) {
      case Path.Bad(SmtpReply reply) -> session.sendResponse(reply.line());
      case Path.Good(Path path) -> session.sendResponse(take(path, session, transaction).line());
    }
  }

  private static SmtpReply take(Path path, Session session, Transaction transaction) {
    for (String keyword : path.parameters().keySet()) {
      if (!KNOWN.contains(keyword)) {
        return new SmtpReply(555, "5.5.4 unknown parameter of RCPT: " + keyword);
      }
    }
    Optional<SmtpReply> refusal = needsUtf8(path, transaction.utf8());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Dsn.Wish wish;
    try {
      // RFC 6533 §3 lets a client write it in UTF-8, which not every next hop takes.
      Optional<String> orcpt = path.parameter("ORCPT").filter(Dsn::isOrcpt);
      wish = new Dsn.Wish(path.parameter("NOTIFY").map(Path::upper), orcpt);
    } catch (IllegalArgumentException malformed) {
      return new SmtpReply(501, "5.5.4 " + malformed.getMessage());
    }
    path.address().ifPresent(recipient -> transaction.add(recipient, wish));
    session.addRecipient(path.address().toString());
    return new SmtpReply(250, "2.1.5 Ok");
  }

  /** RFC 6531 §3.5: an address beyond ASCII wants SMTPUTF8 with MAIL. */
  static Optional<SmtpReply> needsUtf8(Path path, boolean utf8) {
    boolean beyondAscii =
        path.address().isPresent()
            && path.address().get().localPart().chars().anyMatch(c -> c > 0x7e);
    return beyondAscii && !utf8
        ? Optional.of(new SmtpReply(553, "5.6.7 this address needs SMTPUTF8 with MAIL"))
        : Optional.empty();
  }
}
