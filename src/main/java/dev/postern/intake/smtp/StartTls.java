package dev.postern.intake.smtp;

import java.io.IOException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * STARTTLS (RFC 3207). The library's own command would take for encrypted what was forwarded in
 * clear text, and says nothing of words that were put behind it.
 */
final class StartTls extends BaseCommand {
  private static final Logger log = LoggerFactory.getLogger(StartTls.class);

  private final SSLContext tls;
  private final Clients clients;

  StartTls(SSLContext tls, Clients clients) {
    super("STARTTLS", "Encrypts what follows.");
    this.tls = tls;
    this.clients = clients;
  }

  @Override
  public void execute(String line, Session session) throws IOException, DropConnectionException {
    if (session.isTLSStarted()) {
      session.sendResponse("503 5.5.1 TLS runs already");
      return;
    }
    if (!line.strip().equalsIgnoreCase(getName())) {
      session.sendResponse("501 5.5.4 syntax: STARTTLS");
      return;
    }
    if (session.getRawInput().available() > 0) {
      // §6: what stands behind this command may be somebody's on the way.
      throw new DropConnectionException(554, "5.5.1 nothing may follow STARTTLS before TLS");
    }
    session.sendResponse("220 2.0.0 Ready to start TLS");
    try {
      SSLSocket encrypted =
          (SSLSocket)
              tls.getSocketFactory()
                  .createSocket(
                      session.getSocket(),
                      session.getRealRemoteAddress().getHostString(),
                      session.getSocket().getPort(),
                      true);
      encrypted.setUseClientMode(false);
      encrypted.startHandshake();
      session.setSocket(encrypted);
    } catch (IOException failed) {
      log.info("smtp TLS failed event=smtp.tls-failed why={}", failed.getMessage());
      session.quit();
      return;
    }
    // §4.2: nothing that was said before counts.
    session.resetSmtpProtocol();
    clients.forget(session);
    session.setTlsStarted(true);
  }
}
