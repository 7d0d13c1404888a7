package dev.postern.intake.milter;

import dev.postern.mail.Network;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How the milter behaves.
 *
 * @param listen address and port; port 0 takes a free one
 * @param peers MTAs that may connect
 * @param keeping where held mail stays
 * @param onTrouble what the MTA is told where nothing could be found out
 * @param scope whose mail is judged
 * @param results how results are written into what is not refused
 * @param limits the bounds
 * @param timing how long things may take
 */
public record MilterSettings(
    InetSocketAddress listen,
    Set<Network> peers,
    Keeping keeping,
    OnTrouble onTrouble,
    Scope scope,
    Results results,
    Limits limits,
    Timing timing) {

  /** Where held mail stays. */
  public sealed interface Keeping {
    /**
     * In the MTA's own queue, on hold: the reference of a hold is this name and the queue id.
     *
     * @param source name of the hold queue
     */
    record InQueue(String source) implements Keeping {}

    /** In Postern's store: the MTA takes the message for delivered. */
    record InStore() implements Keeping {}
  }

  /** What the MTA is told where a message could not be judged. */
  public enum OnTrouble {
    /** Its client keeps the message and comes again. */
    TEMPFAIL,
    /** It holds the message; whoever lists its queue finds it. */
    HOLD,
    /** It goes on as if there were no milter. */
    ACCEPT
  }

  /**
   * Whose mail is judged.
   *
   * @param authenticated also mail of clients that signed in at the MTA
   * @param own clients whose mail is never judged
   */
  public record Scope(boolean authenticated, Set<Network> own) {
    /** Copies the set, so that a scope never changes. */
    public Scope {
      own = Set.copyOf(own);
    }
  }

  /**
   * How results are written (RFC 8601).
   *
   * @param written whether they are
   * @param authservId the name that vouches; the MTA's own where there is none
   */
  public record Results(boolean written, Optional<String> authservId) {}

  /**
   * The bounds (P16).
   *
   * @param messageSize octets of one message
   * @param recipients of one message
   * @param connections at once; the next one is closed
   */
  public record Limits(int messageSize, int recipients, int connections) {}

  /**
   * How long things may take.
   *
   * @param idle silence between packets; an MTA may keep a connection as long as its client stays
   * @param packet from the first octet of a packet to its last
   * @param answer from the end of a message to our answer
   * @param beat how often the MTA hears meanwhile that we are alive
   */
  public record Timing(Duration idle, Duration packet, Duration answer, Duration beat) {
    /** Two hours, as libmilter; half a minute; and as long as asked, with a beat every 2 s. */
    public static Timing answering(Duration answer) {
      return new Timing(Duration.ofHours(2), Duration.ofSeconds(30), answer, Duration.ofSeconds(2));
    }
  }

  /** Copies the set; what is kept nowhere cannot be put on hold. */
  public MilterSettings {
    peers = Set.copyOf(peers);
    if (onTrouble == OnTrouble.HOLD && keeping instanceof Keeping.InStore) {
      throw new IllegalArgumentException("on trouble only the MTA can hold");
    }
  }
}
