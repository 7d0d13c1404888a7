package dev.postern.intake.smtp;

import java.io.IOException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * The small commands of the listener. The library's own ones are replaced because they leave out
 * PIPELINING, offer CHUNKING, and know neither XFORWARD nor the parameters of MAIL.
 */
final class Commands {
  private static final int LONGEST_HELO = 255;

  private Commands() {}

  /** HELO, EHLO (RFC 5321 §4.1.1.1) and LHLO (RFC 2033 §4.1): each aborts a transaction. */
  static final class Hello extends BaseCommand {
    private final SmtpSettings settings;
    private final Clients clients;

    Hello(String verb, SmtpSettings settings, Clients clients) {
      super(verb, "Introduces the client.", "hostname");
      this.settings = settings;
      this.clients = clients;
    }

    @Override
    public void execute(String line, Session session) throws IOException {
      String name = line.substring(4).strip();
      if (name.isEmpty() || name.length() > LONGEST_HELO || name.chars().anyMatch(c -> c < ' ')) {
        session.sendResponse("501 5.5.4 syntax: " + getName() + " hostname");
        return;
      }
      session.resetMailTransaction();
      clients.forget(session);
      session.setHelo(name);
      session.sendResponse(getName().equals("HELO") ? "250 " + host() : extensions(session));
    }

    private String extensions(Session session) {
      return "250-"
          + host()
          + "\r\n250-PIPELINING\r\n250-SIZE "
          + settings.limits().messageSize()
          + (clients.trusts(session) ? "\r\n250-XFORWARD " + Forwarded.OFFERED : "")
          + (settings.offering().tls().isPresent() && !session.isTLSStarted()
              ? "\r\n250-STARTTLS"
              : "")
          // Where nobody could send the notices, the client is to see to them (RFC 3461 §5.2.2).
          + (settings.offering().dsn().getAsBoolean() ? "\r\n250-DSN" : "")
          + "\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250 SMTPUTF8";
    }

    private String host() {
      return settings.hostName();
    }
  }

  /** RSET (RFC 5321 §4.1.1.5): also forgets what was forwarded, as Postfix does. */
  static final class Reset extends BaseCommand {
    private final Clients clients;

    Reset(Clients clients) {
      super("RSET", "Aborts the transaction.");
      this.clients = clients;
    }

    @Override
    public void execute(String line, Session session) throws IOException {
      session.resetMailTransaction();
      clients.forget(session);
      session.sendResponse("250 2.0.0 Ok");
    }
  }

  /** XFORWARD: a trusted relay names its own client. */
  static final class XForward extends BaseCommand {
    private final Clients clients;

    XForward(Clients clients) {
      super("XFORWARD", "Names the client behind a relay.", "attribute=value ...");
      this.clients = clients;
    }

    @Override
    public void execute(String line, Session session) throws IOException {
      if (!clients.trusts(session)) {
        session.sendResponse("550 5.7.0 XFORWARD is for relays that the settings name");
        return;
      }
      if (session.isMailTransactionInProgress()) {
        session.sendResponse("503 5.5.1 XFORWARD comes before MAIL");
        return;
      }
      var attributes = clients.forwarded(session).with(line.substring("XFORWARD".length()));
      if (attributes.isEmpty()) {
        session.sendResponse("501 5.5.4 syntax: XFORWARD attribute=value, of " + Forwarded.OFFERED);
        return;
      }
      clients.forward(session, attributes.get());
      session.sendResponse("250 2.0.0 Ok");
    }
  }

  /** NOOP (RFC 5321 §4.1.1.9). */
  static final class Noop extends BaseCommand {
    Noop() {
      super("NOOP", "Does nothing.");
    }

    @Override
    public void execute(String line, Session session) throws IOException {
      session.sendResponse("250 2.0.0 Ok");
    }
  }

  /** A command that the library would offer and we do not. */
  static final class NotOffered extends BaseCommand {
    private final int code;

    /** Takes the code of the refusal: RFC 2033 §4.1 wants 500 for a greeting of SMTP. */
    NotOffered(String verb, int code) {
      super(verb, "Not offered.");
      this.code = code;
    }

    @Override
    public void execute(String line, Session session) throws IOException {
      session.sendResponse(code + " 5.5.1 " + getName() + " is not offered here");
    }
  }
}
