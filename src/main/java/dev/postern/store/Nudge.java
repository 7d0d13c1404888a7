package dev.postern.store;

/** Lets a commit wake the queue of this process at once instead of at its next poll. */
final class Nudge {
  private volatile Runnable wake = () -> {};

  void wakes(Runnable queue) {
    wake = queue;
  }

  void now() {
    wake.run();
  }
}
