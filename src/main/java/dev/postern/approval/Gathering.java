package dev.postern.approval;

import dev.postern.approval.Campaign.Member;
import dev.postern.approval.Campaign.Offer;
import dev.postern.approval.Campaign.Place;
import dev.postern.approval.Campaign.State;
import dev.postern.approval.Campaign.Verdict;
import dev.postern.evidence.Digest;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.policy.Action;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.Grouping;
import dev.postern.policy.Ruling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one case has to do with others of its kind, under the lock of its row
 * (docs/decisions/073-one-vote-for-messages-of-one-kind.md).
 */
final class Gathering {
  private static final List<Place> IN = List.of(Place.GATHERING, Place.IN_SET);

  private final Panel panel;
  private final Tx tx;
  private final CaseFile it;
  private final Instant now;

  Gathering(Panel panel, Tx tx, CaseFile it, Instant now) {
    this.panel = panel;
    this.tx = tx;
    this.it = it;
    this.now = now;
  }

  /**
   * What people are to be asked about.
   *
   * @param evidence what was found
   * @param digest of it
   * @param ruling that asks
   */
  record Question(Evidence evidence, Digest digest, Ruling ruling) {
    String chain() {
      return ruling.action() instanceof Action.Ask ask ? ask.chain() : "";
    }
  }

  /** Asks about the case: together with others of its kind, or first of them, or alone. */
  void ask(Question question) {
    Grouping terms = panel.grouping();
    Optional<Digest> likeness =
        terms.on() && !matterOfItsOwn() ? likeness(question) : Optional.empty();
    if (likeness.isEmpty() || !joined(likeness.get(), question.digest(), terms)) {
      panel.ask(tx, it, question.chain(), question.digest(), now);
    }
  }

  /** What went wrong with it before, or that somebody took it out, is a matter of this case. */
  private boolean matterOfItsOwn() {
    return !it.caution().isEmpty()
        || it.outcome().isPresent()
        || tx.campaigns().membership().filter(m -> m.place() == Place.APART).isPresent();
  }

  private Optional<Digest> likeness(Question question) {
    return tx.campaigns()
        .fingerprint()
        .flatMap(kind -> Likeness.of(it, question.evidence(), question.ruling(), kind));
  }

  /** Whether it joined; where nobody gathers, it is the first, and is asked about. */
  private boolean joined(Digest likeness, Digest evidence, Grouping terms) {
    Campaigns campaigns = tx.campaigns();
    Optional<Campaign> open = campaigns.gathering(likeness);
    if (open.isPresent() && !now.isBefore(open.get().until())) {
      campaigns.shut(open.get().id());
      open = Optional.empty();
    }
    if (open.isEmpty() && campaigns.lead(likeness, now.plus(terms.window()))) {
      return false;
    }
    Optional<Campaign> there = open.or(() -> campaigns.gathering(likeness));
    if (there.filter(c -> mayJoin(c, terms)).isEmpty()) {
      return false;
    }
    Campaign campaign = there.get();
    if (campaigns.join(campaign.id(), evidence)) {
      String key = campaign.id() + "#" + (campaign.number() + 1);
      tx.wake(Work.GATHER, key, now.plus(terms.gather()));
    }
    tx.log("postern", "campaign.joined", "with=" + campaign.leader());
    return true;
  }

  /** Nobody decides about his own mail, in the company of others neither. */
  private boolean mayJoin(Campaign campaign, Grouping terms) {
    boolean party =
        tx.campaigns().stagesOf(campaign.leader()).stream()
            .filter(Stage::open)
            .anyMatch(stage -> panel.electorate().anyParty(stage.approvers(), it));
    return !party && tx.campaigns().size(campaign.id()) + 1 < terms.most();
  }

  /**
   * Puts those who gathered on the leader's card; says when to look again where it is too early.
   */
  Optional<Duration> gather(long campaign, int number) {
    Optional<Campaign> led =
        tx.campaigns().led().filter(c -> c.id() == campaign && c.number() < number && c.asks());
    if (led.isEmpty()) {
      return Optional.empty();
    }
    if (it.waitingStage().isPresent()) {
      return Optional.of(panel.grouping().gather());
    }
    freeze(led.get());
    return Optional.empty();
  }

  private static List<Member> inSet(Tx tx, Campaign campaign) {
    return tx.campaigns().asking(campaign.id()).stream()
        .filter(member -> member.place() == Place.IN_SET)
        .toList();
  }

  /** The set is what it is now: older cards ask about something else, and decide nothing. */
  private void freeze(Campaign campaign) {
    if (campaign.state() == State.ASKING) {
      tx.campaigns().takeIn(campaign.id());
    }
    List<Member> members = inSet(tx, campaign);
    Digest own = it.digest().orElseThrow();
    if (set(own, campaign.number(), members, campaign.offer()).equals(campaign.set())) {
      return; // nobody came, nobody went
    }
    int number = campaign.number() + 1;
    // Votes that were cast stand, and so does what they could say.
    Optional<Offer> offer =
        campaign.state() == State.ASKING ? Optional.of(offer()) : campaign.offer();
    Optional<Digest> set = set(own, number, members, offer);
    tx.campaigns().freeze(campaign.id(), number, set, offer);
    panel.askAnew(tx, set.orElse(own));
    tx.log(
        "postern",
        "campaign.frozen",
        "set=%d messages=%d digest=%s%s"
            .formatted(
                number,
                members.size() + 1,
                set.orElse(own).hex(),
                offer.map(terms -> " " + terms).orElse("")));
  }

  /** What the policy says of grants now; a release covers only what is proved. */
  private Offer offer() {
    GrantLaw law = panel.grants();
    boolean proved = it.evidence().filter(e -> e.dmarc().result() == DmarcResult.PASS).isPresent();
    return new Offer(
        proved ? Optional.of(law.usual(Kind.ALLOW)) : Optional.empty(),
        law.usual(Kind.BLOCK),
        law.usualMost());
  }

  /** All that a vote on a set is about; empty where the leader is alone. */
  private static Optional<Digest> set(
      Digest leader, int number, List<Member> members, Optional<Offer> offer) {
    if (members.isEmpty()) {
      return Optional.empty();
    }
    String all =
        members.stream()
            .map(m -> m.caseId().text() + " " + m.digest().hex())
            .sorted()
            .collect(Collectors.joining("\n"));
    String later = offer.map(terms -> "\n" + terms).orElse("");
    return Optional.of(
        Digest.of("postern.set/1\n" + number + "\n" + leader.hex() + "\n" + all + later));
  }

  /** Somebody votes: who has not gathered yet is asked about later. */
  static void voted(Tx tx, Instant now) {
    tx.campaigns()
        .led()
        .filter(campaign -> campaign.state() == State.ASKING)
        .ifPresent(
            campaign -> {
              tx.campaigns().close(campaign.id(), State.FROZEN, Optional.empty());
              tx.campaigns().members(campaign.id()).stream()
                  .filter(member -> member.place() == Place.GATHERING)
                  .forEach(member -> wake(tx, member, now));
            });
  }

  /**
   * The campaign that this case leads has come to something; its members find out by themselves.
   */
  static void ended(Tx tx, State as, Optional<Verdict> verdict, Instant now) {
    tx.campaigns()
        .led()
        .ifPresent(
            campaign -> {
              tx.campaigns().close(campaign.id(), as, verdict);
              List<Member> members = tx.campaigns().members(campaign.id());
              members.forEach(member -> wake(tx, member, now));
              if (verdict.flatMap(Verdict::later).isPresent()) {
                tx.wake(Work.LATER, Long.toString(campaign.id()), now);
              }
              if (!members.isEmpty()) {
                tx.log(
                    "postern",
                    "campaign." + as.name().toLowerCase(Locale.ROOT),
                    "members=" + members.size());
              }
            });
  }

  private static void wake(Tx tx, Member member, Instant now) {
    tx.wake(Work.MEMBER, member.caseId().text() + "#" + member.campaign(), now);
  }

  /** This case is a member no longer; the set is counted anew. */
  static void left(Tx tx, Instant now) {
    tx.campaigns()
        .membership()
        .filter(member -> IN.contains(member.place()))
        .ifPresent(
            member -> {
              tx.campaigns().move(member.caseId(), member.campaign(), IN, Place.LEFT);
              tx.campaigns()
                  .campaign(member.campaign())
                  .filter(Campaign::asks)
                  .ifPresent(c -> tx.wake(Work.GATHER, c.id() + "#" + (c.number() + 1), now));
            });
  }

  /** The campaign that this case is a member of has moved on. */
  void follow(long campaign) {
    Optional<Member> member =
        tx.campaigns()
            .membership()
            .filter(m -> m.campaign() == campaign && m.place() != Place.LEFT);
    boolean asked = it.state() == CaseState.ASKING && !it.asking();
    if (member.isPresent() && asked) {
      follow(member.get(), tx.campaigns().campaign(campaign).orElseThrow());
    }
  }

  private void follow(Member member, Campaign campaign) {
    boolean inSet = member.place() == Place.IN_SET;
    switch (campaign.state()) {
      case ASKING, FROZEN -> {
        if (member.place() == Place.APART
            || (member.place() == Place.GATHERING && campaign.state() == State.FROZEN)) {
          askAgain(member);
        }
      }
      case DECIDED -> {
        Optional<Verdict> verdict = tx.campaigns().verdict(campaign.id()).filter(_ -> inSet);
        if (verdict.filter(v -> fits(v, member)).isPresent()) {
          new Course(panel, tx, it, now).follow(verdict.get().decision(), campaign.leader());
        } else {
          askAgain(member);
        }
      }
      case EXPIRED -> {
        if (inSet) {
          new Course(panel, tx, it, now).expireWith(campaign.leader());
        } else {
          askAgain(member);
        }
      }
      case OVER -> askAgain(member);
    }
  }

  /** Whether the votes were about just this, and none of them by somebody whose own mail it is. */
  private boolean fits(Verdict verdict, Member member) {
    return it.digest().filter(member.digest()::equals).isPresent()
        && it.caution().isEmpty()
        && !(verdict.decision().choice() instanceof Choice.ReleaseTo)
        && !panel.electorate().anyParty(verdict.voters(), it);
  }

  /** It is asked about anew: perhaps with others that are left over, too. */
  private void askAgain(Member member) {
    tx.campaigns().move(it.id(), member.campaign(), IN, Place.LEFT);
    tx.log("postern", "campaign.left", "place=" + member.place());
    tx.update(CaseUpdate.to(CaseState.ASKING));
    ask(
        new Question(
            it.evidence().orElseThrow(), it.digest().orElseThrow(), it.ruling().orElseThrow()));
  }

  /** Takes a message out of the set that this case stands for. Votes on the others stand. */
  Answer apart(CaseId member, Identity who) {
    Optional<Campaign> led = tx.campaigns().led();
    Optional<Stage> stage = it.openStage();
    Optional<Person> person = panel.electorate().person(who);
    if (led.isEmpty() || stage.isEmpty()) {
      return refused(it.decision().isPresent() ? Refusal.TOKEN_USED : Refusal.EXPIRED);
    }
    Optional<Refusal> refusal =
        panel.electorate().bars(who).or(() -> panel.electorate().mayNot(person, stage.get(), it));
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    Campaign campaign = led.get();
    String actor = person.orElseThrow().id();
    if (member.equals(it.id())) {
      tx.log(actor, "campaign.apart", "case=" + member);
      ended(tx, State.OVER, Optional.empty(), now);
      panel.askAnew(tx, it.digest().orElseThrow());
      tx.redraw();
    } else if (tx.campaigns().move(member, campaign.id(), IN, Place.APART)) {
      tx.log(actor, "campaign.apart", "case=" + member);
      tx.wake(Work.MEMBER, member.text() + "#" + campaign.id(), now);
      freeze(campaign);
    }
    return new Answer.Noted(member);
  }

  private Answer refused(Refusal why) {
    return new Answer.Refused(
        why, it.decision().map(Decision::because).orElse(""), Optional.of(it.id()));
  }
}
