package dev.postern.approval;

/**
 * Somebody who can be asked about a message as its recipient. Known by an address; has no vote by
 * that.
 *
 * @param id the person of the settings, or the account where only its workspace knows it
 * @param name as shown; foreign on cards
 * @param place where that one alone sees a question
 */
public record Witness(String id, String name, CardPlace place) {

  /** An account that the settings name no person for. */
  public static Witness unnamed(CardPlace place) {
    return new Witness(place.surface() + ":" + place.channel(), place.channel(), place);
  }
}
