package dev.postern.approval;

/** A mail system that has again what it had lost, for tests of other rooms. */
public final class BackAgain {
  private BackAgain() {}

  /** Tells the desk so. */
  public static void of(Desk desk, CaseId id) {
    desk.back(id);
  }
}
