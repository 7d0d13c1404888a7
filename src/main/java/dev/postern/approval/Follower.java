package dev.postern.approval;

import dev.postern.mail.CanaryMark;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Follows one mail system: takes in what it holds and nobody reported, and notices what it does not
 * hold any more. Safe to run on every replica at once: the same hold is the same case.
 */
public final class Follower {
  /**
   * An event may tell of a message that is not in the queue yet: what is as young as this and not
   * listed may be on its way.
   */
  public static final Duration GRACE = Duration.ofSeconds(60);

  /** So that a round ends; the next one goes on. */
  static final int MOST_A_ROUND = 200;

  private final Holdings holdings;
  private final Quarantine quarantine;
  private final Records records;
  private final Desk desk;
  private final InstantSource clock;

  /**
   * In which round a message was last tried and came to nothing: it could not be read, or is not
   * listed and yet has not left. Others go first, and those wait their turn.
   */
  private final Map<HoldRef, Long> fruitless = new ConcurrentHashMap<>();

  /** When a message with the mark of a canary was first seen. */
  private final Map<HoldRef, Instant> flown = new ConcurrentHashMap<>();

  private final AtomicLong rounds = new AtomicLong();

  /** Takes its parts. */
  public Follower(
      Holdings holdings, Quarantine quarantine, Records records, Desk desk, InstantSource clock) {
    this.holdings = holdings;
    this.quarantine = quarantine;
    this.records = records;
    this.desk = desk;
    this.clock = clock;
  }

  /**
   * What a round found.
   *
   * @param held how many messages the mail system holds
   * @param taken how many of them were new, or there again
   * @param gone how many cases ended because their message is not there any more
   * @param trouble what could not be told of a single message, the first of it, which the next
   *     round tries again; otherwise what the mail system has to complain of
   */
  public record Round(int held, int taken, int gone, Optional<String> trouble) {}

  /** The source that is followed. */
  public String source() {
    return holdings.source();
  }

  /** How long the mail system is left alone, at least, between two looks. */
  public Duration pace() {
    return holdings.pace();
  }

  /**
   * Looks once.
   *
   * @throws MailSystemTrouble when the mail system cannot say what it holds; then nothing changes
   */
  public Round look() {
    // Cases first: what comes after the list was made must not look as if it had gone.
    List<KeptHold> kept = records.undecided(holdings.source());
    Set<HoldRef> held = new HashSet<>(holdings.held());
    Set<HoldRef> known = kept.stream().map(KeptHold::ref).collect(Collectors.toSet());
    fruitless.keySet().removeIf(ref -> !held.contains(ref) && !known.contains(ref));
    flown.keySet().retainAll(held);
    Map<HoldRef, Long> lastTried = Map.copyOf(fruitless);
    Tally tally = new Tally(rounds.incrementAndGet());
    held.stream()
        .filter(ref -> !known.contains(ref))
        .sorted(Comparator.comparingLong(ref -> lastTried.getOrDefault(ref, 0L)))
        .takeWhile(_ -> tally.taken < MOST_A_ROUND && tally.failed < MOST_A_ROUND)
        .forEach(ref -> tally.trying(ref, () -> meet(ref, tally)));
    Instant before = clock.instant().minus(GRACE);
    kept.stream()
        .filter(one -> !held.contains(one.ref()))
        .filter(one -> one.receivedAt().isBefore(before))
        .sorted(Comparator.comparingLong(one -> lastTried.getOrDefault(one.ref(), 0L)))
        .limit(MOST_A_ROUND)
        .forEach(one -> tally.trying(one.ref(), () -> miss(one, tally)));
    return new Round(held.size(), tally.taken, tally.gone, tally.trouble.or(quarantine::trouble));
  }

  /** A message that is held, and whose case is not open; whether it needs no more looking at. */
  private boolean meet(HoldRef ref, Tally tally) {
    Optional<CaseFile> it = records.caseOf(ref).flatMap(records::find);
    if (it.isEmpty()) {
      return take(ref, tally);
    }
    switch (it.get().state()) {
      case WITHDRAWN -> {
        desk.back(it.get().id());
        tally.taken++;
      }
      case DONE -> {
        if (it.get().changedAt().isBefore(clock.instant().minus(GRACE))) {
          throw new MailSystemTrouble(
              ref.id()
                  + " is held though case "
                  + it.get().id()
                  + " is done: release or delete it in the mail system by hand");
        }
      }
      // Opened or decided since the cases were read.
      case RECEIVED, EXAMINED, ASKING, DECIDED, EXPIRED, FAILED -> {}
    }
    return true;
  }

  private boolean take(HoldRef ref, Tally tally) {
    Optional<Hold> hold = holdings.fetch(ref);
    if (hold.filter(this::justFlown).isPresent()) {
      tally.failed++;
      return false;
    }
    if (hold.filter(it -> !desk.receive(it).duplicate()).isPresent()) {
      tally.taken++;
    }
    return true;
  }

  /**
   * Whoever sent a canary takes it away; what others mark is only asked about a little later. By
   * our own clock: that of a mail system may be ahead, or be what the sender says.
   */
  private boolean justFlown(Hold hold) {
    boolean marked =
        hold.raw()
            .or(() -> holdings.octets(hold.ref()))
            .map(CanaryMark::on)
            .orElseGet(() -> CanaryMark.on(hold.summary().subject()));
    return marked
        && flown
            .computeIfAbsent(hold.ref(), _ -> clock.instant())
            .isAfter(clock.instant().minus(GRACE));
  }

  /** Whether the case of a message that is not held needs no more looking at. */
  private boolean miss(KeptHold one, Tally tally) {
    Optional<CaseFile> it = records.find(one.id());
    boolean left =
        it.filter(
                file ->
                    switch (quarantine.standing(file)) {
                      case RELEASED, GONE -> true;
                      case HELD, UNKNOWN -> false;
                    })
            .isPresent();
    if (left && desk.gone(one.ref(), holdings.absence()).isPresent()) {
      tally.gone++;
    }
    return left;
  }

  private final class Tally {
    private final long round;
    private int taken;
    private int gone;
    private int failed;
    private Optional<String> trouble = Optional.empty();

    Tally(long round) {
      this.round = round;
    }

    /** One message that cannot be read must not keep the others waiting. */
    void trying(HoldRef ref, BooleanSupplier step) {
      try {
        if (step.getAsBoolean()) {
          fruitless.remove(ref);
        } else {
          fruitless.put(ref, round);
        }
      } catch (MailSystemTrouble e) {
        wasInVain(ref, e.words());
      } catch (StackOverflowError | OutOfMemoryError tooMuch) {
        // What one message asks for and does not get is given back by now.
        wasInVain(ref, "message " + ref.id() + " cannot be looked at: " + tooMuch);
      }
    }

    private void wasInVain(HoldRef ref, String words) {
      fruitless.put(ref, round);
      failed++;
      trouble = trouble.or(() -> Optional.of(words));
    }
  }
}
