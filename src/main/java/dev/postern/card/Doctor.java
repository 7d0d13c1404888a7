package dev.postern.card;

import java.util.List;

/**
 * Looks a chat platform over for whoever sets it up: what is wrong, why that matters, what to
 * click. Reads only, but for the test card; needs no running Postern.
 */
public interface Doctor extends AutoCloseable {

  /** Everything that was found, in the order in which to mend it. */
  List<Finding> look();

  /** Posts a card with a button that decides nothing, into the channel that cards go to. */
  Finding testCard();

  @Override
  void close();
}
