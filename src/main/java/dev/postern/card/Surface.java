package dev.postern.card;

import dev.postern.approval.CardPlace;
import dev.postern.approval.Click;

/** One chat platform that shows cards. Called by {@link CardKeeper} from many threads. */
public interface Surface {

  /** The name of the surface as card rows carry it, for example {@code slack}. */
  String name();

  /**
   * Posts a new card and returns the platform's own id of it. Idempotent on {@code cardId}: a card
   * whose post succeeded but whose answer was lost is found, not posted again.
   *
   * @throws SurfaceTrouble when the platform did not take it; says when to try again
   */
  String post(String cardId, CardPlace place, CardView card) throws SurfaceTrouble;

  /**
   * Brings a posted card to a new revision.
   *
   * @param externalId what {@link #post} returned
   * @throws SurfaceTrouble when the platform did not take it; says when to try again
   */
  void update(String externalId, CardPlace place, CardView card) throws SurfaceTrouble;

  /**
   * Says something below a posted card, to all who see it. Never repeated.
   *
   * @param externalId what {@link #post} returned
   * @throws SurfaceTrouble when the platform did not take it
   */
  void remind(String externalId, Notice notice) throws SurfaceTrouble;

  /**
   * Answers a click privately: only the person who clicked sees it. Best effort, never repeated;
   * the vote stands or falls without it.
   *
   * @throws SurfaceTrouble when the platform did not take it
   */
  void tell(Click click, Notice notice) throws SurfaceTrouble;
}
