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
import dev.postern.approval.Quarantine;
import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.LogTail;
import dev.postern.quarantine.MailLog;
import java.time.Duration;
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
      return absent(held, id.get(), to, HandBack.begun(held, mandate));
    }
    QueueEntry entry = found.get();
    if (!entry.held()) {
      return new OffHold(parts, held, id.get()).listed(entry, to);
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
      return way.release(held, to, mandate, OffHold.begun(held));
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
          tail.map(from -> OffHold.under(parts.trails().await(from, id, to), to, done.words()))
              .orElseGet(() -> OffHold.queued(to, done.words()));
      case Deed.Done done ->
          OffHold.queued(
              to, done.words() + ", and goes when Postfix runs or at its next queue run");
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
                    : OffHold.queued(to, OffHold.elsewhere(entry)))
        .orElseGet(() -> absent(held, id, to, false));
  }

  /** Not in the queue: the log may tell that it went, or went as a new message. */
  private Outcome absent(CaseFile held, QueueId id, List<EmailAddress> to, boolean begun) {
    try {
      return new OffHold(parts, held, id).absent(to, begun).orElseGet(() -> missing(held, to));
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

  /** Only what was handed back leaves something; what was taken off hold is not there. */
  @Override
  public Outcome tidy(CaseFile held, Mandate mandate) {
    Optional<QueueId> id = QueueId.parse(held.hold().id());
    Optional<HandBack> way = parts.handBack().filter(_ -> mandate.stands());
    return id.flatMap(it -> way.map(by -> by.tidied(held, it, Outcome.none())))
        .orElseGet(Outcome::none);
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
                    : Outcome.forAll(all, Kind.NOT_FOUND, OffHold.elsewhere(entry)))
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
    OffHold off = new OffHold(parts, held, id);
    if (releasing) {
      return off.went() ? Standing.RELEASED : Standing.UNKNOWN;
    }
    return off.takenUp() ? Standing.UNKNOWN : Standing.GONE;
  }

  @Override
  public Outcome lookUp(CaseFile held, List<EmailAddress> open) {
    Standing standing = standing(held);
    Optional<QueueId> id = QueueId.parse(held.hold().id());
    if (standing != Standing.RELEASED || id.isEmpty()) {
      return standing.forAll(open);
    }
    OffHold off = new OffHold(parts, held, id.get());
    return parts
        .queue()
        .find(id.get())
        .map(entry -> off.listed(entry, open))
        .or(() -> off.absent(open, true))
        .orElseGet(() -> Standing.UNKNOWN.forAll(open));
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
