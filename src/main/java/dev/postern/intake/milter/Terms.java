package dev.postern.intake.milter;

/**
 * What an MTA and we agreed on: never more than it offered.
 *
 * @param version of the protocol
 * @param actions what we may do to a message
 * @param protocol which events come, and which are answered
 */
record Terms(int version, int actions, int protocol) {
  private static final int OLDEST = 2;
  private static final int NEWEST = 6;

  private static final int ADD_FIELDS = 0x01;
  private static final int CHANGE_FIELDS = 0x10;
  private static final int QUARANTINE = 0x20;

  private static final int SKIP = 0x400;

  /** Without it MTAs drop a blank behind the colon, and exact octets cannot be had. */
  private static final int LEADING_SPACE = 0x10_0000;

  /** Reads the offer, the data of the first packet, and takes of it what we need. */
  static Terms of(Packet offer) throws ProtocolBreach {
    if (offer.event() != Event.NEGOTIATE) {
      throw new ProtocolBreach(offer.event() + " before the negotiation");
    }
    int version = offer.number();
    int actions = offer.number();
    int protocol = offer.number();
    if (version < OLDEST || !offer.ended()) {
      throw new ProtocolBreach("an offer of version " + Integer.toUnsignedString(version));
    }
    return new Terms(
        Math.min(version, NEWEST),
        actions & (ADD_FIELDS | CHANGE_FIELDS | QUARANTINE),
        protocol & wantedOf(protocol));
  }

  /** Each answer that is not awaited saves a round trip: one is left for a message. */
  private static int wantedOf(int offered) {
    int wanted = LEADING_SPACE;
    for (Event event : Event.values()) {
      wanted |= event.noReply() | event.unwanted();
    }
    // To cut a body short takes an answer to each of its parts.
    boolean answersToBody = !has(offered, Event.BODY.noReply());
    return answersToBody ? wanted | SKIP : wanted;
  }

  /** Whether the MTA waits for an answer to it. */
  boolean awaitsAnswerTo(Event event) {
    return event.isAnswered() && (protocol & event.noReply()) == 0;
  }

  /** Whether values of header fields come with the blank behind the colon. */
  boolean exactFields() {
    return has(protocol, LEADING_SPACE);
  }

  /** Whether a body may be cut short by an answer. */
  boolean maySkip() {
    return has(protocol, SKIP);
  }

  boolean mayQuarantine() {
    return has(actions, QUARANTINE);
  }

  boolean mayEditFields() {
    return has(actions, ADD_FIELDS) && has(actions, CHANGE_FIELDS);
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) == flag;
  }
}
