package dev.postern.intake.mtahooks;

import dev.postern.approval.CaseId;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.evidence.Evidence;
import dev.postern.intake.InFlight;
import dev.postern.intake.MemoryBudget;
import dev.postern.intake.OwnFields;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a message judged while the MTA waits, for a bounded time. A judgement that comes later cannot
 * be told any more, so what it holds is withdrawn.
 */
final class Waiting implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Waiting.class);

  /** Together less than a stop may take. */
  private static final Duration TO_BE_JUDGED = Duration.ofSeconds(4);

  private static final Duration TO_WITHDRAW = Duration.ofSeconds(2);

  private final MtaHooksDesk desk;
  private final Duration patience;
  private final InFlight judging = new InFlight();
  private final Map<Long, CompletableFuture<Judgement>> waitedFor = new ConcurrentHashMap<>();
  private final AtomicLong waiters = new AtomicLong();

  Waiting(MtaHooksDesk desk, Duration patience) {
    this.desk = desk;
    this.patience = patience;
  }

  /** What is to become of a message. */
  sealed interface Verdict {
    /**
     * Nothing against it.
     *
     * @param grant what the message is told to say of the grant that let it pass
     */
    record Pass(Evidence evidence, Optional<String> grant) implements Verdict {}

    /** Refused for good. */
    record Reject(String reason) implements Verdict {}

    /**
     * A case, and durable.
     *
     * @param fresh whether it came to be by this very request
     */
    record Held(CaseId caseId, boolean fresh) implements Verdict {}

    /** Nobody could find out. */
    record Trouble(String why) implements Verdict {}
  }

  /**
   * Judges.
   *
   * @param lease given back when the judgement is there, even if nobody waits for it any more
   */
  Verdict verdict(Message message, MemoryBudget.Lease lease) {
    CompletableFuture<Judgement> judged = new CompletableFuture<>();
    judging.begin();
    if (judging.closing()) {
      judging.end();
      lease.close();
      return stops();
    }
    long waiter = waiters.incrementAndGet();
    waitedFor.put(waiter, judged);
    Thread.ofVirtual().name("mta-hooks-judge").start(() -> judge(message, lease, judged));
    try {
      return verdict(judged.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      return givenUp(judged, late, new Verdict.Trouble("not judged within " + patience));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof InterruptedException) {
        return stops();
      }
      log.error("hooked message not judged event=mta-hooks.trouble", failed.getCause());
      return failed();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return givenUp(judged, stop, stops());
    } finally {
      waitedFor.remove(waiter);
    }
  }

  /** A judgement that came at the same moment stands, since nobody would withdraw its case. */
  private static Verdict givenUp(
      CompletableFuture<Judgement> judged, Exception why, Verdict.Trouble trouble) {
    if (judged.completeExceptionally(why)) {
      return trouble;
    }
    return judged.state() == Future.State.SUCCESS ? verdict(judged.resultNow()) : failed();
  }

  private static Verdict.Trouble stops() {
    return new Verdict.Trouble("Postern stops");
  }

  private static Verdict.Trouble failed() {
    return new Verdict.Trouble("Postern could not judge it");
  }

  private void judge(
      Message message, MemoryBudget.Lease lease, CompletableFuture<Judgement> judged) {
    try {
      Judgement judgement;
      try (lease) {
        judgement = desk.judge().apply(message);
      } catch (RuntimeException trouble) {
        if (!judged.completeExceptionally(trouble)) {
          log.error("hooked message not judged, and too late event=mta-hooks.trouble", trouble);
        }
        return;
      }
      if (!judged.complete(judgement)
          && judgement instanceof Judgement.Held(_, boolean duplicate, _)
          && !duplicate) {
        withdraw(message);
      }
    } finally {
      judging.end();
    }
  }

  /** Nobody could be told of this hold. */
  void withdraw(Message message) {
    try {
      desk.withdraw().accept(message.ref());
    } catch (RuntimeException storeIsAway) {
      log.error(
          "a case stays open though its message was put off event=mta-hooks.trouble hold={}",
          message.ref().id(),
          storeIsAway);
    }
  }

  /** The same request again is the same message, of queue id and octets alike. */
  private static Verdict verdict(Judgement judgement) {
    return switch (judgement) {
      case Judgement.Pass(var ruling, var evidence) ->
          new Verdict.Pass(evidence, OwnFields.grantOf(ruling));
      case Judgement.Reject(var ruling) -> new Verdict.Reject(ruling.refusal());
      case Judgement.Held(var id, boolean duplicate, _) -> new Verdict.Held(id, !duplicate);
    };
  }

  /**
   * Lets those who wait have their judgement, for some seconds; the others are told to come again,
   * and what is held for them meanwhile is withdrawn before the store goes.
   */
  @Override
  public void close() {
    try {
      if (judging.drain(TO_BE_JUDGED)) {
        return;
      }
      waitedFor
          .values()
          .forEach(one -> one.completeExceptionally(new InterruptedException("stop")));
      if (!judging.drain(TO_WITHDRAW)) {
        log.warn("hooked messages are still being judged event=mta-hooks.trouble");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
