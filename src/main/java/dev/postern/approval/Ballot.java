package dev.postern.approval;

import java.util.List;

/**
 * What one person needs to vote now.
 *
 * @param token what a click must carry
 * @param choices {@code release}, {@code discard}; {@code withdraw} with a vote that stands, {@code
 *     step-aside} where others can still decide
 * @param stage what the vote is for; may be the one of those who break the glass
 */
public record Ballot(String token, List<String> choices, Stage stage) {
  /** Copies the list, so that a ballot never changes. */
  public Ballot {
    choices = List.copyOf(choices);
  }
}
