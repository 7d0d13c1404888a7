package dev.postern.approval;

import dev.postern.approval.Campaign.Verdict;
import dev.postern.approval.Campaign.Wanted;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GrantTerms.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees to what people said of later messages when they voted on a set
 * (docs/decisions/076-a-vote-that-covers-later-ones.md). Safe for many threads; what it is told
 * twice it does once.
 */
public final class LaterOnes {
  private static final int FOUR_EYES = 2;

  private final Records records;
  private final Panel panel;
  private final Petitions petitions;
  private final InstantSource clock;

  /** Takes its parts. */
  public LaterOnes(Records records, Panel panel, Petitions petitions, InstantSource clock) {
    this.records = records;
    this.panel = panel;
    this.petitions = petitions;
    this.clock = clock;
  }

  /** What is still to be done about a set. */
  private record Owed(
      CaseFile leader, Campaign campaign, Decision decision, Wanted wanted, Campaign.Offer offer) {

    static Optional<Owed> of(Tx tx, CaseFile leader, long id) {
      Optional<Verdict> verdict = tx.campaigns().verdict(id);
      Optional<Wanted> wanted = verdict.flatMap(Verdict::later);
      Optional<Campaign> campaign = tx.campaigns().campaign(id);
      Optional<Campaign.Offer> offer = campaign.flatMap(Campaign::offer);
      if (!tx.campaigns().owesLater(id) || wanted.isEmpty() || offer.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Owed(leader, campaign.get(), verdict.get().decision(), wanted.get(), offer.get()));
    }

    Kind kind() {
      return decision.choice() instanceof Choice.Discard ? Kind.BLOCK : Kind.ALLOW;
    }

    /** From what stands there: whoever comes to it again wishes for the same. */
    Wish wish() {
      return new Wish(
          kind(),
          "",
          "",
          Optional.of(decision.at().plus(offer.length(decision.choice()))),
          Optional.of(offer.most()),
          false,
          "Voted for with case " + leader.id() + ".",
          Optional.of(leader.id()),
          true);
    }
  }

  /** Makes the grant that people voted for, or asks those who decide about grants. */
  public void settle(long campaign) {
    records
        .leaderOf(campaign)
        .flatMap(leader -> records.change(leader, (tx, it) -> Owed.of(tx, it, campaign)))
        .ifPresent(this::settle);
  }

  private void settle(Owed owed) {
    Optional<Person> first =
        owed.wanted().people().stream()
            .flatMap(id -> panel.electorate().person(Identity.ofPostern(id)).stream())
            .findFirst();
    if (first.isEmpty()) {
      settled(owed, "They are asked about: nobody is known any more who voted for it.");
      return;
    }
    switch (petitions.draft(first.get(), owed.wish(), owed.leader())) {
      case Petitions.Unfit(Petitions.Refused why) -> settled(owed, told(why));
      case Petitions.Fit(Petition petition) when enough(owed.wanted()) && unknown(petition) ->
          begin(owed, petition);
      case Petitions.Fit(Petition petition) ->
          settled(owed, told(petitions.ask(first.get(), petition)));
    }
  }

  /** Whether those who would be asked have agreed, as many as it takes, and not one alone. */
  private boolean enough(Wanted wanted) {
    GrantLaw law = petitions.law();
    return wanted.approves()
        && wanted.chain().equals(petitions.chain(law))
        && (law.ownRequests() || wanted.people().size() >= FOUR_EYES);
  }

  /** Nobody was asked before the process died. */
  private boolean unknown(Petition petition) {
    return records.grants().find(petition.id()).isEmpty();
  }

  private void begin(Owed owed, Petition petition) {
    Instant now = clock.instant();
    Grant grant =
        new Grant(
            petition.id(),
            petition,
            owed.leader().id(),
            Grant.State.ACTIVE,
            0,
            new Grant.Times(now, Optional.of(now), Optional.empty()),
            "");
    String does = owed.kind() == Kind.ALLOW ? "lets them pass" : "deletes them";
    String words = "With the decision began grant " + grant.id() + ", which " + does + ", too.";
    unlessSettled(
        owed,
        tx -> {
          tx.request(grant);
          tx.log("postern", "grant.begun", petition.facts());
          settled(tx, owed, words);
        });
  }

  private static String told(Petitions.Answer answer) {
    return switch (answer) {
      case Petitions.Refused refused -> "They are asked about. " + why(refused.field());
      case Petitions.Asked asked ->
          "In case %s others were asked whether to do the same with them: grant %s."
              .formatted(asked.grant().caseId(), asked.grant().id());
    };
  }

  /** For those who voted, not for somebody who fills in a form. */
  private static String why(String field) {
    return switch (field) {
      case "until", "most" -> "The policy allows no such grant any more.";
      case "kindOf", "evenUnproved", "from" -> "It cannot be told any more what is of their kind.";
      default -> "Nobody else could decide about a grant, or too many requests wait.";
    };
  }

  private void settled(Owed owed, String words) {
    unlessSettled(owed, tx -> settled(tx, owed, words));
  }

  private static void settled(Tx tx, Owed owed, String words) {
    tx.campaigns().settled(owed.campaign().id(), words);
    tx.log("postern", "campaign.later", "came=" + Facts.quoted(words));
    tx.redraw();
  }

  private void unlessSettled(Owed owed, Consumer<Tx> work) {
    records.change(
        owed.leader().id(),
        (tx, _) -> {
          if (tx.campaigns().owesLater(owed.campaign().id())) {
            work.accept(tx);
          }
          return null;
        });
  }
}
