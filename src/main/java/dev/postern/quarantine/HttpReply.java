package dev.postern.quarantine;

import dev.postern.approval.MailSystemTrouble;

/**
 * What came of one request. Where it is not known whether it was carried out, that is said.
 *
 * @param <T> what was kept of an answer
 */
public sealed interface HttpReply<T> {

  /**
   * The answer.
   *
   * @throws MailSystemTrouble where there was none
   */
  default Answered<T> orTrouble() {
    return switch (this) {
      case Answered<T> answered -> answered;
      case NotSent<T>(String why) -> throw new MailSystemTrouble(why);
      case Unanswered<T>(String why) -> throw new MailSystemTrouble(why);
    };
  }

  /**
   * The service answered.
   *
   * @param status any; redirects are not followed
   * @param retryAfter the field {@code Retry-After}; empty without one
   * @param body what was read of it
   */
  record Answered<T>(int status, String retryAfter, T body) implements HttpReply<T> {
    /** Whether it was done. */
    public boolean fine() {
      return status >= 200 && status < 300;
    }

    /** Without the body, which may hold a message or a ticket. */
    @Override
    public String toString() {
      return "Answered[" + status + "]";
    }
  }

  /**
   * There was no connection, or no trust in who is at its end: nothing was asked.
   *
   * @param why in words for an operator
   */
  record NotSent<T>(String why) implements HttpReply<T> {}

  /**
   * It was sent, or may have been, and no whole answer came: nobody knows what became of it.
   *
   * @param why in words for an operator
   */
  record Unanswered<T>(String why) implements HttpReply<T> {}
}
