package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.policy.Chain;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GroupKind;
import dev.postern.policy.Grouping;
import dev.postern.policy.Rules;
import dev.postern.policy.StagePlan;
import dev.postern.policy.StagePlan.OnTimeout;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Puts a case before people: opens one stage of a chain after the other. */
public final class Panel {
  /** Where those who may break the glass find their token: no card shows it. */
  static final CardPlace GLASS = new CardPlace(CardPlace.WEB.surface(), "break-glass");

  private final Electorate electorate;
  private final Rules rules;
  private final Placement placement;
  private final Patience patience;

  /**
   * Takes its parts.
   *
   * @param directory who people are
   * @param rules which chains there are
   * @param places where people are asked, unless their stage has channels of its own
   * @param random a cryptographic source, for token ids
   */
  public Panel(Directory directory, Rules rules, List<CardPlace> places, RandomGenerator random) {
    this.electorate = new Electorate(directory, rules);
    this.rules = rules;
    this.placement = new Placement(electorate, places, random);
    this.patience = new Patience(random);
  }

  Electorate electorate() {
    return electorate;
  }

  /** Whether messages of one kind are decided together. */
  Grouping grouping() {
    return rules.grouping();
  }

  /** What the policy says of asking for grants. */
  GrantLaw grants() {
    return rules.grants();
  }

  /** What a vote on a case is about now: its evidence, or the set that it stands for. */
  static Digest asked(Tx tx, CaseFile it) {
    return tx.campaigns().led().flatMap(Campaign::set).or(it::digest).orElseThrow();
  }

  /** Draws the cards of what is open anew, with tokens for what is asked about now. */
  void askAnew(Tx tx, Digest digest) {
    for (Stage stage : tx.stages()) {
      if (stage.open()) {
        placement.mint(tx, stage, digest, tx.campaigns().carrying(stage.id()));
      }
    }
  }

  /** Learns whom a stage names that waits for just that. Calls out: never in a transaction. */
  void learn(Stage waiting) {
    electorate.learn(waiting.terms().asked());
  }

  /** Asks people from the start: opens the first stage of a chain that somebody can fill. */
  void ask(Tx tx, CaseFile it, String chain, Digest digest, Instant now) {
    int round = 1 + tx.stages().stream().mapToInt(s -> s.place().round()).max().orElse(0);
    Chain asked = rules.chain(chain);
    asked
        .breakGlass()
        .ifPresent(
            plan -> {
              var place = new Stage.Place(asked.name(), round, 0, asked.stages().size());
              if (untold(plan)) {
                await(tx, place, plan, now);
              } else {
                offer(tx, tx.openStage(planned(tx, it, place, plan, now)), digest);
              }
            });
    Stage.Place first = new Stage.Place(asked.name(), round, 1, asked.stages().size());
    askFrom(tx, it, first, digest, now);
  }

  /** Asks the stages behind one that is over; empty when there is none that could decide. */
  Optional<Stage> askNext(Tx tx, CaseFile it, Stage over, Digest digest, Instant now) {
    Stage.Place was = over.place();
    return askFrom(
        tx,
        it,
        new Stage.Place(was.chain(), was.round(), was.ordinal() + 1, was.of()),
        digest,
        now);
  }

  /**
   * Whom somebody may hand a stage over to, but for those who had their say in another one; nobody
   * where the chain has left the policy, or breaks the glass.
   */
  List<Person> substitutes(Stage stage, CaseFile it, Instant now) {
    Chain chain = rules.chain(stage.place().chain());
    if (stage.breakGlass() || !chain.name().equals(stage.place().chain())) {
      return List.of();
    }
    List<String> trusted =
        chain.stages().stream().flatMap(plan -> plan.asked().approvers().stream()).toList();
    return electorate.substitutes(trusted, stage, it, now);
  }

  /** Whether that person may take a place in this stage. */
  boolean maySubstitute(Tx tx, Stage stage, CaseFile it, String personId, Instant now) {
    if (substitutes(stage, it, now).stream().noneMatch(p -> p.id().equals(personId))) {
      return false;
    }
    List<String> distinctFrom =
        rules
            .chain(stage.place().chain())
            .stage(stage.ordinal())
            .map(plan -> plan.voting().distinctFrom())
            .orElse(List.of());
    return !barred(tx, stage.place().round(), distinctFrom).contains(personId);
  }

  /**
   * Opens a stage that waited, once it is known whom it names, or has been waited for long enough.
   * What is not known then is nobody: where a part of the people could change what their votes add
   * up to, or is too small, the stage is over.
   *
   * @return when to come back: for the next look, or when its window closes; empty when it is over
   */
  Optional<Duration> convene(Tx tx, CaseFile it, Stage waiting, Instant now) {
    Chain chain = rules.chain(waiting.place().chain());
    Optional<StagePlan> plan =
        waiting.breakGlass() ? chain.breakGlass() : chain.stage(waiting.ordinal());
    boolean untold = plan.filter(this::untold).isPresent();
    Optional<Duration> more =
        untold ? patience.more(waiting.opens(), now, Duration.ZERO) : Optional.empty();
    if (more.isPresent()) {
      return more;
    }
    if (plan.isEmpty()) { // the policy changed meanwhile
      tx.closeStage(waiting.id(), Stage.State.ESCALATED);
      if (!waiting.breakGlass()) {
        expired(tx, chain, waiting.name() + " is in the policy no more.", now);
      }
      return Optional.empty();
    }
    Stage stage = tx.convene(planned(tx, it, waiting, plan.get(), now));
    if (stage.breakGlass()) {
      offer(tx, stage, asked(tx, it));
      return Optional.of(Duration.between(now, stage.closes()));
    }
    return seat(tx, it, stage, plan.get(), untold && !plan.get().voting().bearsPart());
  }

  private Optional<Duration> seat(
      Tx tx, CaseFile it, Stage stage, StagePlan plan, boolean undecidable) {
    Digest digest = asked(tx, it);
    String untold = unread(stage);
    opened(tx, stage, plan);
    if (!undecidable && filled(tx, stage, plan, digest)) {
      tx.update(CaseUpdate.to(it.state()).trouble(and(it, untold)));
      return Optional.of(Duration.between(stage.opens(), stage.closes()));
    }
    String why = unreachable(tx, stage);
    Stage.Place was = stage.place();
    Stage.Place next = new Stage.Place(was.chain(), was.round(), was.ordinal() + 1, was.of());
    Chain chain = rules.chain(was.chain());
    if (!goesOn(plan) || chain.stage(next.ordinal()).isEmpty()) {
      expired(tx, chain, why, stage.opens());
    } else if (askFrom(tx, it, next, digest, stage.opens()).isPresent()) {
      tx.update(CaseUpdate.to(it.state()).trouble(and(it, why)));
    }
    return Optional.empty();
  }

  /** What there was to say of the case before, and this. */
  private static String and(CaseFile it, String words) {
    return (it.trouble() + " " + words.strip()).strip();
  }

  private Optional<Stage> askFrom(
      Tx tx, CaseFile it, Stage.Place first, Digest digest, Instant now) {
    Chain chain = rules.chain(first.chain());
    int ordinal = first.ordinal();
    Optional<StagePlan> plan = chain.stage(ordinal);
    String trouble = "";
    while (plan.isPresent()) {
      var place = new Stage.Place(chain.name(), first.round(), ordinal, chain.stages().size());
      if (untold(plan.get())) {
        return Optional.of(await(tx, place, plan.get(), now));
      }
      Stage stage = tx.openStage(planned(tx, it, place, plan.get(), now));
      opened(tx, stage, plan.get());
      if (filled(tx, stage, plan.get(), digest)) {
        return Optional.of(stage);
      }
      trouble = unreachable(tx, stage);
      plan = goesOn(plan.get()) ? chain.stage(++ordinal) : Optional.empty();
    }
    expired(tx, chain, trouble, now);
    return Optional.empty();
  }

  /** Nobody is left to ask. */
  private void expired(Tx tx, Chain chain, String trouble, Instant now) {
    Gathering.ended(tx, Campaign.State.EXPIRED, Optional.empty(), now);
    placement.usual().forEach(tx::card);
    tx.update(CaseUpdate.to(CaseState.EXPIRED).trouble(trouble));
    tx.log("postern", "case.expired", "chain=" + Facts.quoted(chain.name()));
  }

  private static boolean goesOn(StagePlan plan) {
    return plan.sequel().onTimeout() == OnTimeout.ESCALATE;
  }

  /** Whether nobody knows yet of some entry whom it names. */
  private boolean untold(StagePlan plan) {
    return !electorate.unread(plan.asked().approvers()).isEmpty();
  }

  /** Notes a stage that asks nobody before a platform has said who is in its groups. */
  private Stage await(Tx tx, Stage.Place place, StagePlan plan, Instant now) {
    Stage waiting =
        tx.openStage(
            new Stage(
                0,
                place,
                plan.name(),
                List.of(),
                terms(plan, 0),
                now,
                now.plus(Patience.LENGTH),
                Stage.State.WAITING));
    if (!waiting.breakGlass()) {
      placement.beforeAsking(plan).forEach(tx::card);
    }
    tx.wake(Work.STAGE, Long.toString(waiting.id()), now);
    List<String> groups = electorate.unread(plan.asked().approvers());
    tx.log(
        "postern",
        "stage.waiting",
        "stage=" + waiting.ordinal() + " untold=" + String.join(",", groups));
    return waiting;
  }

  private Stage planned(Tx tx, CaseFile it, Stage.Place place, StagePlan plan, Instant now) {
    Set<String> barred = barred(tx, place.round(), plan.voting().distinctFrom());
    List<String> approvers = electorate.eligible(plan.asked().approvers(), it, barred, now);
    return new Stage(
        0,
        place,
        plan.name(),
        approvers,
        terms(plan, approvers.size()),
        now,
        plan.timing().closes(now),
        Stage.State.OPEN);
  }

  private Stage planned(Tx tx, CaseFile it, Stage waited, StagePlan plan, Instant now) {
    Stage stage = planned(tx, it, waited.place(), plan, now);
    return new Stage(
        waited.id(),
        stage.place(),
        stage.name(),
        stage.approvers(),
        stage.terms(),
        stage.opens(),
        stage.closes(),
        stage.state());
  }

  private static Stage.Terms terms(StagePlan plan, int approvers) {
    return new Stage.Terms(
        plan.asked().approvers(),
        plan.voting().quorum().among(approvers),
        plan.voting().reason(),
        plan.voting().onDiscard(),
        plan.sequel().onTimeout(),
        plan.sequel().onRelease());
  }

  private static void opened(Tx tx, Stage stage, StagePlan plan) {
    tell(tx, plan);
    tx.wake(Work.STAGE, Long.toString(stage.id()), stage.closes());
    tx.log("postern", "stage.opened", Facts.of(stage));
  }

  /** Lets those decide at once who may, beside the stages. */
  private void offer(Tx tx, Stage glass, Digest digest) {
    tx.wake(Work.STAGE, Long.toString(glass.id()), glass.closes());
    tx.log("postern", "glass.offered", Facts.of(glass));
    placement.mint(tx, glass, digest, List.of(GLASS));
  }

  /** Puts the question on the cards, if enough may answer it. */
  private boolean filled(Tx tx, Stage stage, StagePlan plan, Digest digest) {
    boolean enough = stage.approvers().size() >= stage.quorum();
    if (enough) {
      placement.ask(tx, stage, plan, digest);
      remind(tx, stage, plan);
    }
    return enough;
  }

  /** Who filled a stage of this round, and who voted on one that this stage is to differ from. */
  private static Set<String> barred(Tx tx, int round, List<String> distinctFrom) {
    Set<String> barred = new HashSet<>();
    for (Stage stage : tx.stages()) {
      if (stage.place().round() == round) {
        List<Vote> votes = tx.votes(stage.id());
        boolean carried = stage.state() == Stage.State.CARRIED;
        List<Vote> filled = carried ? Tally.agreed(votes, stage) : List.of();
        (distinctFrom.contains(stage.name()) ? votes : filled)
            .forEach(vote -> barred.add(vote.personId()));
      }
    }
    return barred;
  }

  /** Whoever is to hear of it sees what was decided past the stages, and by whom. */
  void tellOfBrokenGlass(Tx tx, Stage stage) {
    rules.chain(stage.place().chain()).breakGlass().ifPresent(plan -> tell(tx, plan));
  }

  /** Cards without buttons for those who are only told. */
  private static void tell(Tx tx, StagePlan plan) {
    plan.asked().told().forEach(channel -> tx.card(CardPlace.parse(channel)));
  }

  TokenId newToken() {
    return placement.newToken();
  }

  /** Whether each of a stage is asked alone. */
  boolean asksInOwnChats(Stage stage) {
    return rules
        .chain(stage.place().chain())
        .stage(stage.ordinal())
        .filter(plan -> plan.asked().inOwnChats())
        .isPresent();
  }

  /** Asks somebody alone, too, who took a place in such a stage. */
  void askToo(Tx tx, CaseFile it, Stage stage, Person person) {
    placement.askToo(tx, stage, asked(tx, it), person);
  }

  /** Asks an open stage where others are asked, if nobody of it can be asked alone. */
  void askElsewhere(Tx tx, CaseFile it, Stage stage) {
    placement.elsewhere(tx, stage, asked(tx, it));
  }

  private static void remind(Tx tx, Stage stage, StagePlan plan) {
    List<Instant> reminders = plan.timing().reminders(stage.opens());
    for (int i = 0; i < reminders.size(); i++) {
      tx.wake(Work.REMIND, stage.id() + "#" + i, reminders.get(i));
    }
  }

  private String unread(Stage stage) {
    List<String> unread = electorate.unread(stage.terms().asked());
    return unread.isEmpty()
        ? ""
        : " " + GroupKind.sentences("%s has not told yet who is in %s.", unread);
  }

  /** Closes a stage whose quorum cannot be reached; returns why, for people. */
  private String unreachable(Tx tx, Stage stage) {
    tx.closeStage(stage.id(), Stage.State.ESCALATED);
    tx.log("postern", "stage.unreachable", Facts.of(stage));
    return stage.name()
        + " needs "
        + stage.quorum()
        + " people, and "
        + stage.approvers().size()
        + " may decide."
        + unread(stage);
  }
}
