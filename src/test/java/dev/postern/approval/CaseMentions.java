package dev.postern.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks case files up as the store does, for books in memory. */
public final class CaseMentions {
  private CaseMentions() {}

  /** What a case is found by. */
  public static Set<Mention> of(CaseFile it) {
    return Mention.in(
        new Hold(
            it.hold(),
            it.envelope(),
            Optional.empty(),
            it.message(),
            it.gateway(),
            it.receivedAt(),
            ""));
  }

  /** The same case, held and asked at another time. */
  public static CaseFile heldAt(CaseFile it, Instant at) {
    Duration later = Duration.between(it.receivedAt(), at);
    return with(it, at, it.stage().map(stage -> moved(stage, later)));
  }

  private static Stage moved(Stage it, Duration later) {
    return new Stage(
        it.id(),
        it.place(),
        it.name(),
        it.approvers(),
        it.terms(),
        it.opens().plus(later),
        it.closes().plus(later),
        it.state());
  }

  private static CaseFile with(CaseFile it, Instant at, Optional<Stage> stage) {
    return new CaseFile(
        it.id(),
        it.state(),
        it.version(),
        it.hold(),
        it.gateway(),
        at,
        it.envelope(),
        it.message(),
        it.rawKept(),
        it.evidence(),
        it.digest(),
        it.ruling(),
        stage,
        it.votes(),
        it.decision(),
        it.outcome(),
        it.trouble(),
        it.caution(),
        it.changedAt(),
        it.report(),
        Optional.empty());
  }

  /** The same case, asking one person alone. */
  public static CaseFile askingOnly(CaseFile it, String personId) {
    Stage was = it.stage().orElseThrow();
    Stage now =
        new Stage(
            was.id(),
            was.place(),
            was.name(),
            List.of(personId),
            was.terms(),
            was.opens(),
            was.closes(),
            was.state());
    return with(it, it.receivedAt(), Optional.of(now));
  }

  /** The same case, about which nobody was asked. */
  public static CaseFile unasked(CaseFile it) {
    return with(it, it.receivedAt(), Optional.empty());
  }

  /** Those that wait for one person, the soonest deadline first. */
  public static Stream<CaseFile> awaiting(
      Collection<CaseFile> all, String personId, Optional<CaseBook.Deadline> after) {
    return all.stream()
        .filter(it -> asks(it, personId))
        .filter(it -> after.isEmpty() || deadline(it).compareTo(after.get()) > 0)
        .sorted(Comparator.comparing(CaseMentions::deadline).thenComparing(it -> it.id().text()));
  }

  /** Votes of the newest stages of one person, the newest first. */
  public static Stream<CaseBook.Share> shares(
      Collection<CaseFile> all, String personId, Instant since) {
    return all.stream()
        .flatMap(it -> it.votes().stream().map(vote -> share(it, vote)))
        .filter(both -> both.vote().personId().equals(personId))
        .map(Both::share)
        .filter(share -> !share.at().isBefore(since))
        .sorted(Comparator.comparing(CaseBook.Share::at).reversed());
  }

  /** Newest stages that ended without a decision and without one person's vote, newest first. */
  public static Stream<CaseBook.Missed> missed(
      Collection<CaseFile> all, String personId, Instant since, Instant until) {
    return all.stream()
        .filter(it -> it.votes().stream().noneMatch(v -> v.personId().equals(personId)))
        .flatMap(it -> it.stage().stream().filter(s -> ended(s, personId)).map(s -> missed(it, s)))
        .filter(it -> !it.at().isBefore(since) && !it.at().isAfter(until))
        .sorted(Comparator.comparing(CaseBook.Missed::at).reversed());
  }

  private static boolean ended(Stage stage, String personId) {
    boolean without =
        stage.state() == Stage.State.EXPIRED || stage.state() == Stage.State.ESCALATED;
    return without && stage.approvers().contains(personId);
  }

  private static CaseBook.Missed missed(CaseFile it, Stage stage) {
    return new CaseBook.Missed(it.id(), stage.closes());
  }

  private record Both(Vote vote, CaseBook.Share share) {}

  private static Both share(CaseFile it, Vote vote) {
    Instant asked = it.stage().map(Stage::opens).orElseThrow();
    return new Both(vote, new CaseBook.Share(it.id(), vote.choice(), asked, vote.at()));
  }

  private static boolean asks(CaseFile it, String personId) {
    return it.openStage().filter(s -> s.approvers().contains(personId)).isPresent()
        && it.votes().stream().noneMatch(v -> v.personId().equals(personId));
  }

  private static CaseBook.Deadline deadline(CaseFile it) {
    return it.openStage().map(CaseBook.Deadline::of).orElseThrow();
  }
}
