package dev.postern.mail;

/**
 * The field by which Postern knows a message that it sent itself to see that mail is held. Anybody
 * can write it, so it proves nothing: such a message is held like any other, and only asked about a
 * little later, so that whoever sent it can take it away first.
 */
public final class CanaryMark {
  /** Name of the field. */
  public static final String FIELD = "X-Postern-Canary";

  /** What its subject begins with, for mail systems that tell no more than a subject. */
  public static final String SUBJECT = "Postern looks whether mail is held ";

  private CanaryMark() {}

  /** Whether a subject is that of one, all that is known of some messages. */
  public static boolean on(String subject) {
    return subject.startsWith(SUBJECT);
  }

  /** Whether a subject is that of the one with this value. */
  public static boolean on(String subject, String value) {
    return subject.strip().equals(SUBJECT + value);
  }

  /** Whether a message has it. */
  public static boolean on(RawMessage message) {
    return !HeaderFields.of(message).named(FIELD).isEmpty();
  }

  /** Whether a message has it with this value. */
  public static boolean on(RawMessage message, String value) {
    return HeaderFields.of(message).named(FIELD).stream()
        .anyMatch(field -> field.unfoldedValue().strip().equals(value));
  }
}
