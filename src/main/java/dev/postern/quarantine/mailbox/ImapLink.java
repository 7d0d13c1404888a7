package dev.postern.quarantine.mailbox;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.mailbox.MailboxSettings.Imap;
import dev.postern.quarantine.mailbox.MailboxSettings.Tls;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jspecify.annotations.Nullable;

/**
 * The connection to an IMAP server: made when it is needed, kept, and made anew after it broke. One
 * conversation at a time.
 */
final class ImapLink {
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration TURN = Duration.ofSeconds(90);

  private final Imap server;
  private final ReentrantLock turn = new ReentrantLock(true);
  private @Nullable IMAPStore store;

  ImapLink(Imap server) {
    this.server = server;
  }

  /** Something done with an open folder. */
  interface Work<T> {
    T in(IMAPFolder folder) throws MessagingException, IOException;
  }

  /** Something done with a connection. */
  interface Talk<T> {
    T with(IMAPStore store) throws MessagingException, IOException;
  }

  /**
   * Opens a folder, as it is now, and closes it again; expunges nothing.
   *
   * @param mode {@link Folder#READ_ONLY} or {@link Folder#READ_WRITE}
   */
  <T> T in(String name, int mode, Work<T> work) {
    return talk(
        connected -> {
          IMAPFolder folder = (IMAPFolder) connected.getFolder(name);
          folder.open(mode);
          try {
            return work.in(folder);
          } finally {
            if (folder.isOpen()) {
              folder.close(false);
            }
          }
        });
  }

  /**
   * Talks to the server.
   *
   * @throws MailSystemTrouble when the talk broke off; what it was to do may have been done
   */
  <T> T talk(Talk<T> talk) {
    takeTurn();
    try {
      return talk.with(connected());
    } catch (FolderNotFoundException missing) {
      throw new MailSystemTrouble(
          server + " has no folder " + missing.getFolder().getFullName() + ": make it", missing);
    } catch (AuthenticationFailedException refused) {
      hangUp();
      throw new MailSystemTrouble(
          server + " refuses the login: " + Words.of(refused) + ": set mail.mailbox.password",
          refused);
    } catch (MessagingException | IOException broken) {
      hangUp();
      throw new MailSystemTrouble(server + ": " + why(broken), broken);
    } catch (RuntimeException absurdAnswer) {
      hangUp();
      throw new MailSystemTrouble(
          server + " cannot be understood: " + Words.of(absurdAnswer), absurdAnswer);
    } finally {
      turn.unlock();
    }
  }

  /** A certificate that is not believed is named as such, and how that is mended. */
  private String why(Throwable broken) {
    for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return "its certificate is not believed ("
            + Words.of(cause)
            + "): mail.mailbox.imap must be a name in it, and mail.mailbox.ca-file its authority"
            + " where this machine does not know that";
      }
    }
    return Words.of(broken);
  }

  private void takeTurn() {
    try {
      if (!turn.tryLock(TURN.toSeconds(), TimeUnit.SECONDS)) {
        throw new MailSystemTrouble(server + " is slow: another conversation with it goes on");
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new MailSystemTrouble(server + " was not asked: Postern stops", hurry);
    }
  }

  /** Asks whether the one from before still stands; a server closes what was idle. */
  private IMAPStore connected() throws MessagingException, IOException {
    IMAPStore known = store;
    if (known != null && known.isConnected()) {
      return known;
    }
    hangUp();
    boolean implicit = server.tls() == Tls.IMPLICIT;
    String protocol = implicit ? "imaps" : "imap";
    IMAPStore fresh = (IMAPStore) Session.getInstance(properties(protocol)).getStore(protocol);
    fresh.connect(server.host(), server.port(), server.user(), server.password());
    store = fresh;
    return Objects.requireNonNull(store);
  }

  private Properties properties(String protocol) throws IOException {
    String prefix = "mail." + protocol + ".";
    Properties properties = new Properties();
    boolean tls = server.tls() == Tls.STARTTLS;
    properties.put(prefix + "starttls.enable", String.valueOf(tls));
    properties.put(prefix + "starttls.required", String.valueOf(tls));
    properties.put(prefix + "ssl.checkserveridentity", "true");
    authorities()
        .ifPresent(
            own -> {
              properties.put(prefix + "ssl.socketFactory", own.getSocketFactory());
              // Else whom they do not know would be tried with the authorities of the system.
              properties.put(prefix + "socketFactory.fallback", "false");
            });
    properties.put(prefix + "connectiontimeout", String.valueOf(CONNECT.toMillis()));
    properties.put(prefix + "timeout", String.valueOf(ANSWER.toMillis()));
    properties.put(prefix + "writetimeout", String.valueOf(ANSWER.toMillis()));
    properties.put(prefix + "peek", "true");
    properties.put(prefix + "fetchsize", String.valueOf(256 * 1024));
    return properties;
  }

  private Optional<SSLContext> authorities() throws IOException {
    try {
      return server.trust().context();
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IOException(
          "mail.mailbox.ca-file cannot be read: " + Words.of(unreadable), unreadable);
    }
  }

  private void hangUp() {
    IMAPStore broken = store;
    store = null;
    if (broken != null) {
      try {
        broken.close();
      } catch (MessagingException gone) {
        // it is what is wanted
      }
    }
  }
}
