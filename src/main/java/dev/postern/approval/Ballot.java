package dev.postern.approval;

import java.util.List;

/**
 * What one person needs to vote now.
 *
 * @param token what a click must carry
 * @param choices {@code release}, {@code discard}; {@code withdraw} with a vote that stands, {@code
 *     step-aside} where others can still decide, {@code hand-over} where there are substitutes
 * @param stage what the vote is for; may be the one of those who break the glass
 * @param substitutes whom this person may hand it over to
 */
public record Ballot(String token, List<String> choices, Stage stage, List<Person> substitutes) {
  /** Copies its lists, so that a ballot never changes. */
  public Ballot {
    choices = List.copyOf(choices);
    substitutes = List.copyOf(substitutes);
  }
}
