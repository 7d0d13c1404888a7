package dev.postern.approval;

import java.util.List;

/**
 * What one person needs to vote now.
 *
 * @param token what a click must carry
 * @param choices {@code release}, {@code discard}
 */
public record Ballot(String token, List<String> choices) {
  /** Copies the list, so that a ballot never changes. */
  public Ballot {
    choices = List.copyOf(choices);
  }
}
