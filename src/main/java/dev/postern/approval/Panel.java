package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.policy.Chain;
import dev.postern.policy.Rules;
import dev.postern.policy.StagePlan;
import dev.postern.policy.StagePlan.OnDiscard;
import dev.postern.policy.StagePlan.OnTimeout;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Puts a case before people: opens one stage of a chain after the other. */
public final class Panel {
  /** Where those who may break the glass find their token: no card shows it. */
  static final CardPlace GLASS = new CardPlace(CardPlace.WEB.surface(), "break-glass");

  private final Electorate electorate;
  private final Rules rules;
  private final List<CardPlace> places;
  private final RandomGenerator random;
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
    this.places = List.copyOf(places);
    this.random = random;
    this.patience = new Patience(random);
  }

  Electorate electorate() {
    return electorate;
  }

  /** Whether it is known of each entry of a chain whom it names. */
  boolean knows(String chain) {
    return electorate.unread(asked(chain)).isEmpty();
  }

  private List<String> asked(String chain) {
    Chain named = rules.chain(chain);
    return Stream.concat(named.stages().stream(), named.breakGlass().stream())
        .flatMap(plan -> plan.asked().approvers().stream())
        .toList();
  }

  /**
   * Learns whom a chain names before people are asked. Calls out: never within a transaction.
   *
   * @param since when there was first somebody to ask
   * @return how long to wait before the next try: the longer, the longer it has lasted; empty when
   *     all is known, or has been waited for long enough
   */
  Optional<Duration> learn(String chain, Instant since, Instant now) {
    electorate.learn(asked(chain));
    return knows(chain) ? Optional.empty() : patience.more(since, now, Duration.ZERO);
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
              Stage glass = open(tx, it, place, plan, now);
              mint(tx, glass, digest, List.of(GLASS));
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

  private Optional<Stage> askFrom(
      Tx tx, CaseFile it, Stage.Place first, Digest digest, Instant now) {
    Chain chain = rules.chain(first.chain());
    int ordinal = first.ordinal();
    Optional<StagePlan> plan = chain.stage(ordinal);
    String trouble = "";
    while (plan.isPresent()) {
      var place = new Stage.Place(chain.name(), first.round(), ordinal, chain.stages().size());
      Stage stage = open(tx, it, place, plan.get(), now);
      if (stage.approvers().size() >= stage.quorum()) {
        mint(tx, stage, digest, at(plan.get()));
        remind(tx, stage, plan.get());
        return Optional.of(stage);
      }
      trouble = unreachable(tx, stage);
      boolean goOn = plan.get().sequel().onTimeout() == OnTimeout.ESCALATE;
      plan = goOn ? chain.stage(++ordinal) : Optional.empty();
    }
    places.forEach(tx::card);
    tx.update(CaseUpdate.to(CaseState.EXPIRED).trouble(trouble));
    tx.log("postern", "case.expired", "chain=" + Facts.quoted(chain.name()));
    return Optional.empty();
  }

  private Stage open(Tx tx, CaseFile it, Stage.Place place, StagePlan plan, Instant now) {
    List<String> asked = plan.asked().approvers();
    List<String> approvers =
        electorate.eligible(
            asked, it, barred(tx, place.round(), plan.voting().distinctFrom()), now);
    Stage stage =
        tx.openStage(
            new Stage(
                0,
                place,
                plan.name(),
                approvers,
                new Stage.Terms(
                    asked,
                    plan.voting().quorum().among(approvers.size()),
                    plan.voting().reason(),
                    plan.voting().onDiscard(),
                    plan.sequel().onTimeout(),
                    plan.sequel().onRelease()),
                now,
                plan.timing().closes(now),
                Stage.State.OPEN));
    if (!stage.breakGlass()) {
      tell(tx, plan);
    }
    tx.wake(Work.STAGE, Long.toString(stage.id()), stage.closes());
    tx.log("postern", stage.breakGlass() ? "glass.offered" : "stage.opened", Facts.of(stage));
    return stage;
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

  /** The web page shows every case; people look for the card where the policy puts it. */
  private List<CardPlace> at(StagePlan plan) {
    List<String> channels = plan.asked().channels();
    return channels.isEmpty()
        ? places
        : Stream.concat(Stream.of(CardPlace.WEB), channels.stream().map(CardPlace::parse)).toList();
  }

  private void mint(Tx tx, Stage stage, Digest digest, List<CardPlace> at) {
    for (CardPlace place : at) {
      tx.mint(token(tx.card(place), stage, digest));
    }
  }

  TokenId newToken() {
    return TokenId.random(random);
  }

  private TokenRow token(CardRow card, Stage stage, Digest digest) {
    // Split votes need as many uses as there are people; a stage of one vote is decided by the
    // first.
    boolean first = stage.quorum() == 1 && stage.terms().onDiscard() == OnDiscard.STOP;
    int uses = first ? 1 : Math.max(1, stage.approvers().size());
    return new TokenRow(
        newToken(),
        card.caseId(),
        stage.id(),
        card.id(),
        card.place(),
        digest,
        stage.closes(),
        uses);
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
        : " Slack has not told yet who is in " + String.join(", ", unread) + ".";
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
