package dev.postern.web;

import dev.postern.card.Check;
import dev.postern.card.Checks;
import dev.postern.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * One result as sign and word. The word is the card's; only sign and colour are ours.
 *
 * @param label for example {@code SPF pass, not aligned}
 */
public record Chip(String label) {

  /** SPF, DKIM and DMARC; none before the message was examined. */
  static List<Chip> of(Optional<Evidence> evidence) {
    return evidence.map(Checks::of).orElse(List.of()).stream()
        .map(Check::label)
        .filter(label -> !label.startsWith("ARC "))
        .map(Chip::new)
        .toList();
  }

  /** {@code ok}, {@code warn}, {@code bad} or empty: what the label's result word means. */
  public String tone() {
    return switch (label.substring(label.indexOf(' ') + 1)) {
      case "pass", "pass, aligned" -> "ok";
      case "fail" -> "bad";
      case "none", "neutral" -> "";
      default -> "warn"; // every other label of the wording table says: look
    };
  }

  /** The icon that says the same as the colour. */
  public String icon() {
    return switch (tone()) {
      case "ok" -> "i-check";
      case "bad" -> "i-x";
      case "warn" -> "i-warn";
      default -> "i-dash";
    };
  }
}
