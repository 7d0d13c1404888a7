package dev.postern.app;

/** The program. */
public final class Postern {
  private Postern() {}

  /** Starts a command. */
  public static void main(String[] args) {
    System.out.println("postern");
  }
}
