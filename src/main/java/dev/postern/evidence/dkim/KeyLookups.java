package dev.postern.evidence.dkim;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The key records of one message: each name is asked once, all at the same time. */
final class KeyLookups {
  private final Dns dns;
  private final Deadline by;
  private final Map<DnsName, FutureTask<Answer>> asked = new HashMap<>();

  KeyLookups(Dns dns, Deadline by) {
    this.dns = dns;
    this.by = by;
  }

  /** Sends the question off; does not wait. */
  void start(DnsName name) {
    asked.computeIfAbsent(
        name,
        n -> {
          FutureTask<Answer> question = new FutureTask<>(() -> dns.query(n, DnsType.TXT, by));
          Thread.ofVirtual().name("dkim-key").start(question);
          return question;
        });
  }

  /** Waits for the answer, at most until the deadline. */
  Answer answer(DnsName name) {
    start(name);
    FutureTask<Answer> question = asked.get(name);
    if (question == null) {
      throw new IllegalStateException("just started");
    }
    try {
      return question.get(by.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return Answer.without(Answer.Status.TEMPFAIL, 0);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Answer.without(Answer.Status.TEMPFAIL, 0);
    } catch (ExecutionException broken) {
      throw new IllegalStateException("the resolver broke its contract", broken.getCause());
    }
  }
}
