package dev.postern.evidence;

import dev.postern.mail.HeaderFields;
import java.util.List;

/** Whether a message carries ARC fields (RFC 8617 §4.1). */
final class ArcFields {
  private static final List<String> NAMES =
      List.of("ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results");

  private ArcFields() {}

  /** None, with a reason where there is a chain that nobody validates yet. */
  static ArcFinding finding(HeaderFields header) {
    boolean any = NAMES.stream().anyMatch(name -> !header.named(name).isEmpty());
    return new ArcFinding(ArcResult.NONE, List.of(), any ? "ARC is not evaluated yet" : "");
  }
}
