package dev.postern.quarantine;

import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine;
import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.RemoteStore.Deed;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets go of what a {@link RemoteStore} holds. Such a store sends a message again when it is told
 * again, so it is told once and then looked at: what it held right before and does not hold right
 * after has gone. What it still holds may have gone all the same, since it sends first and notes it
 * then; that is uncertain, and people are asked.
 */
public final class RemoteQuarantine implements Quarantine {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final RemoteStore store;
  private final Duration patience;

  /**
   * @param patience how long it is waited for a message to leave the list
   */
  public RemoteQuarantine(RemoteStore store, Duration patience) {
    this.store = store;
    this.patience = patience;
  }

  @Override
  public Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    return notNow(held, to, mandate).orElseGet(() -> released(held, to, store.release(held)));
  }

  private Outcome released(CaseFile held, List<EmailAddress> to, Deed deed) {
    return switch (deed) {
      case Deed.Refused refused -> refused(to, refused);
      case Deed.Done(String words) ->
          left(held)
              ? Outcome.forAll(to, Kind.ACCEPTED_ASYNC, store.name() + " sent it on: " + words)
              : unsure(to, words + "; it still lists the message");
      case Deed.Unsure(String words) ->
          left(held)
              ? Outcome.forAll(to, Kind.ACCEPTED_ASYNC, store.name() + " has sent it on; " + words)
              : unsure(to, words + "; it still lists the message");
    };
  }

  private Outcome unsure(List<EmailAddress> to, String words) {
    return Outcome.forAll(to, Kind.UNCERTAIN, store.name() + ": " + words);
  }

  private Outcome refused(List<EmailAddress> to, Deed.Refused refused) {
    return Outcome.forAll(
        to,
        refused.forGood() ? Kind.PERM_FAIL : Kind.TEMP_FAIL,
        store.name() + ": " + refused.words());
  }

  @Override
  public Outcome discard(CaseFile held, Mandate mandate) {
    List<EmailAddress> all = held.envelope().recipients();
    Outcome outcome =
        notNow(held, all, mandate)
            .map(why -> OpenDeletion.on(held, store.name()) ? alreadyDeleted(why) : why)
            .orElseGet(() -> discarded(held, all, store.delete(held)));
    return OpenDeletion.goneOn(held, store.name(), outcome);
  }

  /** What an earlier attempt told it to delete, and it does not hold any more. */
  private Outcome alreadyDeleted(Outcome why) {
    return new Outcome(
        why.results().stream()
            .map(
                one ->
                    one.kind() == Kind.NOT_FOUND
                        ? new Outcome.Result(
                            one.recipient(),
                            Kind.DISCARDED,
                            store.name() + " was told to delete it, and does not list it any more")
                        : one)
            .toList());
  }

  private Outcome discarded(CaseFile held, List<EmailAddress> all, Deed deed) {
    return switch (deed) {
      case Deed.Refused refused -> refused(all, refused);
      case Deed.Done(String words) -> discarded(held, all, words);
      case Deed.Unsure(String words) -> discarded(held, all, words);
    };
  }

  private Outcome discarded(CaseFile held, List<EmailAddress> all, String words) {
    return left(held)
        ? Outcome.forAll(all, Kind.DISCARDED, store.name() + " deleted it: " + words)
        : OpenDeletion.of(all, store.name(), words);
  }

  /** Why nothing may be told to the store now; empty where it holds the message and may be. */
  private Optional<Outcome> notNow(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    if (!store.knows(held.hold())) {
      return Optional.of(Outcome.forAll(to, Kind.PERM_FAIL, "it has no id of " + store.name()));
    }
    try {
      if (!store.holds(held)) {
        return Optional.of(
            Outcome.forAll(
                to,
                Kind.NOT_FOUND,
                store.name() + " does not hold it any more: it was sent on or deleted there"));
      }
    } catch (MailSystemTrouble trouble) {
      return Optional.of(Outcome.forAll(to, Kind.TEMP_FAIL, trouble.words()));
    }
    return mandate.stands()
        ? Optional.empty()
        : Optional.of(Outcome.forAll(to, Kind.TEMP_FAIL, "another process has taken this over"));
  }

  /** Whether the store, which held it right before, does not hold it now or soon. */
  private boolean left(CaseFile held) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        if (!store.holds(held)) {
          return true;
        }
      } catch (MailSystemTrouble away) {
        // It may answer again before patience ends.
      }
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /**
   * What an interrupted release left on the list may have been sent; what is not on it may have
   * been deleted by somebody else meanwhile. Neither is known, so people are asked.
   */
  @Override
  public Standing standing(CaseFile held) {
    if (!store.knows(held.hold())) {
      return Standing.UNKNOWN;
    }
    boolean listed = store.holds(held);
    boolean releasing =
        held.state() == CaseState.DECIDED
            && held.decision().filter(it -> !(it.choice() instanceof Choice.Discard)).isPresent();
    if (releasing) {
      return Standing.UNKNOWN;
    }
    return listed ? Standing.HELD : Standing.GONE;
  }

  /** One entry is one recipient's. */
  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.DISCARD);
  }

  @Override
  public Optional<String> suggestion(CaseFile decided) {
    return ListEntry.of(decided).flatMap(store::listing);
  }

  @Override
  public Optional<String> trouble() {
    return store.trouble();
  }
}
