package dev.postern.slack;

import dev.postern.approval.CaseId;
import java.util.Optional;

/**
 * What a form remembers of the button that opened it. It travels in {@code private_metadata}, which
 * Slack keeps and returns in signed requests only.
 *
 * @param token what the button carried
 * @param channel where it was pressed; empty in private places
 * @param caseId the case, to draw and check the form; the token alone decides what a click is for
 */
record Memo(String token, String channel, CaseId caseId) {

  /** As it travels. */
  String text() {
    return token + " " + caseId + " " + channel;
  }

  /** What came back; empty when it is none of ours. */
  static Optional<Memo> parse(String text) {
    String[] parts = text.split(" ", -1);
    return parts.length == 3
        ? CaseId.parse(parts[1]).map(id -> new Memo(parts[0], parts[2], id))
        : Optional.empty();
  }
}
