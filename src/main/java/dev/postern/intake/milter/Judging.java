package dev.postern.intake.milter;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.intake.MemoryBudget;
import dev.postern.intake.OwnFields;
import dev.postern.mail.CanaryMark;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a message judged while the MTA waits: it hears again and again that we are alive, and after a
 * bounded time it gets an answer without a judgement. One that comes later cannot be told any more,
 * so what it holds is withdrawn, unless the MTA was told to hold it anyhow.
 */
final class Judging {
  private static final Logger log = LoggerFactory.getLogger(Judging.class);

  private final MilterDesk desk;
  private final MilterSettings settings;

  Judging(MilterDesk desk, MilterSettings settings) {
    this.desk = desk;
    this.settings = settings;
  }

  /** Says that we are alive. */
  @FunctionalInterface
  interface Heartbeat {
    /** Says so. */
    void beat() throws IOException;
  }

  /**
   * Judges.
   *
   * @param lease given back when the judgement is there, even if nobody waits for it any more
   * @throws IOException when the MTA is gone
   */
  Verdict verdict(Message message, MemoryBudget.Lease lease, Heartbeat heart) throws IOException {
    if (canary(message)) {
      lease.close();
      return new Verdict.Canary();
    }
    CompletableFuture<Judgement> judged = new CompletableFuture<>();
    Thread.ofVirtual().name("milter-judge").start(() -> judge(message, lease, judged));
    long deadline = System.nanoTime() + settings.timing().answer().toNanos();
    try {
      while (true) {
        long left = deadline - System.nanoTime();
        if (left <= 0 && judged.completeExceptionally(new TimeoutException())) {
          return new Verdict.Trouble("not judged within " + settings.timing().answer());
        }
        long wait = Math.min(Math.max(left, 0), settings.timing().beat().toNanos());
        try {
          return verdict(judged.get(wait, TimeUnit.NANOSECONDS));
        } catch (TimeoutException notYet) {
          heart.beat();
        }
      }
    } catch (IOException gone) {
      if (!judged.completeExceptionally(gone) && judged.state() == Future.State.SUCCESS) {
        withdraw(message, judged.resultNow());
      }
      throw gone;
    } catch (ExecutionException failed) {
      log.error("milter message not judged event=milter.trouble", failed.getCause());
      return new Verdict.Trouble("Postern could not judge it");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      // A judgement that came at the same moment stands, since nobody would withdraw its case.
      return judged.completeExceptionally(stop) || judged.state() != Future.State.SUCCESS
          ? new Verdict.Trouble("Postern stops")
          : verdict(judged.resultNow());
    }
  }

  /** Its mark can be forged: so it must come from this machine, and is held and found there. */
  private boolean canary(Message message) {
    return settings.keeping() instanceof MilterSettings.Keeping.InQueue
        && message.envelope().clientIp().isLoopbackAddress()
        && CanaryMark.on(message.raw());
  }

  private void judge(
      Message message, MemoryBudget.Lease lease, CompletableFuture<Judgement> judged) {
    Judgement judgement;
    try (lease) {
      judgement = desk.judge().apply(message);
    } catch (RuntimeException trouble) {
      if (!judged.completeExceptionally(trouble)) {
        log.error("milter message not judged, and too late event=milter.trouble", trouble);
      }
      return;
    }
    if (!judged.complete(judgement)) {
      late(message, judgement, judged.exceptionNow());
    }
  }

  private static Verdict verdict(Judgement judgement) {
    return switch (judgement) {
      case Judgement.Pass(var ruling, var evidence) ->
          new Verdict.Pass(evidence, OwnFields.grantOf(ruling));
      case Judgement.Reject(var ruling) -> new Verdict.Reject(ruling.refusal());
      // A queue id that came before: the other message's case would speak for this one.
      case Judgement.Held(var id, boolean duplicate, _) when duplicate ->
          new Verdict.Trouble(
              "its queue id is that of "
                  + id
                  + ": set enable_long_queue_ids = yes, and name Postern once among the milters");
      case Judgement.Held(var id, _, var evidence) -> new Verdict.Held(id, evidence);
    };
  }

  private void late(Message message, Judgement judgement, Throwable why) {
    boolean toldToHold =
        settings.onTrouble() == MilterSettings.OnTrouble.HOLD && why instanceof TimeoutException;
    if (!toldToHold) {
      withdraw(message, judgement);
    }
  }

  /**
   * The answer could not be sent, so the MTA did not delete the message and its client sends it
   * again. In its own queue the message may be on hold all the same: that case stays.
   */
  void unsent(Verdict verdict, HoldRef ref) {
    if (verdict instanceof Verdict.Held
        && settings.keeping() instanceof MilterSettings.Keeping.InStore) {
      withdraw(ref);
    }
  }

  private void withdraw(Message message, Judgement judgement) {
    if (judgement instanceof Judgement.Held(_, boolean duplicate, _) && !duplicate) {
      withdraw(message.ref());
    }
  }

  private void withdraw(HoldRef ref) {
    try {
      desk.withdraw().accept(ref);
    } catch (RuntimeException storeIsAway) {
      log.error(
          "a case stays open though its message was put off event=milter.trouble hold={}",
          ref.id(),
          storeIsAway);
    }
  }
}
