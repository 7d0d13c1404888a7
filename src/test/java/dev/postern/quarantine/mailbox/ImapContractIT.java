package dev.postern.quarantine.mailbox;

import dev.postern.mailsystem.DovecotServer;
import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.HoldingSystem;
import dev.postern.quarantine.HttpTrust;
import dev.postern.quarantine.QuarantineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/** A folder of a real Dovecot keeps to it. */
class ImapContractIT extends QuarantineContract {
  @SuppressWarnings("NullAway.Init")
  private DovecotServer dovecot;

  @Override
  protected HoldingSystem start(Path folder) {
    dovecot = DovecotServer.start();
    Path maildir = dovecot.mailbox("quarantine", "Released", "Discarded");
    return new MailboxSystem(
        maildir,
        at(dovecot.port()),
        at(Programs.freePort()),
        message -> dovecot.deliver(maildir, message));
  }

  private static MailboxSettings.Place at(int port) {
    return new MailboxSettings.Imap(
        "127.0.0.1",
        port,
        MailboxSettings.Tls.NONE,
        new HttpTrust.Usual(),
        "quarantine",
        DovecotServer.PASSWORD);
  }

  @AfterAll
  void stop() {
    dovecot.close();
  }
}
