package dev.postern.intake.smtp;

import dev.postern.intake.SmtpReply;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.util.Collections;
import java.util.List;

/** Where a listener hands a message while its client waits for the answer. */
@FunctionalInterface
public interface MessageSink {

  /**
   * Takes responsibility for the message or not: a 2xx reply says that it is durable. Called on the
   * connection's thread; an exception becomes 451.
   */
  SmtpReply take(Envelope envelope, RawMessage raw);

  /** The same with a reply for each recipient, in the order of the envelope (RFC 2033 §4.2). */
  default List<SmtpReply> takeForEach(Envelope envelope, RawMessage raw) {
    return Collections.nCopies(envelope.recipients().size(), take(envelope, raw));
  }
}
