package dev.postern.card;

import dev.postern.approval.CardRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Rows as the store keeps them, for the keeper's own tests. */
final class MemoryCardRows implements CardRows {
  private final Map<String, CardRow> rows = new ConcurrentHashMap<>();
  private final List<String> missed = new ArrayList<>();

  void put(CardRow row) {
    rows.put(row.id(), row);
  }

  /** The case changed: the card is to show a newer revision. */
  void desire(String cardId, int revision) {
    change(
        cardId,
        r ->
            new CardRow(
                r.id(), r.caseId(), r.place(), r.externalId(), r.token(), revision, r.applied()));
  }

  List<String> missed() {
    return List.copyOf(missed);
  }

  @Override
  public Optional<CardRow> find(String cardId) {
    return Optional.ofNullable(rows.get(cardId));
  }

  @Override
  public void posted(String cardId, String externalId) {
    change(
        cardId,
        r ->
            new CardRow(
                r.id(),
                r.caseId(),
                r.place(),
                Optional.of(r.externalId().orElse(externalId)),
                r.token(),
                r.desired(),
                r.applied()));
  }

  @Override
  public void applied(String cardId, int revision) {
    change(
        cardId,
        r ->
            new CardRow(
                r.id(),
                r.caseId(),
                r.place(),
                r.externalId(),
                r.token(),
                r.desired(),
                Math.max(r.applied(), revision)));
  }

  @Override
  public void missed(String cardId, String why) {
    missed.add(why);
  }

  private void change(String cardId, UnaryOperator<CardRow> change) {
    rows.computeIfPresent(cardId, (_, row) -> change.apply(row));
  }
}
