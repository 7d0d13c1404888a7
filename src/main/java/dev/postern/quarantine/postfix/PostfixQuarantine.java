package dev.postern.quarantine.postfix;

import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Follower;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.approval.Quarantine;
import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.LogTail;
import dev.postern.quarantine.MailLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Postfix's hold queue. A release to everybody takes the message off hold; one to some, or of old
 * mail, hands it back as a new message and deletes the held one. What counts as proof is the mail
 * log, per recipient, and the queue where the log cannot be read.
 */
public final class PostfixQuarantine implements Quarantine {
  /** Clocks differ, and the log has whole seconds. */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private final PostfixParts parts;
  private final InstantSource clock;

  /** Takes its parts. */
  public PostfixQuarantine(PostfixParts parts, InstantSource clock) {
    this.parts = parts;
    this.clock = clock;
  }

  @Override
  public Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    Optional<QueueId> id = QueueId.parse(held.hold().id());
    if (id.isEmpty()) {
      return Outcome.forAll(to, Kind.PERM_FAIL, "it has no long queue id of Postfix");
    }
    Optional<QueueEntry> found;
    try {
      found = parts.queue().find(id.get());
    } catch (MailSystemTrouble trouble) {
      return Outcome.forAll(to, Kind.TEMP_FAIL, trouble.words());
    }
    if (found.isEmpty()) {
      return absent(held, id.get(), to);
    }
    QueueEntry entry = found.get();
    if (!entry.held()) {
      return Outcome.forAll(to, Kind.ALREADY_DONE, elsewhere(entry));
    }
    boolean everybody = to.containsAll(held.envelope().recipients());
    if (everybody && !late(entry)) {
      return takeOffHold(held, id.get(), to, mandate);
    }
    return parts
        .handBack()
        .map(way -> handBack(way, held, to, mandate))
        .orElseGet(() -> Outcome.forAll(to, Kind.PERM_FAIL, noWay(everybody)));
  }

  private static Outcome handBack(
      HandBack way, CaseFile held, List<EmailAddress> to, Mandate mandate) {
    try {
      return way.release(held, to, mandate, begun(held));
    } catch (MailSystemTrouble trouble) {
      // Nothing was given to Postfix: what is unsure about that comes as a result.
      return Outcome.forAll(to, Kind.TEMP_FAIL, trouble.words());
    }
  }

  private static String noWay(boolean everybody) {
    return everybody
        ? "it is so old that Postfix would return it to its sender, who may be forged, at the first"
            + " temporary failure: set mail.postfix.reinject, and decide again"
        : "Postfix cannot part recipients: set mail.postfix.reinject, and decide again";
  }

  private Outcome takeOffHold(CaseFile held, QueueId id, List<EmailAddress> to, Mandate mandate) {
    Optional<LogTail> tail = parts.log().map(MailLog::tail);
    if (!mandate.stands()) {
      return Outcome.forAll(to, Kind.TEMP_FAIL, "another process has taken this over");
    }
    return switch (parts.verbs().release(id)) {
      case Deed.Done done when done.goesOn() ->
          tail.map(from -> told(parts.trails().await(from, id, to), to, done.words()))
              .orElseGet(() -> queued(to, done.words()));
      case Deed.Done done ->
          queued(to, done.words() + ", and goes when Postfix runs or at its next queue run");
      case Deed.Refused refused -> Outcome.forAll(to, Kind.TEMP_FAIL, refused.words());
      case Deed.Nothing _ -> lookedUp(held, id, to, "Postfix found nothing on hold");
      case Deed.Unsure unsure -> lookedUp(held, id, to, unsure.words());
    };
  }

  /** The queue says what a call came to that did not say so itself. */
  private Outcome lookedUp(CaseFile held, QueueId id, List<EmailAddress> to, String words) {
    return parts
        .queue()
        .find(id)
        .map(
            entry ->
                entry.held()
                    ? Outcome.forAll(to, Kind.TEMP_FAIL, words + "; it is still on hold")
                    : queued(to, elsewhere(entry)))
        .orElseGet(() -> absent(held, id, to));
  }

  /** Not in the queue: the log may tell that it went. */
  private Outcome absent(CaseFile held, QueueId id, List<EmailAddress> to) {
    try {
      return trail(held, id)
          .filter(PostfixQuarantine::went)
          .map(of -> told(of, to, "Postfix delivered it"))
          .orElseGet(() -> missing(held, to));
    } catch (MailSystemTrouble unreadable) {
      return Outcome.forAll(to, Kind.TEMP_FAIL, unreadable.words());
    }
  }

  /** An event may tell of a message that is not listed yet, since other milters look at it. */
  private Outcome missing(CaseFile held, List<EmailAddress> to) {
    return held.receivedAt().isAfter(clock.instant().minus(Follower.GRACE))
        ? Outcome.forAll(to, Kind.TEMP_FAIL, "Postfix does not list it yet")
        : Outcome.forAll(to, Kind.NOT_FOUND, "Postfix does not have it any more");
  }

  /** What was deleted after Postfix took it up did not go, or not to everybody. */
  private static boolean went(Trail trail) {
    return trail.takenUp() && !trail.deleted();
  }

  private static String elsewhere(QueueEntry entry) {
    return "off hold: it is in the queue \"" + entry.queue() + "\" of Postfix, for everybody";
  }

  private static Outcome queued(List<EmailAddress> to, String words) {
    return Outcome.forAll(to, Kind.ACCEPTED_ASYNC, "released to the queue of Postfix: " + words);
  }

  /**
   * What the log tells of each. Where the next hop refused it for everybody, Postfix has returned
   * it and does not hold it any more, so there is nothing left to decide.
   */
  private static Outcome told(Trail trail, List<EmailAddress> to, String words) {
    List<Result> results =
        to.stream()
            .map(
                r ->
                    trail
                        .result(r)
                        .orElseGet(
                            () ->
                                new Result(
                                    r,
                                    Kind.ACCEPTED_ASYNC,
                                    "released to the queue of Postfix: " + words)))
            .toList();
    boolean returned = results.stream().allMatch(r -> r.kind() == Kind.PERM_FAIL);
    return new Outcome(
        returned
            ? results.stream()
                .map(r -> new Result(r.recipient(), Kind.NOT_FOUND, r.words()))
                .toList()
            : results);
  }

  @Override
  public Outcome discard(CaseFile held, Mandate mandate) {
    List<EmailAddress> all = held.envelope().recipients();
    Optional<QueueId> id = QueueId.parse(held.hold().id());
    if (id.isEmpty()) {
      return Outcome.forAll(all, Kind.PERM_FAIL, "it has no long queue id of Postfix");
    }
    if (!mandate.stands()) {
      return Outcome.forAll(all, Kind.TEMP_FAIL, "another process has taken this over");
    }
    return switch (parts.verbs().discard(id.get())) {
      case Deed.Done done -> Outcome.forAll(all, Kind.DISCARDED, "Postfix: " + done.words());
      case Deed.Refused refused -> Outcome.forAll(all, Kind.TEMP_FAIL, refused.words());
      case Deed.Nothing _ -> notDiscarded(held, id.get(), "Postfix found nothing on hold");
      case Deed.Unsure unsure -> notDiscarded(held, id.get(), unsure.words());
    };
  }

  private Outcome notDiscarded(CaseFile held, QueueId id, String words) {
    List<EmailAddress> all = held.envelope().recipients();
    return parts
        .queue()
        .find(id)
        .map(
            entry ->
                entry.held()
                    ? Outcome.forAll(all, Kind.TEMP_FAIL, words + "; it is still on hold")
                    : Outcome.forAll(all, Kind.NOT_FOUND, elsewhere(entry)))
        .orElseGet(() -> missing(held, all));
  }

  @Override
  public Standing standing(CaseFile held) {
    Optional<QueueId> id = QueueId.parse(held.hold().id());
    if (id.isEmpty()) {
      return Standing.UNKNOWN;
    }
    Optional<Choice> decided = held.decision().map(Decision::choice);
    boolean releasing = decided.filter(c -> !(c instanceof Choice.Discard)).isPresent();
    boolean discarding = decided.isPresent() && !releasing;
    return parts
        .queue()
        .find(id.get())
        .map(entry -> listed(entry, held, releasing, discarding))
        .orElseGet(() -> gone(held, id.get(), releasing, discarding));
  }

  /** Handed back it can have been while it is still on hold; with the log that is found out. */
  private Standing listed(QueueEntry entry, CaseFile held, boolean releasing, boolean discarding) {
    if (!entry.held()) {
      return discarding ? Standing.UNKNOWN : Standing.RELEASED;
    }
    boolean handedBack =
        releasing && parts.handBack().isPresent() && (late(entry) || !toEverybody(held));
    return handedBack && parts.log().isEmpty() ? Standing.UNKNOWN : Standing.HELD;
  }

  private static boolean toEverybody(CaseFile held) {
    boolean all = held.decision().filter(d -> d.choice() instanceof Choice.ReleaseAll).isPresent();
    boolean begun = held.outcome().filter(o -> !o.proved().results().isEmpty()).isPresent();
    return all && !begun;
  }

  /** What is not listed was delivered or deleted; the log tells which. */
  private Standing gone(CaseFile held, QueueId id, boolean releasing, boolean discarding) {
    if (!releasing && (!discarding || parts.log().isEmpty())) {
      return Standing.GONE;
    }
    Trail trail = trail(held, id).orElseGet(Trail::new);
    if (releasing) {
      boolean went = went(trail) || wentAsNew(held, id);
      return went ? Standing.RELEASED : Standing.UNKNOWN;
    }
    return trail.takenUp() ? Standing.UNKNOWN : Standing.GONE;
  }

  private boolean wentAsNew(CaseFile held, QueueId id) {
    return parts
        .log()
        .map(log -> new Reinjections(log).accepted(id, decided(held)))
        .filter(trails -> !trails.isEmpty())
        .isPresent();
  }

  /**
   * What the log tells; empty where it is not set.
   *
   * @throws MailSystemTrouble when it cannot be read now, so that nothing is concluded from it
   */
  private Optional<Trail> trail(CaseFile held, QueueId id) {
    return parts.log().map(log -> new Trail().follow(Trails.writtenSince(log, id, decided(held))));
  }

  /** Nothing was done before it was decided; a case without decision is looked at as a whole. */
  private static Instant decided(CaseFile held) {
    return held.decision().map(Decision::at).orElse(held.receivedAt()).minus(LEEWAY);
  }

  /** What an earlier decision began was begun no earlier than the message came. */
  private static Instant begun(CaseFile held) {
    return held.outcome().isPresent() ? held.receivedAt().minus(LEEWAY) : decided(held);
  }

  /** Whether so much of its lifetime is over that it is to begin anew. */
  private boolean late(QueueEntry entry) {
    Duration age = Duration.between(entry.arrival(), clock.instant());
    return age.multipliedBy(4).compareTo(parts.lifetimeOf(entry).multipliedBy(3)) > 0;
  }

  @Override
  public Set<Ability> abilities() {
    return parts.handBack().isPresent()
        ? EnumSet.of(Ability.PARTIAL_RELEASE, Ability.DISCARD)
        : EnumSet.of(Ability.DISCARD);
  }

  @Override
  public Optional<String> trouble() {
    return parts.trouble();
  }
}
