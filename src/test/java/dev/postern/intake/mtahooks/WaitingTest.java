package dev.postern.intake.mtahooks;

import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.intake.MemoryBudget;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final int TRIES = 300;

  private final List<HoldRef> withdrawn = new CopyOnWriteArrayList<>();

  private static Message message() {
    return new Message(
        new HoldRef("mta-hooks", "1"),
        new Envelope(
            Optional.empty(),
            List.of(EmailAddress.parse("lee@corp.example").orElseThrow()),
            InetAddress.getLoopbackAddress(),
            ""),
        RawMessage.of(new byte[] {'\r', '\n'}),
        Instant.EPOCH,
        Optional.empty());
  }

  /** Interrupted at the moment at which its judgement comes: told or withdrawn, one of both. */
  @Test
  void P2_whoIsInterruptedWhileACaseComesToBeIsToldOfItOrItIsWithdrawn() {
    Thread waiter = Thread.currentThread();
    MtaHooksDesk desk =
        new MtaHooksDesk(
            _ -> {
              waiter.interrupt();
              return new Judgement.Held(new CaseId("PN-7F3K-2QXD"), false, anEvidence().build());
            },
            withdrawn::add);
    for (int i = 0; i < TRIES; i++) {
      withdrawn.clear();
      Waiting.Verdict verdict;
      try (Waiting waiting = new Waiting(desk, Duration.ofSeconds(10))) {
        verdict = waiting.verdict(message(), new MemoryBudget(1).lease());
        boolean _ = Thread.interrupted();
      }
      assertThat(withdrawn).hasSize(verdict instanceof Waiting.Verdict.Held ? 0 : 1);
    }
  }
}
