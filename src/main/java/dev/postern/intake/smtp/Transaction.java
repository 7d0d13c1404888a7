package dev.postern.intake.smtp;

import dev.postern.mail.Dsn;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.subethamail.smtp.MessageHandler;

/**
 * One mail transaction: from MAIL to the end of DATA, or to whatever aborts it. The library creates
 * one and keeps it in its session; our commands fill it.
 */
final class Transaction implements MessageHandler {
  private final Runnable whenOver;
  private final List<EmailAddress> recipients = new ArrayList<>();
  private final List<EmailAddress> accepted = new ArrayList<>();
  private final Map<EmailAddress, Dsn.Wish> wishes = new LinkedHashMap<>();
  private Optional<EmailAddress> mailFrom = Optional.empty();
  private Dsn dsn = Dsn.NONE;
  private boolean utf8;

  Transaction(Runnable whenOver) {
    this.whenOver = whenOver;
  }

  void begin(Optional<EmailAddress> sender, boolean smtpUtf8, Dsn wanted) {
    mailFrom = sender;
    utf8 = smtpUtf8;
    dsn = wanted;
  }

  /** Whether the client asked for SMTPUTF8 (RFC 6531 §3.4). */
  boolean utf8() {
    return utf8;
  }

  /** Adds a recipient; the same one again adds nothing but a reply to it by LMTP. */
  void add(EmailAddress recipient, Dsn.Wish wish) {
    accepted.add(recipient);
    if (!recipients.contains(recipient)) {
      recipients.add(recipient);
      wishes.put(recipient, wish);
    }
  }

  /** The recipient of each RCPT that was answered with 250, in their order. */
  List<EmailAddress> accepted() {
    return List.copyOf(accepted);
  }

  Envelope envelope(InetAddress client, String helo) {
    wishes.values().removeIf(Dsn.Wish.NONE::equals);
    return new Envelope(
        mailFrom, recipients, client, helo, new Dsn(dsn.ret(), dsn.envid(), wishes));
  }

  @Override
  public void done() {
    whenOver.run();
  }

  @Override
  public void from(String from) {
    throw new UnsupportedOperationException("our own MAIL command fills the transaction");
  }

  @Override
  public void recipient(String recipient) {
    throw new UnsupportedOperationException("our own RCPT command fills the transaction");
  }

  @Override
  public String data(InputStream data) {
    throw new UnsupportedOperationException("our own DATA command reads the message");
  }
}
