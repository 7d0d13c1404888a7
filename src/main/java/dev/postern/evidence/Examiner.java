package dev.postern.evidence;

import java.time.Instant;
import java.util.List;

/** Finds out everything about one message that the mail-authentication standards can tell. */
public final class Examiner {
  private Examiner() {}

  /**
   * Evidence about a message whose octets nobody has: nothing was evaluated, every result is none,
   * and the document names who reported the message.
   */
  public static Evidence reported(String gateway, Instant at, String fromDomain) {
    return new Evidence(
        new Origin.Reported(gateway),
        at.getEpochSecond(),
        new SpfFinding(SpfResult.NONE, SpfFinding.Identity.MAILFROM, "", "", "", "", false),
        new SpfFinding(SpfResult.NONE, SpfFinding.Identity.HELO, "", "", "", "", false),
        List.of(),
        new ArcFinding(ArcResult.NONE, List.of(), ""),
        new DmarcFinding(
            DmarcResult.NONE,
            fromDomain,
            "",
            "",
            DmarcPolicy.NONE,
            DmarcPolicy.NONE,
            false,
            "",
            "the message itself is not at hand"),
        List.of());
  }
}
