package dev.postern.slack;

import dev.postern.card.SurfaceTrouble;
import java.util.Set;

/** Slack refused something, and has a word for why. */
final class SlackRefusal extends SurfaceTrouble {
  private static final long serialVersionUID = 1;

  /** What says something of the account that was asked about, and nothing of our app. */
  private static final Set<String> NO_SUCH_ACCOUNT =
      Set.of("user_not_found", "users_not_found", "user_not_visible");

  private final String word;

  /**
   * @param word an error of Slack, as its documentation names it
   */
  SlackRefusal(Kind kind, String sentence, String word) {
    super(kind, sentence);
    this.word = word;
  }

  /** Slack's own word. */
  String word() {
    return word;
  }

  /** Whether Slack knows nobody by what it was asked for. */
  boolean knowsNobody() {
    return NO_SUCH_ACCOUNT.contains(word);
  }
}
