package dev.postern.teams.door;

import java.time.Instant;

/** What the door makes of a request. */
public sealed interface Verdict {
  /**
   * Sent by Teams to this app.
   *
   * @param activity what it says
   * @param believedUntil when the token that came with it is worth nothing any more
   */
  record Genuine(Activity activity, Instant believedUntil) implements Verdict {}

  /**
   * Not believed. Nothing in it comes from the request, so that it may be answered and logged.
   *
   * @param status HTTP status
   * @param title in a few words
   * @param reason one sentence, where possible with its mend
   */
  record Refused(int status, String title, String reason) implements Verdict {
    static Refused unproven(String reason) {
      return new Refused(401, TeamsEntrance.UNPROVEN, reason);
    }

    static Refused forbidden(String reason) {
      return new Refused(403, "Not for this Postern", reason);
    }

    static Refused broken(String reason) {
      return new Refused(400, "Not an activity", reason);
    }
  }
}
