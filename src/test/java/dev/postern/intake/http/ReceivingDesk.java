package dev.postern.intake.http;

import dev.postern.approval.CaseId;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Received;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A desk that only receives, once per reference. */
final class ReceivingDesk implements Function<Hold, Received> {
  private static final CaseId CASE = new CaseId("PN-7F3K-2QXD");

  final List<Hold> holds = new CopyOnWriteArrayList<>();
  final AtomicBoolean down = new AtomicBoolean();

  @Override
  public Received apply(Hold hold) {
    boolean duplicate = gone(hold.ref()).isPresent();
    holds.add(hold);
    return new Received(CASE, duplicate);
  }

  /** The case of a hold that was received. */
  Optional<CaseId> gone(HoldRef ref) {
    if (down.get()) {
      throw new IllegalStateException("secret detail of the store");
    }
    return holds.stream().anyMatch(h -> h.ref().equals(ref)) ? Optional.of(CASE) : Optional.empty();
  }
}
