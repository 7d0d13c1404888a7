package dev.postern.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView.Style;
import dev.postern.card.Notice;
import dev.postern.card.Probe;

/**
 * The doctor's test card. Its button carries nothing of worth: when it was pressed stands in the
 * request that Teams sends.
 */
public final class ProbeCard {
  /** What the card says, and what whoever presses it is told. */
  public static final Probe WORDS = new Probe("Teams");

  private ProbeCard() {}

  /** A message that is the card. */
  public static ObjectNode message() {
    Notice words = WORDS.card();
    ObjectNode card = AdaptiveCards.toAll(words);
    card.putArray("actions").add(Buttons.acting(Field.PROBE, Probe.PRESS, Style.PRIMARY, "probe"));
    return Attachments.message(card, words.title() + " " + words.text());
  }
}
