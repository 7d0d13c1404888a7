package dev.postern.teams.card;

import java.util.List;
import java.util.regex.Pattern;

/**
 * For whom Teams fetches a view of their own when they look at a card.
 *
 * @param userIds their Teams ids ({@code 29:…}), at most {@value #MOST}; in a place of more people
 *     all others see the card as it was sent, until they ask for their own view
 * @param token what the request for it carries
 */
public record Viewers(List<String> userIds, String token) {
  /** As many as Teams takes ("Work with Universal Actions for Adaptive Cards"). */
  public static final int MOST = 60;

  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e&&[^{}$]]{1,200}");

  /** Keeps what can be an id, each once. */
  public Viewers {
    userIds =
        userIds.stream().filter(id -> ID.matcher(id).matches()).distinct().limit(MOST).toList();
  }

  /** All see the same. */
  public static Viewers all() {
    return new Viewers(List.of(), "");
  }
}
