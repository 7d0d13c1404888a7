package dev.postern.quarantine.postfix;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Decision;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.MailLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became of a message that is not on hold any more, for each recipient: one may have it whose
 * neighbour the next hop refused.
 */
final class OffHold {
  /** Clocks differ, and the log has whole seconds. */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private final PostfixParts parts;
  private final CaseFile held;
  private final QueueId id;

  OffHold(PostfixParts parts, CaseFile held, QueueId id) {
    this.parts = parts;
    this.held = held;
    this.id = id;
  }

  /** In another queue of Postfix, which goes on with it. */
  Outcome listed(QueueEntry entry, List<EmailAddress> to) {
    Trail trail;
    try {
      trail = trail().orElseGet(Trail::new);
    } catch (MailSystemTrouble unreadable) {
      trail = new Trail(); // the queue alone proves that it is off hold
    }
    Trail known = trail;
    return returned(
        to.stream()
            .map(
                r ->
                    known
                        .result(r)
                        .filter(it -> it.kind() != Kind.ACCEPTED_ASYNC)
                        .orElseGet(() -> new Result(r, Kind.ALREADY_DONE, elsewhere(entry))))
            .toList());
  }

  /**
   * In no queue; empty where the log does not tell that it went.
   *
   * @param begun whether it may have been handed back as a new message before
   * @throws MailSystemTrouble when the log cannot be read now, so that nothing is concluded
   */
  Optional<Outcome> absent(List<EmailAddress> to, boolean begun) {
    Optional<Trail> itself = trail().filter(OffHold::went);
    if (itself.isPresent()) {
      return Optional.of(told(itself.get(), to, r -> unknown(r, "Postfix is done with it")));
    }
    List<Trail> asNew = begun ? reinjected(begun(held)) : List.of();
    return asNew.isEmpty() ? Optional.empty() : Optional.of(asNew(asNew, to));
  }

  /** What became of the new ones, none of which need be for everybody. */
  private static Outcome asNew(List<Trail> trails, List<EmailAddress> to) {
    boolean complete = trails.stream().allMatch(Trail::complete);
    return returned(
        to.stream()
            .map(
                r ->
                    trails.stream()
                        .flatMap(trail -> trail.result(r).stream())
                        .findFirst()
                        .orElseGet(
                            () ->
                                complete
                                    ? unknown(r, "it was handed back to Postfix as a new message")
                                    : new Result(
                                        r,
                                        Kind.TEMP_FAIL,
                                        "Postfix took it as a new message and is still at it; the"
                                            + " log is asked again")))
            .toList());
  }

  private static Result unknown(EmailAddress recipient, String what) {
    return new Result(
        recipient,
        Kind.UNCERTAIN,
        what + ", and its log does not tell what became of it for this one: look there");
  }

  /** Taken off hold a moment ago: what is not told yet is in the queue. */
  static Outcome under(Trail trail, List<EmailAddress> to, String words) {
    return told(trail, to, r -> queued(List.of(r), words).results().getFirst());
  }

  static Outcome queued(List<EmailAddress> to, String words) {
    return Outcome.forAll(to, Kind.ACCEPTED_ASYNC, "released to the queue of Postfix: " + words);
  }

  static String elsewhere(QueueEntry entry) {
    return "off hold: it is in the queue \"" + entry.queue() + "\" of Postfix, for everybody";
  }

  private static Outcome told(
      Trail trail, List<EmailAddress> to, Function<EmailAddress, Result> otherwise) {
    return returned(
        to.stream().map(r -> trail.result(r).orElseGet(() -> otherwise.apply(r))).toList());
  }

  /**
   * Where the next hop refused it for everybody, Postfix has returned it and does not hold it any
   * more, so there is nothing left to decide.
   */
  private static Outcome returned(List<Result> results) {
    return results.stream().allMatch(r -> r.kind() == Kind.PERM_FAIL)
        ? new Outcome(
            results.stream()
                .map(r -> new Result(r.recipient(), Kind.NOT_FOUND, r.words()))
                .toList())
        : new Outcome(results);
  }

  /** Whether the log tells that it went since it was decided, itself or as a new message. */
  boolean went() {
    return trail().filter(OffHold::went).isPresent() || !reinjected(decided(held)).isEmpty();
  }

  /** Whether the log tells that Postfix began to deliver it since it was decided. */
  boolean takenUp() {
    return trail().filter(Trail::takenUp).isPresent();
  }

  /** What was deleted after Postfix took it up did not go, or not to everybody. */
  private static boolean went(Trail trail) {
    return trail.takenUp() && !trail.deleted();
  }

  private List<Trail> reinjected(Instant since) {
    return parts.log().map(log -> new Reinjections(log).accepted(id, since)).orElseGet(List::of);
  }

  /** What the log tells since it was decided; empty where it is not set. */
  private Optional<Trail> trail() {
    Optional<MailLog> log = parts.log();
    return log.map(it -> new Trail().follow(Trails.writtenSince(it, id, decided(held))));
  }

  /** Nothing was done before it was decided; a case without decision is looked at as a whole. */
  private static Instant decided(CaseFile held) {
    return held.decision().map(Decision::at).orElse(held.receivedAt()).minus(LEEWAY);
  }

  /** What an earlier decision began was begun no earlier than the message came. */
  static Instant begun(CaseFile held) {
    return held.outcome().isPresent() ? held.receivedAt().minus(LEEWAY) : decided(held);
  }
}
