package dev.postern.card;

import dev.postern.approval.CardPlace;
import dev.postern.approval.Click;
import dev.postern.card.SurfaceTrouble.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A platform that fails as it is told to: before it did what it was asked, or after. */
final class ScriptedSurface implements Surface {
  /** How the next call fails. */
  enum Failure {
    BEFORE,
    AFTER,
    /** Nobody may post there. */
    CLOSED,
    /** This card is not taken. */
    UNFIT
  }

  /** A message of the platform. */
  private record Message(String cardId, CardView view) {}

  private final Deque<Failure> script = new ArrayDeque<>();
  private final Map<String, Message> messages = Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<Notice> told = Collections.synchronizedList(new ArrayList<>());
  private Duration retryAfter = Duration.ofSeconds(30);
  private Runnable whileCalled = () -> {};
  private final Deque<Optional<Duration>> waits = new ArrayDeque<>();
  private final List<Errand> errands = new ArrayList<>();
  private boolean atOnce;
  private int posts;
  private int calls;

  ScriptedSurface fails(Failure... failures) {
    script.addAll(List.of(failures));
    return this;
  }

  ScriptedSurface asksToWait(Duration wait) {
    retryAfter = wait;
    return this;
  }

  ScriptedSurface answersAtOnce(boolean now) {
    atOnce = now;
    return this;
  }

  @Override
  public boolean answersAtOnce() {
    return atOnce;
  }

  ScriptedSurface whileCalled(Runnable meanwhile) {
    whileCalled = meanwhile;
    return this;
  }

  @Override
  public String name() {
    return "slack";
  }

  /** Leave is given after these waits only. */
  ScriptedSurface keepsWaiting(Duration... told) {
    List.of(told).forEach(wait -> waits.add(Optional.of(wait)));
    return this;
  }

  /** Leave is given once. */
  ScriptedSurface leave() {
    waits.add(Optional.empty());
    return this;
  }

  /** What leave was asked for. */
  List<Errand> errands() {
    return errands;
  }

  @Override
  public Optional<Duration> book(Errand errand) {
    errands.add(errand);
    return Optional.ofNullable(waits.poll()).flatMap(wait -> wait);
  }

  @Override
  public Optional<String> find(String cardId, CardPlace place, Instant since)
      throws SurfaceTrouble {
    fail(Failure.BEFORE);
    return messages.entrySet().stream()
        .filter(m -> m.getValue().cardId().equals(cardId))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @Override
  public String post(String cardId, CardPlace place, CardView card) throws SurfaceTrouble {
    fail(Failure.BEFORE, Failure.CLOSED, Failure.UNFIT);
    whileCalled.run();
    String id = place.channel() + "/" + ++posts;
    messages.put(id, new Message(cardId, card));
    fail(Failure.AFTER);
    return id;
  }

  @Override
  public void update(String externalId, CardPlace place, CardView card) throws SurfaceTrouble {
    fail(Failure.BEFORE, Failure.CLOSED, Failure.UNFIT);
    whileCalled.run();
    Message old = messages.get(externalId);
    if (old == null) {
      throw new SurfaceTrouble(Kind.GONE, "message_not_found");
    }
    messages.put(externalId, new Message(old.cardId(), card));
    fail(Failure.AFTER);
  }

  @Override
  public void remove(String externalId) throws SurfaceTrouble {
    fail(Failure.BEFORE);
    messages.remove(externalId);
  }

  @Override
  public void remind(String externalId, Notice notice) throws SurfaceTrouble {
    fail(Failure.BEFORE);
    told.add(notice);
    fail(Failure.AFTER);
  }

  @Override
  public void tell(Click click, Notice notice) throws SurfaceTrouble {
    fail(Failure.BEFORE, Failure.CLOSED);
    told.add(notice);
  }

  private synchronized void fail(Failure... when) throws SurfaceTrouble {
    calls++;
    Failure next = script.peek();
    if (next != null && List.of(when).contains(next)) {
      script.poll();
      throw switch (next) {
        case BEFORE -> new SurfaceTrouble(Kind.AWAY, "ratelimited", retryAfter);
        case AFTER -> new SurfaceTrouble(Kind.UNSURE, "time-out");
        case CLOSED -> new SurfaceTrouble(Kind.CLOSED, "channel_not_found: invite the app");
        case UNFIT -> new SurfaceTrouble(Kind.UNFIT, "invalid_blocks");
      };
    }
  }

  /** A request that its caller gave up is carried out after all. */
  void arrives(String externalId, CardView late) {
    messages.computeIfPresent(externalId, (_, m) -> new Message(m.cardId(), late));
  }

  /** A post that its caller gave up is carried out after all. */
  void appears(String externalId, String cardId, CardView late) {
    messages.put(externalId, new Message(cardId, late));
  }

  /** Somebody removes all messages in chat. */
  void wiped() {
    messages.clear();
  }

  /** How often a message appeared. */
  int posts() {
    return posts;
  }

  /** How often it was asked to do something, from the end of one call to the start of the next. */
  synchronized int calls() {
    return calls;
  }

  List<CardView> cards() {
    return messages.values().stream().map(Message::view).toList();
  }

  Optional<CardView> card() {
    return cards().stream().findFirst();
  }

  List<Notice> told() {
    return List.copyOf(told);
  }
}
