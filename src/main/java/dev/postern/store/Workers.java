package dev.postern.store;

import dev.postern.approval.Answer;
import dev.postern.approval.Campaigning;
import dev.postern.approval.CaseId;
import dev.postern.approval.Click;
import dev.postern.approval.Desk;
import dev.postern.approval.Doorkeeper;
import dev.postern.approval.Effects;
import dev.postern.approval.LaterOnes;
import dev.postern.approval.Petitions;
import dev.postern.approval.Work;
import dev.postern.card.CardKeeper;
import dev.postern.card.Teller;
import dev.postern.policy.GrantId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Who does which work. A worker gets the key of a row, makes the world agree with that row, and
 * says when to come back; empty when it is done.
 *
 * @param byKind one worker for every kind
 */
public record Workers(Map<Work, Worker> byKind) {

  /** Does one kind of work; must be safe to repeat. */
  public interface Worker {
    /** Does what the row of that key asks for. */
    Optional<Duration> run(String key);
  }

  /** Those who do the work of a Postern: what a key says is known here and where it is written. */
  public static Workers of(
      Doorkeeper clicks,
      Desk desk,
      Campaigning campaigns,
      Effects effects,
      Petitions petitions,
      LaterOnes later,
      CardKeeper keeper,
      Teller teller) {
    Map<Work, Worker> workers = new EnumMap<>(Work.class);
    workers.put(
        Work.EXAMINE,
        key -> {
          desk.examine(new CaseId(key));
          return Optional.empty();
        });
    workers.put(
        Work.RECHECK,
        key -> {
          desk.recheck(new CaseId(ofWhat(key)), number(key));
          return Optional.empty();
        });
    workers.put(Work.CLICK, key -> judge(clicks, key, teller::tell));
    workers.put(Work.ANSWER, key -> judge(clicks, key, teller::tellOwed));
    workers.put(Work.EFFECT, key -> effects.carryOut(Long.parseLong(key)));
    workers.put(Work.CARD, key -> keeper.bring(ofWhat(key), number(key)));
    workers.put(Work.STAGE, key -> desk.timeUp(Long.parseLong(key)));
    workers.put(
        Work.ELSEWHERE,
        key -> {
          desk.askElsewhere(Long.parseLong(ofWhat(key)));
          return Optional.empty();
        });
    workers.put(Work.GATHER, key -> campaigns.gather(Long.parseLong(ofWhat(key)), number(key)));
    workers.put(
        Work.MEMBER,
        key -> {
          campaigns.follow(new CaseId(ofWhat(key)), number(key));
          return Optional.empty();
        });
    workers.put(
        Work.LATER,
        key -> {
          later.settle(Long.parseLong(key));
          return Optional.empty();
        });
    workers.put(Work.GRANT, key -> petitions.look(new GrantId(ofWhat(key))));
    workers.put(Work.REMIND, key -> remind(desk, teller, key));
    return new Workers(workers);
  }

  /** Judges a click that was only taken down; surfaces that wait for an answer have theirs. */
  private static Optional<Duration> judge(Doorkeeper clicks, String key, Telling telling) {
    int space = key.indexOf(' ');
    return clicks
        .judge(key.substring(0, space), key.substring(space + 1))
        .flatMap(
            result ->
                switch (result) {
                  case Doorkeeper.Waits waits -> Optional.of(waits.left());
                  case Doorkeeper.Judged judged -> telling.tell(judged.click(), judged.answer());
                });
  }

  /** Says what became of a click. */
  private interface Telling {
    Optional<Duration> tell(Click click, Answer answer);
  }

  /** Noted once all who could be reminded are, which a platform that is away may hold up. */
  private static Optional<Duration> remind(Desk desk, Teller teller, String key) {
    long stage = Long.parseLong(ofWhat(key));
    Optional<Duration> again = desk.unanswered(stage).flatMap(id -> teller.remind(id, key));
    if (again.isEmpty()) {
      desk.remind(stage);
    }
    return again;
  }

  private static String ofWhat(String key) {
    return key.substring(0, key.indexOf('#'));
  }

  private static int number(String key) {
    return Integer.parseInt(key.substring(key.indexOf('#') + 1));
  }

  /** The same workers, each within something. */
  Workers within(UnaryOperator<Worker> wrap) {
    Map<Work, Worker> wrapped = new EnumMap<>(Work.class);
    byKind.forEach((kind, worker) -> wrapped.put(kind, wrap.apply(worker)));
    return new Workers(wrapped);
  }

  /** Checks that no kind was forgotten. */
  public Workers {
    byKind = Map.copyOf(byKind);
    for (Work kind : Work.values()) {
      if (!byKind.containsKey(kind)) {
        throw new IllegalArgumentException("nobody does " + kind);
      }
    }
  }
}
