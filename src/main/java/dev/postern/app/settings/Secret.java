package dev.postern.app.settings;

/**
 * A value that appears in no log, error, card or row.
 *
 * @param text the secret itself, for the one place that needs it
 */
public record Secret(String text) {
  @Override
  public String toString() {
    return "(secret)";
  }
}
