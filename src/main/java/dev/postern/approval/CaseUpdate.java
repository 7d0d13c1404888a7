package dev.postern.approval;

import dev.postern.policy.Ruling;
import java.util.Optional;

/**
 * What changes in a case's row. Absent parts stay as they are.
 *
 * @param state the new state
 * @param ruling what the policy said
 * @param decision what is to become of the message
 * @param outcome what the mail system proved
 * @param trouble why an effect failed or is late; the empty text when there is none any more
 * @param caution what whoever decides must know as long as the message is held
 */
public record CaseUpdate(
    CaseState state,
    Optional<Ruling> ruling,
    Optional<Decision> decision,
    Optional<Outcome> outcome,
    String trouble,
    Optional<String> caution) {

  static CaseUpdate to(CaseState state) {
    return new CaseUpdate(
        state, Optional.empty(), Optional.empty(), Optional.empty(), "", Optional.empty());
  }

  CaseUpdate ruling(Ruling is) {
    return new CaseUpdate(state, Optional.of(is), decision, outcome, trouble, caution);
  }

  CaseUpdate decision(Decision is) {
    return new CaseUpdate(state, ruling, Optional.of(is), outcome, trouble, caution);
  }

  CaseUpdate outcome(Outcome is) {
    return new CaseUpdate(state, ruling, decision, Optional.of(is), trouble, caution);
  }

  CaseUpdate trouble(String words) {
    return new CaseUpdate(state, ruling, decision, outcome, words, caution);
  }

  CaseUpdate caution(String words) {
    return new CaseUpdate(state, ruling, decision, outcome, trouble, Optional.of(words));
  }
}
