package dev.postern.quarantine;

import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.Link.Tls;
import java.io.IOException;
import java.util.Optional;

/**
 * Goes as far with a server as it goes without a message: connection, encryption, login, and an
 * envelope that is taken back. Delivers nothing.
 */
public final class Rehearsal {
  private final NextHopSettings where;
  private final Encryption encryption;

  /**
   * Takes the address; nothing is connected yet.
   *
   * @throws IllegalArgumentException when the file of authorities cannot be read
   */
  public Rehearsal(NextHopSettings where) {
    this.where = where;
    this.encryption = new Encryption(where.link().authorities());
  }

  /**
   * What keeps the server from taking mail of the null sender, in its own words where it said any;
   * empty when nothing does.
   *
   * @param to asked for too, where it is there
   */
  public Optional<String> trouble(Optional<EmailAddress> to) {
    try {
      return rehearse(where.link().tls(), to);
    } catch (IOException broken) {
      return Optional.of(
          where.name() + " could not be reached or broke off: " + Handover.why(broken));
    }
  }

  private Optional<String> rehearse(Tls tls, Optional<EmailAddress> to) throws IOException {
    try (SmtpConversation talk = SmtpConversation.open(where, where.timing().total())) {
      Optional<String> trouble =
          switch (new Introduction(where, encryption, tls).with(talk)) {
            case Introduction.Ready _ -> envelope(talk, to);
            case Introduction.TurnedAway(String words) -> Optional.of(words);
          };
      talk.quit();
      return trouble;
    } catch (HandshakeFailed failed) {
      if (tls != Tls.OPPORTUNISTIC) {
        throw failed;
      }
      return rehearse(Tls.OFF, to);
    }
  }

  /** RFC 5321 §4.1.1.5: RSET takes everything back. */
  private static Optional<String> envelope(SmtpConversation talk, Optional<EmailAddress> to)
      throws IOException {
    Reply said = talk.command("MAIL FROM:<>");
    if (said.good() && to.isPresent()) {
      said = talk.command("RCPT TO:<" + to.get() + ">");
    }
    talk.command("RSET");
    return said.good() ? Optional.empty() : Optional.of(said.words());
  }
}
