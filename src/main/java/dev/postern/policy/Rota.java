package dev.postern.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * People who are on call one after the other. Turns change at the same time of day, whatever summer
 * time does.
 *
 * @param name as approvers call it: {@code oncall:NAME}
 * @param people ids, in the order of their turns
 * @param turn how long each is on call, whole minutes
 * @param since when the first turn of the first began
 * @param zone whose clock it is
 */
public record Rota(
    String name, List<String> people, Duration turn, LocalDateTime since, ZoneId zone) {

  /** Copies the list, so that a rota never changes. */
  public Rota {
    people = List.copyOf(people);
  }

  /** Who is on call then. */
  public String at(Instant when) {
    long minutes = ChronoUnit.MINUTES.between(since, LocalDateTime.ofInstant(when, zone));
    long turns = Math.floorDiv(minutes, turn.toMinutes());
    return people.get((int) Math.floorMod(turns, (long) people.size()));
  }
}
