package dev.postern.card;

import dev.postern.approval.CardPlace;
import dev.postern.approval.Click;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One chat platform that shows cards. Called by {@link CardKeeper} from many threads. */
public interface Surface {

  /** The name of the surface as card rows carry it, for example {@code slack}. */
  String name();

  /**
   * Asks for leave to call the platform, where it takes only so many calls in a time. Leave is good
   * for one call at once.
   *
   * @return how long to wait before asking again; empty for whoever may call now
   */
  default Optional<Duration> book(Errand errand) {
    return Optional.empty();
  }

  /**
   * Looks for a card whose post may have succeeded though its answer was lost.
   *
   * @param since the card cannot be older
   * @return the platform's own id of it; empty when it is not there, or when the platform does not
   *     let us look
   * @throws SurfaceTrouble when the platform did not answer
   */
  Optional<String> find(String cardId, CardPlace place, Instant since) throws SurfaceTrouble;

  /**
   * Posts a new card and returns the platform's own id of it. Marks it with {@code cardId}, by
   * which {@link #find} knows it.
   *
   * @throws SurfaceTrouble when the platform did not take it
   */
  String post(String cardId, CardPlace place, CardView card) throws SurfaceTrouble;

  /**
   * Brings a posted card to a new revision.
   *
   * @param externalId what {@link #post} returned
   * @throws SurfaceTrouble when the platform did not take it
   */
  void update(String externalId, CardPlace place, CardView card) throws SurfaceTrouble;

  /**
   * Removes a card that stands there a second time.
   *
   * @param externalId what {@link #post} returned
   * @throws SurfaceTrouble when the platform did not do it
   */
  void remove(String externalId) throws SurfaceTrouble;

  /**
   * Says something below a posted card, to all who see it. Never repeated.
   *
   * @param externalId what {@link #post} returned
   * @throws SurfaceTrouble when the platform did not take it
   */
  void remind(String externalId, Notice notice) throws SurfaceTrouble;

  /**
   * The platform's own link to a posted card; empty where it has none, or does not tell. Best
   * effort: a card is true without it.
   *
   * @param externalId what {@link #post} returned
   */
  default Optional<URI> link(String externalId) {
    return Optional.empty();
  }

  /**
   * Lets nothing pass into a place where others than ours read along.
   *
   * @throws SurfaceTrouble when it is one, or when the platform does not say
   */
  default void mayTell(CardPlace place) throws SurfaceTrouble {}

  /** Whether {@link #find} can know what was posted into a place. */
  default boolean finds(CardPlace place) {
    return false;
  }

  /**
   * Whether the platform is answered in the same moment as somebody clicks. {@link #tell} is then
   * for those alone who were told that the answer follows.
   */
  default boolean answersAtOnce() {
    return false;
  }

  /**
   * Answers a click privately: only the person who clicked sees it. The vote stands or falls
   * without it.
   *
   * @throws SurfaceTrouble when the platform did not take it
   */
  void tell(Click click, Notice notice) throws SurfaceTrouble;
}
