package dev.postern.card;

import dev.postern.approval.CardRow;
import java.util.Optional;

/**
 * The rows that say what each card should show and what it shows. Each method is one short
 * transaction; called from many threads and replicas.
 */
public interface CardRows {

  /** The card of that id. */
  Optional<CardRow> find(String cardId);

  /**
   * The platform has the card. Written before its revision counts as shown, so that a restart in
   * between updates the card and does not post another.
   */
  void posted(String cardId, String externalId);

  /** People see this revision. An older revision than the one recorded changes nothing. */
  void applied(String cardId, int revision);

  /**
   * A try to show the newest revision failed; kept for operators.
   *
   * @param why the platform's words, made safe
   */
  void missed(String cardId, String why);
}
