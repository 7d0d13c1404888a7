package dev.postern.quarantine;

/** What came of one request. Where it is not known whether it was carried out, that is said. */
public sealed interface HttpReply {

  /** The service answered. */
  final class Answered implements HttpReply {
    private final int status;
    private final byte[] body;

    /**
     * An answer.
     *
     * @param body the whole of it, bounded; not copied
     */
    public Answered(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    /** Any; redirects are not followed. */
    public int status() {
      return status;
    }

    /** The octets themselves. Must not be changed. */
    public byte[] body() {
      return body;
    }

    /** Without the body, which may hold a message or a ticket. */
    @Override
    public String toString() {
      return "Answered[" + status + ", " + body.length + " octets]";
    }
  }

  /**
   * There was no connection, or no trust in who is at its end: nothing was asked.
   *
   * @param why in words for an operator
   */
  record NotSent(String why) implements HttpReply {}

  /**
   * It was sent, or may have been, and no whole answer came: nobody knows what became of it.
   *
   * @param why in words for an operator
   */
  record Unanswered(String why) implements HttpReply {}
}
