package dev.postern.evidence.signal;

import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.Home;
import dev.postern.evidence.Signal;
import dev.postern.mail.DomainName;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises the facts about a message that no standard judges: who it pretends to be from, what its
 * domains look like, what its files and links are, which way it came. Each is a fact with a name
 * and the texts that show it, never a score; the texts are the sender's and hostile. Safe for many
 * threads.
 */
public final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private final Home home;
  private final Acquaintance acquaintance;
  private final Colleagues colleagues;
  private final Lookalikes lookalikes;

  /**
   * Prepares what is compared with.
   *
   * @param home what the firm says of itself; where it says nothing, what needs it is not raised
   * @param acquaintance who has written before
   */
  public Signals(Home home, Acquaintance acquaintance) {
    this.home = home;
    this.acquaintance = acquaintance;
    this.colleagues = new Colleagues(home.colleagues());
    this.lookalikes = new Lookalikes(home);
  }

  /** Whether the From domain is seen for the first time; false where nobody can tell. */
  public boolean stranger(DomainName from) {
    try {
      return !acquaintance.known(from);
    } catch (RuntimeException unknown) {
      LOG.warn("It could not be told whether a sender wrote before", unknown);
      return false;
    }
  }

  /** The facts that a gateway's report shows of a message that it did not hand over. */
  public List<Signal> of(Envelope envelope, MessageSummary summary, DmarcFinding dmarc) {
    boolean stranger = DomainName.parse(dmarc.fromDomain()).filter(this::stranger).isPresent();
    return of(Letter.reported(envelope, summary), dmarc, Route.unknown(), stranger);
  }

  /**
   * The facts, in a stable order. No I/O; never throws for what a message holds.
   *
   * @param letter the message
   * @param dmarc what the tree walk found out about the From domain
   * @param route what DNS says of the client
   * @param stranger whether the From domain is seen for the first time
   */
  public List<Signal> of(Letter letter, DmarcFinding dmarc, Route route, boolean stranger) {
    Raised raised = new Raised();
    Organization author = Organization.of(letter.from(), dmarc, home);
    new AuthorSignals(letter, author, colleagues, raised).raise();
    new DomainSignals(lookalikes, raised).raise(letter, author);
    new LinkSignals(author, raised).raise(letter);
    new FileSignals(raised).raise(letter);
    if (stranger) {
      raised.add(SignalKind.FIRST_CONTACT, Map.of("domain", dmarc.fromDomain()));
    }
    new RouteSignals(home, raised).raise(letter, route);
    return raised.signals();
  }
}
