package dev.postern.app.witness;

import java.io.IOException;

/** Where a checkpoint can be put so that it outlives the store. */
interface Place {

  /**
   * Puts one signed note there; durable when it returns.
   *
   * @throws IOException when it could not be; the message is a sentence for the operator
   */
  void put(String note) throws IOException;
}
