package dev.postern.intake.mtahooks;

import dev.postern.approval.CaseId;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.intake.MemoryBudget;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a message judged while the MTA waits, for a bounded time. A judgement that comes later cannot
 * be told any more, so what it holds is withdrawn.
 */
final class Waiting {
  private static final Logger log = LoggerFactory.getLogger(Waiting.class);

  private final MtaHooksDesk desk;
  private final Duration patience;

  Waiting(MtaHooksDesk desk, Duration patience) {
    this.desk = desk;
    this.patience = patience;
  }

  /** What is to become of a message. */
  sealed interface Verdict {
    /** Nothing against it. */
    record Pass() implements Verdict {}

    /** Refused for good. */
    record Reject(String reason) implements Verdict {}

    /** A case, and durable. */
    record Held(CaseId caseId) implements Verdict {}

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
    Thread.ofVirtual().name("mta-hooks-judge").start(() -> judge(message, lease, judged));
    try {
      return verdict(judged.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      return judged.completeExceptionally(late)
          ? new Verdict.Trouble("not judged within " + patience)
          : verdict(judged.resultNow());
    } catch (ExecutionException failed) {
      log.error("hooked message not judged event=mta-hooks.trouble", failed.getCause());
      return new Verdict.Trouble("Postern could not judge it");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      judged.completeExceptionally(stop);
      return new Verdict.Trouble("Postern stops");
    }
  }

  private void judge(
      Message message, MemoryBudget.Lease lease, CompletableFuture<Judgement> judged) {
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
      desk.withdraw().accept(message.ref());
    }
  }

  /** The same request again is the same message, of queue id and octets alike. */
  private static Verdict verdict(Judgement judgement) {
    return switch (judgement) {
      case Judgement.Pass _ -> new Verdict.Pass();
      case Judgement.Reject(var ruling) -> new Verdict.Reject(ruling.reason().plain());
      case Judgement.Held(var id, _, _) -> new Verdict.Held(id);
    };
  }
}
