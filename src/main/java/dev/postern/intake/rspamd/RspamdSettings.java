package dev.postern.intake.rspamd;

import java.util.Optional;
import java.util.Set;

/**
 * Who may push, and what is taken.
 *
 * @param user of Basic authentication
 * @param password likewise
 * @param source what the mail system behind rspamd is called, whose queue ids rspamd names
 * @param keeper who has the message that is held
 * @param actions of rspamd that mean that a message is held; others are not for us
 * @param bodyLimit octets of one request, message included
 * @param memory octets of requests at once
 */
public record RspamdSettings(
    String user,
    String password,
    String source,
    Keeper keeper,
    Set<String> actions,
    int bodyLimit,
    long memory) {

  /** Who has the message. */
  public enum Keeper {
    /** The mail system holds it and is followed: rspamd only says why. */
    MAIL_SYSTEM,
    /** Nobody else: what rspamd sends is kept here, and sent on when it is released. */
    POSTERN
  }

  /** Copies the set. */
  public RspamdSettings {
    actions = Set.copyOf(actions);
  }

  /** For whoever must not answer before all is over: who asks for these words never gets them. */
  @Override
  public String toString() {
    return "RspamdSettings[" + user + ", " + source + ", " + keeper + ", " + actions + "]";
  }

  /** The message as rspamd has it, where that is needed. */
  Optional<String> missing(boolean octets) {
    return keeper == Keeper.POSTERN && !octets
        ? Optional.of(
            "there is no message in it: set formatter = \"default\" and meta_headers = true in"
                + " metadata_exporter.conf, or name the mail system that holds it"
                + " (mail.rspamd.mail-system)")
        : Optional.empty();
  }
}
