package dev.postern.slack;

import dev.postern.approval.Ballot;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseId;
import dev.postern.approval.Click;
import dev.postern.approval.Directory;
import dev.postern.approval.Person;
import dev.postern.card.CardWriter;
import dev.postern.card.LookupParts;
import dev.postern.card.Lookups;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What Slack needs of the rest of Postern, and no more.
 *
 * @param accept takes a click down ({@code Desk.accept}); false when it was taken down before
 * @param cases reads cases
 * @param ballots what a person needs to vote on a case now ({@code Desk.ballot})
 * @param directory tells people from strangers
 * @param cards words what forms and the evidence view show
 * @param accepted told of each click once it is durable; must return at once
 * @param lookups what look-ups need
 * @param shared rows that all replicas share
 * @param messageText whether the evidence view shows what the message itself says
 * @param clock for the age of requests
 */
public record Wiring(
    Predicate<Click> accept,
    CaseBook cases,
    BiFunction<CaseId, Person, Optional<Ballot>> ballots,
    Directory directory,
    CardWriter cards,
    Consumer<Click> accepted,
    LookupParts lookups,
    SharedRows shared,
    boolean messageText,
    InstantSource clock) {

  /** What people look up by typing. */
  Lookups lookingUp() {
    return new Lookups(cases, directory, lookups, clock);
  }
}
