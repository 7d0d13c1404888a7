package dev.postern.card.pace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether calls keep below a platform's rates: {@code on}, {@code off}, or {@code 1/3} where three
 * replicas share them, who do not know of each other's calls.
 *
 * @param replicas how many share the rates; 0 for calls as fast as they come
 */
public record Pacing(int replicas) {
  /** One replica, with the rates to itself. */
  public static final Pacing ON = new Pacing(1);

  /** For an emulator, or where other rates hold. */
  public static final Pacing OFF = new Pacing(0);

  private static final Pattern SHARE = Pattern.compile("1/([1-9]|[1-4][0-9]|50)");

  /** Reads a setting; empty when it is none. */
  public static Optional<Pacing> parse(String text) {
    Matcher share = SHARE.matcher(text);
    if (share.matches()) {
      return Optional.of(new Pacing(Integer.parseInt(share.group(1))));
    }
    return switch (text) {
      case "on" -> Optional.of(ON);
      case "off" -> Optional.of(OFF);
      default -> Optional.empty();
    };
  }

  boolean off() {
    return replicas == 0;
  }
}
