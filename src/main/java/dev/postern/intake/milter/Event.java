package dev.postern.intake.milter;

import java.util.Optional;

/**
 * What an MTA tells a milter, by the octet that begins the packet. The flags are those of the
 * negotiation: with {@code noReply} the MTA awaits no answer, with {@code unwanted} it does not
 * even send the event.
 */
enum Event {
  NEGOTIATE('O', 0, 0),
  MACROS('D', 0, 0),
  CONNECT('C', 0x1000, 0),
  HELO('H', 0x2000, 0),
  MAIL('M', 0x4000, 0),
  RCPT('R', 0x8000, 0),
  DATA('T', 0x1_0000, 0x200),
  UNKNOWN_COMMAND('U', 0x2_0000, 0x100),
  HEADER('L', 0x80, 0),
  END_OF_HEADER('N', 0x4_0000, 0),
  BODY('B', 0x8_0000, 0),
  END_OF_MESSAGE('E', 0, 0),
  ABORT('A', 0, 0),
  QUIT('Q', 0, 0),
  /** The MTA is done with this client, and goes on with another on the same connection. */
  QUIT_AND_REUSE('K', 0, 0);

  private final char octet;
  private final int noReply;
  private final int unwanted;

  Event(char octet, int noReply, int unwanted) {
    this.octet = octet;
    this.noReply = noReply;
    this.unwanted = unwanted;
  }

  /** The event of a packet; empty for an octet that no MTA sends. */
  static Optional<Event> of(char octet) {
    for (Event event : values()) {
      if (event.octet == octet) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }

  int noReply() {
    return noReply;
  }

  int unwanted() {
    return unwanted;
  }

  /** Whether an MTA waits for an answer to it unless something else was agreed. */
  boolean isAnswered() {
    return switch (this) {
      case CONNECT, HELO, MAIL, RCPT, DATA, UNKNOWN_COMMAND, HEADER, END_OF_HEADER, BODY -> true;
      case NEGOTIATE, MACROS, END_OF_MESSAGE, ABORT, QUIT, QUIT_AND_REUSE -> false;
    };
  }
}
