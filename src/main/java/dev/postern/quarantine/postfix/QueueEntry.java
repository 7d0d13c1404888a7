package dev.postern.quarantine.postfix;

import java.time.Instant;

/**
 * One message as {@code postqueue -j} lists it.
 *
 * @param queue where it is: {@code hold}, {@code active}, {@code deferred}, …
 * @param id what it is called
 * @param arrival when it arrived; its lifetime begins then
 * @param sender as listed: {@code MAILER-DAEMON} for the null sender, and hostile
 */
record QueueEntry(String queue, QueueId id, Instant arrival, String sender) {
  boolean held() {
    return queue.equals("hold");
  }

  /** Whether nobody is told when it expires. */
  boolean fromNobody() {
    return sender.equals("MAILER-DAEMON");
  }
}
