package dev.postern.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.quarantine.Link.Login;
import dev.postern.quarantine.Link.Protocol;
import dev.postern.quarantine.Link.Tls;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/**
 * The first words with a server: greeting, EHLO or LHLO, TLS, AUTH.
 *
 * <p>A refusal here is about hosts, not about a message, so it is never final: mail must not bounce
 * because somebody's server is misconfigured.
 */
final class Introduction {
  private final NextHopSettings where;
  private final Encryption encryption;
  private final Tls tls;

  /**
   * Takes its parts.
   *
   * @param tls what is tried now; less than the settings say only after opportunistic TLS failed
   */
  Introduction(NextHopSettings where, Encryption encryption, Tls tls) {
    this.where = where;
    this.encryption = encryption;
    this.tls = tls;
  }

  /** How it went. */
  sealed interface Result {}

  /** We may send mail. */
  record Ready(Offers offers) implements Result {}

  /** We may not, for now. */
  record TurnedAway(String words) implements Result {}

  Result with(SmtpConversation talk) throws IOException {
    if (tls == Tls.IMPLICIT) {
      talk.encrypt(encryption, true);
    }
    Reply greeting = talk.greeting();
    if (greeting.code() != 220) {
      return new TurnedAway(greeting.words());
    }
    if (!where.loopMark().isEmpty() && greeting.words().contains(where.loopMark())) {
      return new TurnedAway(
          where.name()
              + " is Postern itself: mail.smtp.next-hop must name the server behind Postern");
    }
    return switch (hello(talk)) {
      case Ready(Offers offers) -> encrypted(talk, offers);
      case TurnedAway no -> no;
    };
  }

  private Result hello(SmtpConversation talk) throws IOException {
    Protocol protocol = where.link().protocol();
    Reply hello = talk.command(protocol.hello() + " " + where.helo());
    if (hello.permanent() && protocol == Protocol.SMTP) {
      // RFC 5321 §3.2: a server without EHLO is greeted again with HELO.
      Reply plain = talk.command("HELO " + where.helo());
      hello = plain.good() ? new Reply(plain.code(), List.of("")) : plain;
    }
    return hello.good() ? new Ready(Offers.of(hello)) : new TurnedAway(hello.words());
  }

  /** Encrypts where the settings want it. What was offered before does not count afterwards. */
  private Result encrypted(SmtpConversation talk, Offers offers) throws IOException {
    boolean wanted = tls == Tls.REQUIRED || (tls == Tls.OPPORTUNISTIC && offers.startTls());
    if (!wanted) {
      return proved(talk, offers);
    }
    if (!offers.startTls()) {
      return new TurnedAway(where.name() + " does not offer STARTTLS, which the settings require");
    }
    Reply go = talk.command("STARTTLS");
    if (!go.good()) {
      return tls == Tls.REQUIRED ? new TurnedAway(go.words()) : proved(talk, offers);
    }
    talk.encrypt(encryption, tls.checked());
    return switch (hello(talk)) {
      case Ready(Offers anew) -> proved(talk, anew);
      case TurnedAway no -> no;
    };
  }

  private Result proved(SmtpConversation talk, Offers offers) throws IOException {
    if (where.link().login().isEmpty()) {
      return new Ready(offers);
    }
    Login login = where.link().login().get();
    if (!tls.checked() && !talk.local()) {
      return new TurnedAway(
          "no password is sent to "
              + where.name()
              + " before it has proved its name: that takes TLS that is required");
    }
    Reply reply = offers.auth().contains("PLAIN") ? plain(talk, login) : null;
    if (reply == null && offers.auth().contains("LOGIN")) {
      reply = login(talk, login);
    }
    if (reply == null) {
      return new TurnedAway(where.name() + " offers neither AUTH PLAIN nor AUTH LOGIN");
    }
    return reply.code() == 235
        ? new Ready(offers)
        : new TurnedAway(where.name() + " does not let us in: " + withoutSecret(reply, login));
  }

  /** RFC 4616. */
  private static Reply plain(SmtpConversation talk, Login login) throws IOException {
    return talk.command("AUTH PLAIN " + base64("\0" + login.user() + "\0" + login.secret()));
  }

  /** Never standardised, and the only one that some servers have. */
  private static Reply login(SmtpConversation talk, Login login) throws IOException {
    Reply asksName = talk.command("AUTH LOGIN");
    if (asksName.code() != 334) {
      return asksName;
    }
    Reply asksSecret = talk.command(base64(login.user()));
    return asksSecret.code() == 334 ? talk.command(base64(login.secret())) : asksSecret;
  }

  /** Words end on cards and in the log, and a server may repeat what it was told. */
  private static String withoutSecret(Reply reply, Login login) {
    String words = String.join(" ", reply.lines());
    boolean told =
        words.contains(login.secret())
            || words.contains(base64(login.secret()))
            || words.contains(base64("\0" + login.user() + "\0" + login.secret()));
    return told ? reply.code() + " (in words that are not shown)" : reply.words();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
