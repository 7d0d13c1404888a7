package dev.postern.approval;

import java.util.function.BooleanSupplier;

/**
 * The order to tell a mail system something, once. It passes to another process when this one is
 * taken for dead; one that only slept would do the same thing a second time. So whoever carries it
 * out asks, right before the step that cannot be taken back, whether it still stands.
 *
 * @param attempt number of the call; grows with each
 * @param standing asks the rows
 */
public record Mandate(int attempt, BooleanSupplier standing) {

  /** Whether this process is still the one to do it. False also when that cannot be found out. */
  public boolean stands() {
    try {
      return standing.getAsBoolean();
    } catch (RuntimeException storeIsAway) {
      return false; // then nobody could record the proof either
    }
  }

  /** Nobody else can take over: a client waits for the answer on this very connection. */
  public static Mandate ofThisConnection() {
    return new Mandate(1, () -> true);
  }
}
