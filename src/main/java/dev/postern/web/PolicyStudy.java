package dev.postern.web;

import dev.postern.policy.Policy;
import dev.postern.policy.Precedent;
import dev.postern.policy.Precedents;
import dev.postern.policy.Precedents.Span;
import dev.postern.policy.Replay;
import dev.postern.policy.Replayed;
import dev.postern.policy.ShadowReport;
import dev.postern.policy.Suggestion;
import dev.postern.policy.SuggestionTrial;
import dev.postern.policy.Suggestions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the cases of the past for the page of the policy, in the background: one look at a time
 * in this process, and nothing is kept but the last of each kind. Safe for many threads.
 */
final class PolicyStudy {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyStudy.class);
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final int DAYS = 90;
  private static final int LATELY = 30;

  private final PolicyParts parts;
  private final InstantSource clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("policy-study").factory());
  private Optional<Survey> survey = Optional.empty();
  private Optional<Trial> trial = Optional.empty();

  /**
   * What the policy in force does.
   *
   * @param version of the policy
   * @param at when it was begun
   */
  record Survey(String version, Instant at, Look<Surveyed> look) {}

  /**
   * What came of it.
   *
   * @param rules how often each rule settled a case
   * @param shadows what those in shadow would have done
   * @param suggestions rules that are proposed
   */
  record Surveyed(
      List<PolicyScreen.Used> rules,
      List<ShadowReport.Line> shadows,
      List<Suggestion> suggestions) {}

  /**
   * A policy that somebody tries.
   *
   * @param person id of whoever does
   * @param draft its text
   * @param days how far it looks back
   */
  record Trial(String person, String draft, int days, Look<Replayed> look) {}

  PolicyStudy(PolicyParts parts, InstantSource clock) {
    this.parts = parts;
    this.clock = clock;
  }

  private Span span(int days) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Span(now.minus(Duration.ofDays(days)), now);
  }

  /** What the policy in force does; begins to look where that is not known of late. */
  synchronized Survey survey() {
    Policy policy = parts.inForce().get();
    Instant now = clock.instant();
    boolean usable =
        survey
            .filter(it -> it.version().equals(policy.version()))
            .filter(it -> !it.look().over() || it.at().isAfter(now.minus(FRESH)))
            .isPresent();
    if (!usable) {
      Survey fresh = new Survey(policy.version(), now, new Look<>());
      survey = Optional.of(fresh);
      thread.execute(() -> told(() -> fresh.look().run(look -> surveyed(policy, look))));
    }
    return survey.orElseThrow();
  }

  private Surveyed surveyed(Policy policy, Look<Surveyed> look) {
    Span when = span(DAYS);
    RuleUse use = new RuleUse(when.until().minus(Duration.ofDays(LATELY)));
    ShadowReport shadows = new ShadowReport(policy, parts.shadows().seen());
    List<Precedents.Taker> takers = new ArrayList<>(List.of(use, shadows));
    Optional<Suggestions> first =
        parts.text().get().map(it -> new Suggestions(it, Suggestion.Terms.USUAL, when.until()));
    first.ifPresent(takers::add);
    pass(when, look, new Together(takers));
    List<Suggestion> suggestions = List.of();
    if (first.isPresent()) {
      SuggestionTrial second = first.get().trial();
      pass(when, look, second);
      suggestions = second.done();
    }
    return new Surveyed(use.of(policy.rules()), shadows.lines(), suggestions);
  }

  private void pass(Span when, Look<?> look, Precedents.Taker taker) {
    look.begin(parts.precedents().count(when));
    parts.precedents().each(when, look.watching(taker));
  }

  /**
   * Tries a policy on the past.
   *
   * @return false where another one is being tried
   */
  synchronized boolean begin(String person, String draft, Policy policy, int days) {
    if (trial.filter(it -> !it.look().over()).isPresent()) {
      return false;
    }
    Trial fresh = new Trial(person, draft, days, new Look<>());
    trial = Optional.of(fresh);
    Policy inForce = parts.inForce().get();
    thread.execute(
        () ->
            told(
                () ->
                    fresh
                        .look()
                        .run(
                            look -> {
                              Replay replay = new Replay(Optional.of(inForce), policy);
                              pass(span(days), look, replay);
                              return replay.done();
                            })));
    return true;
  }

  private static void told(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException broken) {
      LOG.error("the cases of the past could not be read", broken);
    }
  }

  /** What is tried, or was tried last. */
  synchronized Optional<Trial> trial() {
    return trial;
  }

  /** Gives up what is tried, and forgets it. */
  synchronized void drop() {
    trial.ifPresent(it -> it.look().giveUp());
    trial = trial.filter(it -> !it.look().over());
  }

  private record Together(List<Precedents.Taker> all) implements Precedents.Taker {
    @Override
    public void take(Precedent it) {
      all.forEach(taker -> taker.take(it));
    }

    @Override
    public void unreadable(String id, String why) {
      all.forEach(taker -> taker.unreadable(id, why));
    }
  }
}
