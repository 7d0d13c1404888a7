package dev.postern.store;

import dev.postern.approval.Directory;
import dev.postern.card.CardKeeper;
import dev.postern.card.CardWriter;
import dev.postern.card.Surface;
import dev.postern.card.Surfaces;
import dev.postern.card.Teller;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What draws cards and tells people in a world, wired as in the product.
 *
 * @param keeper brings cards to the truth
 * @param teller answers clicks and reminds
 * @param workers do all kinds of work
 */
public record CardRoom(CardKeeper keeper, Teller teller, Workers workers) {

  /** On these surfaces. */
  public static CardRoom in(
      World world, Directory people, List<Surface> on, RandomGenerator random) {
    Surfaces surfaces = new Surfaces(on, random);
    CardKeeper keeper =
        new CardKeeper(
            world.store().cards(),
            world.records,
            world.tokens,
            new CardWriter(people),
            surfaces,
            () -> world.now,
            random);
    Teller teller =
        new Teller(
            world.records,
            world.store().cards(),
            new CardWriter(people),
            surfaces,
            () -> world.now);
    return new CardRoom(
        keeper,
        teller,
        Workers.of(
            world.clicks,
            world.desk,
            world.campaigns,
            world.effects,
            world.petitions,
            world.later,
            keeper,
            teller));
  }
}
