package dev.postern.card;

import dev.postern.approval.Answer;
import dev.postern.approval.Brake;
import dev.postern.approval.CaseId;
import dev.postern.approval.Identity;
import dev.postern.approval.Petitions;
import dev.postern.approval.Reading;
import dev.postern.approval.Refusal;
import dev.postern.evidence.posture.Posture;
import dev.postern.mail.DomainName;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What looking up takes.
 *
 * @param reading who may read which case
 * @param posture what a domain publishes about its mail; asks DNS, within its own time
 * @param brake stops releasing by rule
 * @param petitions asks for exceptions from the rules
 * @param health what each part of Postern says of itself: ok, or in words
 * @param earned rules that are proposed
 * @param apart takes a message out of those that are decided together: {@code Campaigning}
 */
public record LookupParts(
    Reading reading,
    Function<DomainName, Posture> posture,
    Brake brake,
    Petitions petitions,
    Supplier<Map<String, String>> health,
    EarnedRules earned,
    BiFunction<CaseId, Identity, Answer> apart) {

  /** Where no rule is ever proposed, and no messages are decided together. */
  public LookupParts(
      Reading reading,
      Function<DomainName, Posture> posture,
      Brake brake,
      Petitions petitions,
      Supplier<Map<String, String>> health) {
    this(
        reading,
        posture,
        brake,
        petitions,
        health,
        EarnedRules.NONE,
        (member, _) -> new Answer.Refused(Refusal.NOT_TOGETHER, "", Optional.of(member)));
  }
}
