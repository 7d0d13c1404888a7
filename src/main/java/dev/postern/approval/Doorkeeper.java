package dev.postern.approval;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has clicks judged that were only taken down, each once it is known who clicked. While the
 * platform does not say that, the click waits; for a bounded time, then it is refused: an account
 * that nobody vouches for never counts.
 */
public final class Doorkeeper {
  private static final Logger log = LoggerFactory.getLogger(Doorkeeper.class);

  private final Records records;
  private final Desk desk;
  private final InstantSource clock;
  private final Patience patience;

  /**
   * Takes its parts.
   *
   * @param random spreads what is tried again
   */
  public Doorkeeper(Records records, Desk desk, InstantSource clock, RandomGenerator random) {
    this.records = records;
    this.desk = desk;
    this.clock = clock;
    this.patience = new Patience(random);
  }

  /** What became of a click. */
  public sealed interface Result {}

  /**
   * It was judged.
   *
   * @param click the click
   * @param answer what to tell the person
   */
  public record Judged(Click click, Answer answer) implements Result {}

  /**
   * It waits.
   *
   * @param left how long until the next try
   */
  public record Waits(Duration left) implements Result {}

  /** Judges the click of an inbox row; empty where there is none. */
  public Optional<Result> judge(String surface, String eventId) {
    return records.kept(surface, eventId).map(this::judge);
  }

  private Result judge(Click click) {
    Optional<Duration> untold = desk.identify(click);
    if (untold.isEmpty()) {
      return new Judged(click, desk.settle(click));
    }
    Instant now = clock.instant();
    Instant came = records.came(click.surface(), click.eventId()).orElse(now);
    Optional<Duration> wait = patience.more(came, now, untold.get());
    if (wait.isPresent()) {
      return new Waits(wait.get());
    }
    log.warn("click.unconfirmed surface={}", click.surface());
    return new Judged(click, turnAway(click));
  }

  private Answer turnAway(Click click) {
    Optional<TokenId> token = TokenId.kept(click.token());
    Optional<CaseId> id =
        token
            .flatMap(records::token)
            .map(TokenRow::caseId)
            .or(() -> token.flatMap(records::caseOfQuestion));
    return id.isPresent() ? refuse(id.get(), click) : desk.settle(click);
  }

  private Answer refuse(CaseId id, Click click) {
    return records.change(
        id,
        (tx, it) ->
            tx.answered(click)
                .orElseGet(
                    () -> {
                      Answer answer =
                          new Answer.Refused(Refusal.UNCONFIRMED, "", Optional.of(it.id()));
                      tx.log("stranger", "click.refused", Facts.of(Refusal.UNCONFIRMED, click));
                      tx.answer(click, answer);
                      return answer;
                    }));
  }
}
