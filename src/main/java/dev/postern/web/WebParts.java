package dev.postern.web;

import dev.postern.approval.Answer;
import dev.postern.approval.Ballot;
import dev.postern.approval.Brake;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseId;
import dev.postern.approval.Click;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.approval.Refusal;
import dev.postern.card.CardWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What the console and the API are made of.
 *
 * @param clicks judges a click: the desk
 * @param ballots what a person needs to vote on a case now: the desk
 * @param apart takes a case out of those that are decided together: {@code Campaigning}
 * @param caseOfToken the case that a sealed token is bound to; empty for what is no token of ours
 * @param cases reading cases
 * @param people who people are
 * @param cards the wording of a case
 * @param mailbox what the built-in next hop was given; empty when there is none
 * @param tokens the person of an access token; must compare in constant time, see {@link
 *     AccessTokens}
 * @param links one-time sign-in links
 * @param sessions signed sign-in cookies
 * @param brake whether releasing by rule is frozen
 * @param publicUrl where people reach this Postern
 * @param clock the time
 */
public record WebParts(
    Function<Click, Answer> clicks,
    BiFunction<CaseId, Person, Optional<Ballot>> ballots,
    BiFunction<CaseId, Identity, Answer> apart,
    Function<String, Optional<CaseId>> caseOfToken,
    CaseBook cases,
    Directory people,
    CardWriter cards,
    Optional<Mailbox> mailbox,
    Function<String, Optional<Person>> tokens,
    SignInLinks links,
    Sessions sessions,
    Brake brake,
    URI publicUrl,
    InstantSource clock) {

  /**
   * Judges a click that was made on one case's page or address. A token says by itself which case
   * it is for, so that one of another case would otherwise decide that other case.
   */
  Answer judge(CaseId clickedOn, Click click) {
    boolean elsewhere =
        caseOfToken.apply(click.token()).filter(c -> !c.equals(clickedOn)).isPresent();
    return elsewhere ? new Answer.Refused(Refusal.WRONG_PLACE, "") : clicks.apply(click);
  }
}
