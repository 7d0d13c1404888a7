package dev.postern.teams;

import dev.postern.approval.Ballot;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseId;
import dev.postern.approval.Click;
import dev.postern.approval.Conversations;
import dev.postern.approval.Directory;
import dev.postern.approval.Doorkeeper;
import dev.postern.approval.GroupReadings;
import dev.postern.approval.Person;
import dev.postern.approval.Replays;
import dev.postern.card.CardView;
import dev.postern.card.CardWriter;
import dev.postern.card.LookupParts;
import dev.postern.card.Lookups;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What Teams needs of the rest of Postern, and no more.
 *
 * @param clicks takes clicks down and judges them
 * @param cases reads cases
 * @param ballots what a person needs to vote on a case now ({@code Desk.ballot})
 * @param about what a token of ours is about
 * @param drawn the card of a row as its case stands now
 * @param stands notes where a card stands, unless that is known ({@code CardRows.posted}): card,
 *     then the platform's id of it
 * @param directory tells people from strangers
 * @param cards words what dialogs show
 * @param conversations where Teams is reached
 * @param groups who is in groups, as any process read it
 * @param lookups what look-ups need
 * @param messageText whether the evidence shows what the message itself says
 * @param replays tells requests that were taken before
 * @param clock for the age of requests
 */
public record TeamsWiring(
    Clicks clicks,
    CaseBook cases,
    BiFunction<CaseId, Person, Optional<Ballot>> ballots,
    Function<String, Optional<Subject>> about,
    Function<CardRow, Optional<CardView>> drawn,
    BinaryOperator<String> stands,
    Directory directory,
    CardWriter cards,
    Conversations conversations,
    GroupReadings groups,
    LookupParts lookups,
    boolean messageText,
    Replays replays,
    InstantSource clock) {

  /**
   * Takes clicks down and judges them.
   *
   * @param accept takes one down ({@code Desk.accept}); false when it was taken down before
   * @param judge judges one that was taken down ({@code Doorkeeper.judge}), by surface and event id
   * @param owe notes that whoever clicked is to be told when it is judged ({@code Store.owe})
   */
  public record Clicks(
      Predicate<Click> accept,
      BiFunction<String, String, Optional<Doorkeeper.Result>> judge,
      Consumer<Click> owe) {}

  /**
   * What a token is about.
   *
   * @param caseId the case
   * @param cardId the card that it is on; empty for that of a question
   */
  public record Subject(CaseId caseId, Optional<String> cardId) {}

  /** What people look up by typing. */
  Lookups lookingUp() {
    return new Lookups(cases, directory, lookups, clock);
  }
}
