package dev.postern.quarantine.mailbox;

import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.HttpTrust;
import dev.postern.quarantine.NextHopSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One quarantine mailbox.
 *
 * @param source what cases call it
 * @param place where it is
 * @param folders its folders
 * @param fields what the delivering server wrote
 * @param reinject where released mail goes; empty where it is only moved
 * @param largest octets of a message that are taken into the store
 */
public record MailboxSettings(
    String source,
    Place place,
    Folders folders,
    Fields fields,
    Optional<NextHopSettings> reinject,
    int largest) {

  /** Where a mailbox is. */
  public sealed interface Place {}

  /**
   * A server.
   *
   * @param tls how the connection is protected
   * @param trust whose certificate it may show
   */
  public record Imap(String host, int port, Tls tls, HttpTrust trust, String user, String password)
      implements Place {
    @Override
    public String toString() {
      return user + " at " + host + ":" + port;
    }
  }

  /** A Maildir; its folders lie in it as Maildir++ has them. */
  public record Maildir(Path root) implements Place {}

  /** How a connection is protected. */
  public enum Tls {
    IMPLICIT,
    STARTTLS,
    /** Only to loopback. */
    NONE
  }

  /**
   * Folders, as the server or the file system calls them.
   *
   * @param held what is asked about
   * @param released where released mail goes
   * @param discarded where discarded mail goes; empty where it is deleted
   */
  public record Folders(String held, String released, Optional<String> discarded) {}

  /**
   * What the delivering server wrote of the envelope.
   *
   * @param senders names of fields with the sender, the first that is there counts
   * @param recipients names of fields with recipients, the same
   * @param own address of the mailbox itself, which is nobody's that mail was meant for
   * @param ours servers that are ours, so that a Received field below theirs is theirs too
   */
  public record Fields(
      List<String> senders,
      List<String> recipients,
      Optional<EmailAddress> own,
      Predicate<InetAddress> ours) {
    /** Copies the lists, so that settings never change. */
    public Fields {
      senders = List.copyOf(senders);
      recipients = List.copyOf(recipients);
    }
  }
}
