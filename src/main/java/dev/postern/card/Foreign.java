package dev.postern.card;

/**
 * Text from a message, DNS, a remote server or a keyboard, after cleaning. Only {@link Cleaner}
 * makes one, so an uncleaned value cannot reach a surface.
 */
public final class Foreign implements Run {
  private final String text;
  private final int hidden;
  private final int symbols;
  private final int cutFrom;

  Foreign(String text, int hidden, int symbols, int cutFrom) {
    this.text = text;
    this.hidden = hidden;
    this.symbols = symbols;
    this.cutFrom = cutFrom;
  }

  /** What is shown, always in code style. Empty when nothing visible was left. */
  public String text() {
    return text;
  }

  /** How many hidden characters were removed. */
  public int hidden() {
    return hidden;
  }

  /** How many symbols are shown as □. */
  public int symbols() {
    return symbols;
  }

  /** Length before it was cut, in characters; 0 when it was not. */
  public int cutFrom() {
    return cutFrom;
  }

  /**
   * The same without its middle where it is longer: what stands at the end of an address, a host or
   * a file name must stay in sight.
   *
   * @param most code points, at least 8
   */
  public Foreign shortened(int most) {
    int length = text.codePointCount(0, text.length());
    if (length <= most) {
      return this;
    }
    int tail = most * 2 / 3;
    String head = text.substring(0, text.offsetByCodePoints(0, most - tail - 1));
    String end = text.substring(text.offsetByCodePoints(text.length(), -tail));
    return new Foreign(head + "…" + end, hidden, symbols, cutFrom == 0 ? length : cutFrom);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Foreign f
        && text.equals(f.text)
        && hidden == f.hidden
        && symbols == f.symbols
        && cutFrom == f.cutFrom;
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
