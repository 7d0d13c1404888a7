package dev.postern.quarantine.m365;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What Exchange Online said to a cmdlet. */
sealed interface Said {
  /** It ran; what it gave. */
  record Rows(List<JsonNode> rows) implements Said {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** There is no such message. */
  record Missing() implements Said {}

  /**
   * It was refused.
   *
   * @param words why, with what to mend where that is known; partly hostile
   */
  record Refused(String words) implements Said {}

  /**
   * The app may not do that.
   *
   * @param words what to mend
   */
  record Forbidden(String words) implements Said {}
}
