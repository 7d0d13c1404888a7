package dev.postern.card;

import dev.postern.approval.CardPlace;
import dev.postern.approval.Click;
import dev.postern.card.SurfaceTrouble.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A platform in a storm, by a seed: too many requests, errors and time-outs where the request was
 * carried out, or was not, or will be later, and processes that die in the middle of a call.
 */
final class StormySurface implements Surface {
  /** What a process that dies throws. */
  static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Runs something later in the time of the storm. */
  interface Timer {
    void in(Duration wait, Runnable what);
  }

  /** A message, with the time at which it was drawn. */
  record Message(String cardId, CardView view, Instant drawn) {}

  private final Random random;
  private final Timer timer;
  private final Supplier<Instant> clock;
  private final BooleanSupplier storm;
  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private Instant quietUntil = Instant.MIN;
  private int early;
  private int count;

  StormySurface(Random random, Timer timer, Supplier<Instant> clock, BooleanSupplier storm) {
    this.random = random;
    this.timer = timer;
    this.clock = clock;
    this.storm = storm;
  }

  /** Calls for each card. */
  Map<String, Integer> calls() {
    return calls;
  }

  /** Calls that came before the time that the platform had asked for. */
  int early() {
    return early;
  }

  List<Message> of(String cardId) {
    return messages.values().stream().filter(m -> m.cardId().equals(cardId)).toList();
  }

  /** Somebody removes a message. */
  void wipe(String cardId) {
    messages.values().removeIf(m -> m.cardId().equals(cardId));
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public Optional<String> find(String cardId, CardPlace place, Instant since)
      throws SurfaceTrouble {
    weather(cardId, () -> {}, false);
    return messages.entrySet().stream()
        .filter(m -> m.getValue().cardId().equals(cardId))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @Override
  public String post(String cardId, CardPlace place, CardView card) throws SurfaceTrouble {
    String id = place.channel() + "/" + ++count;
    Instant drawn = clock.get();
    weather(cardId, () -> messages.put(id, new Message(cardId, card, drawn)), true);
    return id;
  }

  @Override
  public void update(String externalId, CardPlace place, CardView card) throws SurfaceTrouble {
    Message old = messages.get(externalId);
    if (old == null) {
      throw new SurfaceTrouble(Kind.GONE, "message_not_found");
    }
    Instant drawn = clock.get();
    weather(
        old.cardId(),
        () -> messages.computeIfPresent(externalId, (_, m) -> new Message(m.cardId(), card, drawn)),
        true);
  }

  @Override
  public void remove(String externalId) throws SurfaceTrouble {
    messages.remove(externalId);
  }

  /** Carries the request out, or not, and answers, or not. */
  private void weather(String cardId, Runnable request, boolean writes) throws SurfaceTrouble {
    calls.merge(cardId, 1, Integer::sum);
    early += clock.get().isBefore(quietUntil) ? 1 : 0;
    int what = storm.getAsBoolean() ? random.nextInt(16) : 15;
    switch (what) {
      case 0, 1, 2, 3 -> {
        Duration wait = Duration.ofSeconds(1 + random.nextInt(60));
        quietUntil = clock.get().plus(wait);
        throw new SurfaceTrouble(Kind.AWAY, "too many requests", wait);
      }
      case 4, 5 -> throw new SurfaceTrouble(Kind.AWAY, "connection refused");
      case 6, 7 -> throw new SurfaceTrouble(Kind.UNSURE, "HTTP 500, not carried out");
      case 8, 9 -> {
        request.run();
        throw new SurfaceTrouble(Kind.UNSURE, "time-out, carried out");
      }
      case 10, 11 -> {
        if (writes) {
          timer.in(Duration.ofSeconds(1 + random.nextInt(18)), request);
        }
        throw new SurfaceTrouble(Kind.UNSURE, "time-out, carried out later");
      }
      case 12 -> throw new Died();
      case 13 -> {
        request.run();
        throw new Died();
      }
      default -> request.run();
    }
  }

  @Override
  public void remind(String externalId, Notice notice) {}

  @Override
  public void tell(Click click, Notice notice) {}

  /** What stands there, for the words of a failure. */
  @Override
  public String toString() {
    return new ArrayList<>(messages.entrySet()).toString();
  }
}
