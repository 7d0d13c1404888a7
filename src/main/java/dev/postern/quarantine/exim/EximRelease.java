package dev.postern.quarantine.exim;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.LogTail;
import dev.postern.quarantine.MailLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * One release of a frozen message. {@code exim -M} delivers before it returns, so the log has its
 * lines then. For a part of the recipients the others are marked as delivered first; a mark cannot
 * be taken back, so who has one without having the message is not released to behind their back.
 */
final class EximRelease {
  static final String TAKEN_OVER = "another process has taken this over";

  private static final String SPARED =
      "Exim counted this one as delivered without delivering, since an earlier release to others"
          + " was cut off; the message has left the spool";

  private final EximParts parts;
  private final EximId id;
  private final Optional<EximTrail> before;

  /**
   * @param before what the log told of it until now
   */
  EximRelease(EximParts parts, EximId id, Optional<EximTrail> before) {
    this.parts = parts;
    this.id = id;
    this.before = before;
  }

  /**
   * Releases to these.
   *
   * @throws MailSystemTrouble when nothing was delivered, and why
   */
  Outcome run(Spooled held, List<EmailAddress> to, Mandate mandate) {
    boolean believable = held.recipients().stream().allMatch(Spooled::plain);
    List<EmailAddress> unknown = to.stream().filter(r -> held.written(r).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      return Outcome.forAll(to, Kind.PERM_FAIL, "the held message has no recipient " + unknown);
    }
    Map<EmailAddress, Result> results = new LinkedHashMap<>();
    if (believable) {
      before.ifPresent(
          trail ->
              to.stream()
                  // Of an alias some may have it, and the others not.
                  .filter(r -> trail.proves(r) && held.isDone(r))
                  .forEach(r -> results.put(r, trail.result(r).orElseThrow())));
    }
    List<EmailAddress> open = to.stream().filter(r -> !results.containsKey(r)).toList();
    List<EmailAddress> marked = open.stream().filter(held::isDone).toList();
    String refused = marked.isEmpty() ? unparted(held, to) : marked(id, marked);
    if (!refused.isEmpty()) {
      open.forEach(r -> results.put(r, new Result(r, Kind.PERM_FAIL, refused)));
    } else if (!open.isEmpty()) {
      spare(held, to, mandate);
      deliver(believable, open, mandate).results().forEach(r -> results.put(r.recipient(), r));
    }
    return new Outcome(to.stream().map(r -> Objects.requireNonNull(results.get(r))).toList());
  }

  private static String marked(EximId id, List<EmailAddress> marked) {
    return "Exim counts "
        + marked
        + " as delivered, since an earlier release to others was cut off, and would not deliver to"
        + " them: decide for the others only, and send them a copy (exim -Mvc "
        + id
        + ")";
  }

  /**
   * Recipients that are not to get it. Those that cannot be shown to anybody get what all get that
   * can be.
   */
  private static List<String> others(Spooled held, List<EmailAddress> to) {
    List<String> others =
        held.recipients().stream()
            .filter(r -> !held.done().contains(r))
            .filter(r -> EmailAddress.parse(r).filter(to::contains).isEmpty())
            .distinct()
            .toList();
    return others.stream().allMatch(r -> EmailAddress.parse(r).isEmpty()) ? List.of() : others;
  }

  private static String unparted(Spooled held, List<EmailAddress> to) {
    long odd = others(held, to).stream().filter(r -> !Spooled.plain(r)).count();
    return odd == 0
        ? ""
        : odd
            + " other recipient(s) have an address that the helper does not take: release it in"
            + " Exim";
  }

  private void spare(Spooled held, List<EmailAddress> to, Mandate mandate) {
    List<String> others = others(held, to);
    if (others.isEmpty()) {
      return;
    }
    if (!mandate.stands()) {
      throw new MailSystemTrouble(TAKEN_OVER);
    }
    parts.verbs().spare(id, others);
    Optional<Spooled> now = parts.verbs().look(id);
    if (!now.filter(it -> it.frozen() && it.done().containsAll(others)).isPresent()) {
      throw new MailSystemTrouble("Exim does not leave out everybody who is not to get it");
    }
  }

  private Outcome deliver(boolean believable, List<EmailAddress> open, Mandate mandate) {
    if (!mandate.stands()) {
      return Outcome.forAll(open, Kind.TEMP_FAIL, TAKEN_OVER);
    }
    Optional<LogTail> tail = parts.log().map(MailLog::tail);
    Optional<String> complaint = parts.verbs().release(id);
    EximTrail trail = EximTrail.of(id, tail.map(EximRelease::all).orElseGet(List::of));
    Optional<Spooled> left;
    try {
      left = parts.verbs().look(id);
    } catch (MailSystemTrouble blind) {
      String words = complaint.map(said -> said + "; ").orElse("") + blind.words();
      return withProof(trail, believable, open, r -> new Result(r, Kind.UNCERTAIN, words), false);
    }
    return left.map(it -> stays(it, complaint, trail, believable, open))
        .orElseGet(
            () ->
                told(
                    trail,
                    believable,
                    open,
                    r -> new Result(r, Kind.ACCEPTED_ASYNC, "Exim is done with it")));
  }

  private static List<String> all(LogTail tail) {
    List<String> lines = new ArrayList<>();
    for (List<String> more = tail.more(); !more.isEmpty(); more = tail.more()) {
      lines.addAll(more);
    }
    return lines;
  }

  /** Still in the spool: frozen, or to be tried again by Exim. */
  private static Outcome stays(
      Spooled now,
      Optional<String> complaint,
      EximTrail trail,
      boolean believable,
      List<EmailAddress> open) {
    String held = complaint.orElse("Exim did not take it off hold") + "; it is still frozen";
    return withProof(
        trail,
        believable,
        open,
        r ->
            now.frozen() && !now.isDone(r)
                ? new Result(r, Kind.TEMP_FAIL, held)
                : new Result(r, Kind.ACCEPTED_ASYNC, "off hold, in the queue of Exim"),
        false);
  }

  /**
   * What became of each of a message that is off hold already. Exim goes on with it, but not for
   * those that somebody had it count as delivered.
   *
   * @param trail what the log tells since it came, where it can be believed
   */
  static Outcome underWay(
      EximId id, Spooled now, Optional<EximTrail> trail, List<EmailAddress> to) {
    return new Outcome(to.stream().map(r -> underWay(id, now, trail, r)).toList());
  }

  private static Result underWay(
      EximId id, Spooled now, Optional<EximTrail> trail, EmailAddress one) {
    if (!now.isDone(one) || trail.filter(it -> it.proves(one)).isPresent()) {
      return new Result(one, Kind.ALREADY_DONE, "Exim does not hold it any more, and delivers it");
    }
    if (trail.filter(it -> it.spares(one)).isPresent()) {
      return new Result(one, Kind.PERM_FAIL, marked(id, List.of(one)));
    }
    return trail
        .flatMap(it -> it.result(one))
        .orElseGet(
            () ->
                new Result(
                    one,
                    Kind.UNCERTAIN,
                    "Exim does not deliver to this one any more, and the log does not tell why"));
  }

  /**
   * What the log tells of each, of a message that has left the spool. Where the next hop refused it
   * for everybody, Exim has returned it, so there is nothing left to decide.
   *
   * @param otherwise what is said of one of whom the log does not tell
   */
  static Outcome told(
      EximTrail trail,
      boolean believable,
      List<EmailAddress> to,
      Function<EmailAddress, Result> otherwise) {
    return withProof(
        trail,
        believable,
        to,
        r ->
            trail.removed()
                ? new Result(r, Kind.NOT_FOUND, "somebody deleted it in Exim")
                : trail.spares(r) ? new Result(r, Kind.PERM_FAIL, SPARED) : otherwise.apply(r),
        true);
  }

  private static Outcome withProof(
      EximTrail trail,
      boolean believable,
      List<EmailAddress> to,
      Function<EmailAddress, Result> otherwise,
      boolean gone) {
    List<Result> results =
        to.stream()
            .map(
                r ->
                    Optional.of(r)
                        .filter(_ -> believable)
                        .flatMap(trail::result)
                        .orElseGet(() -> otherwise.apply(r)))
            .toList();
    boolean returned = gone && results.stream().allMatch(r -> r.kind() == Kind.PERM_FAIL);
    return new Outcome(
        returned
            ? results.stream()
                .map(r -> new Result(r.recipient(), Kind.NOT_FOUND, r.words()))
                .toList()
            : results);
  }
}
