package dev.postern.policy;

import dev.postern.mail.Envelope;
import java.util.Optional;

/**
 * One message of a test, and what the policy is expected to say of it.
 *
 * @param name unique in its file
 * @param line where it stands there, from 1
 * @param given the message
 * @param expected what is expected
 */
public record TestCase(String name, int line, Given given, Expectation expected) {

  /** What the policy is asked about. */
  public sealed interface Given {
    /**
     * All facts are stated.
     *
     * @param situation with defaults for what the test does not state
     */
    record Stated(Situation situation) implements Given {}

    /**
     * A message that is examined.
     *
     * @param file the message, relative to the test
     * @param zone all DNS answers, relative to the test; empty: no name exists
     * @param envelope what the SMTP client said
     * @param source the connector that took it
     * @param context what is known besides, with the time of arrival
     */
    record Mail(
        String file,
        Optional<String> zone,
        Envelope envelope,
        String source,
        Situation.Context context)
        implements Given {}
  }
}
