package dev.postern.intake.mtahooks;

import dev.postern.mail.Network;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask, and how it is answered.
 *
 * @param user of Basic authentication
 * @param secret likewise
 * @param onTrouble what the MTA is told where a message could not be judged
 * @param scope whose mail is judged
 * @param authservId our name in Authentication-Results; empty where none are written
 * @param limits the bounds
 * @param patience how long a message may wait for its judgement
 */
public record MtaHooksSettings(
    String user,
    String secret,
    OnTrouble onTrouble,
    Scope scope,
    Optional<String> authservId,
    Limits limits,
    Duration patience) {

  /** What the MTA is told where a message could not be judged. */
  public enum OnTrouble {
    /** Its client keeps the message and comes again. */
    TEMPFAIL,
    /** It goes on as if there were no hook. */
    ACCEPT
  }

  /**
   * Whose mail is judged.
   *
   * @param authenticated also mail of clients that signed in at the MTA
   * @param own clients whose mail is never judged
   * @param releasePort port of the MTA that takes released mail, which was judged before
   */
  public record Scope(boolean authenticated, Set<Network> own, Optional<Integer> releasePort) {
    /** Copies the set. */
    public Scope {
      own = Set.copyOf(own);
    }
  }

  /**
   * The bounds.
   *
   * @param message octets of one message
   * @param recipients of one message
   * @param memory octets of requests at once
   */
  public record Limits(int message, int recipients, long memory) {
    /** As JSON every octet may take six, most take one: twice the message, and some room. */
    int request() {
      return (int) Math.min(Integer.MAX_VALUE - 8L, 2L * message + (256 << 10));
    }
  }

  /** For whoever must not answer before all is over: who asks for these words never gets them. */
  @Override
  public String toString() {
    return "MtaHooksSettings[" + user + ", " + onTrouble + ", " + scope + "]";
  }
}
