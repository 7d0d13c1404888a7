package dev.postern.card;

import dev.postern.approval.CardPlace;
import dev.postern.approval.Click;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A platform that fails as it is told to: before it took a card, or after. Finds a card by its id
 * again, as the port asks.
 */
final class ScriptedSurface implements Surface {
  /** How the next call fails. */
  enum Failure {
    BEFORE,
    AFTER
  }

  private final Deque<Failure> script = new ArrayDeque<>();
  private final Map<String, CardView> shown = Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<Notice> told = Collections.synchronizedList(new ArrayList<>());
  private Duration retryAfter = Duration.ofSeconds(30);
  private Runnable whileCalled = () -> {};

  ScriptedSurface fails(Failure... failures) {
    script.addAll(List.of(failures));
    return this;
  }

  ScriptedSurface asksToWait(Duration wait) {
    retryAfter = wait;
    return this;
  }

  ScriptedSurface whileCalled(Runnable meanwhile) {
    whileCalled = meanwhile;
    return this;
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public String post(String cardId, CardPlace place, CardView card) throws SurfaceTrouble {
    fail(Failure.BEFORE);
    whileCalled.run();
    shown.putIfAbsent("C0MAILOPS/" + cardId, card);
    fail(Failure.AFTER);
    return "C0MAILOPS/" + cardId;
  }

  @Override
  public void update(String externalId, CardPlace place, CardView card) throws SurfaceTrouble {
    fail(Failure.BEFORE);
    whileCalled.run();
    shown.put(externalId, card);
    fail(Failure.AFTER);
  }

  @Override
  public void remind(String externalId, Notice notice) throws SurfaceTrouble {
    fail(Failure.BEFORE);
    told.add(notice);
  }

  @Override
  public void tell(Click click, Notice notice) throws SurfaceTrouble {
    fail(Failure.BEFORE);
    told.add(notice);
  }

  private synchronized void fail(Failure when) throws SurfaceTrouble {
    if (script.peek() == when) {
      script.poll();
      throw new SurfaceTrouble("ratelimited", retryAfter);
    }
  }

  int posts() {
    return shown.size();
  }

  Optional<CardView> card() {
    return shown.values().stream().findFirst();
  }

  List<Notice> told() {
    return List.copyOf(told);
  }
}
