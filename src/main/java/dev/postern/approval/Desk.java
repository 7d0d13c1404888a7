package dev.postern.approval;

import dev.postern.approval.Rulings.Ruled;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.Origin;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.mail.MessageSummary;
import dev.postern.policy.Action;
import dev.postern.policy.Rules;
import dev.postern.policy.Ruling;
import dev.postern.policy.ShadowBook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The desk: what happens to a message from its arrival to the decision. Safe for many threads;
 * every method that changes something is durable when it returns.
 */
public final class Desk {
  private final Records records;
  private final Examiner examiner;
  private final Rulings rulings;
  private final Panel panel;
  private final Tokens tokens;
  private final InstantSource clock;

  /** Takes its parts. */
  public Desk(
      Records records,
      Examiner examiner,
      Rules rules,
      Panel panel,
      Tokens tokens,
      InstantSource clock) {
    this(
        records,
        examiner,
        new Rulings(
            rules, panel, new Rulings.Memory(Senders.forgotten(), ShadowBook.NONE), records, clock),
        panel,
        tokens,
        clock);
  }

  private Desk(
      Records records,
      Examiner examiner,
      Rulings rulings,
      Panel panel,
      Tokens tokens,
      InstantSource clock) {
    this.records = records;
    this.examiner = examiner;
    this.rulings = rulings;
    this.panel = panel;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * The same desk, where rules know of earlier mail of senders, and those in shadow are counted.
   */
  public Desk with(Senders senders, ShadowBook shadows) {
    Rulings.Memory memory = new Rulings.Memory(senders, shadows);
    return new Desk(records, examiner, rulings.with(memory), panel, tokens, clock);
  }

  /** Inline: examines and rules on the spot; pass and reject leave no row. */
  public Judgement judge(Message message) {
    MessageSummary summary = MessageReader.summarise(message.raw());
    Evidence evidence = evidence(message, summary);
    Ruled ruled = rulings.on(evidence, message, summary);
    Ruling ruling = rulings.settled(ruled, message, records::freeze);
    return switch (ruling.action()) {
      case Action.Release _ -> {
        rulings.note(ruled.saying(ruling), message.receivedAt());
        yield new Judgement.Pass(ruling, evidence);
      }
      case Action.Discard _ -> {
        rulings.note(ruled.saying(ruling), message.receivedAt());
        yield new Judgement.Reject(ruling);
      }
      case Action.Ask _ -> {
        Hold hold =
            new Hold(
                message.ref(),
                message.envelope(),
                Optional.of(message.raw()),
                summary,
                message.changedBy().orElse(message.ref().source()),
                message.receivedAt(),
                "");
        Received held =
            records.open(
                hold,
                rulings.kind(hold),
                (tx, it) -> rulings.carryOut(tx, it, ruled.saying(ruling)));
        yield new Judgement.Held(held.caseId(), held.duplicate(), evidence);
      }
    };
  }

  private Evidence evidence(Message message, MessageSummary summary) {
    Envelope envelope = message.envelope();
    Instant at = message.receivedAt();
    return message
        .changedBy()
        .map(by -> examiner.reported(by, envelope, summary, at))
        .orElseGet(() -> examiner.examine(envelope, message.raw(), at));
  }

  /** Following: stores what another filter holds; it is examined soon after. */
  public Received receive(Hold hold) {
    return records.open(
        hold,
        rulings.kind(hold),
        (tx, it) -> tx.wake(Work.EXAMINE, it.id().text(), clock.instant()));
  }

  /** Finds evidence for a received case, outside any transaction, and rules on it inside one. */
  public void examine(CaseId id) {
    Optional<CaseFile> found = records.find(id);
    if (found.filter(it -> it.state() == CaseState.RECEIVED).isEmpty()) {
      return;
    }
    CaseFile seen = found.get();
    Evidence evidence = evidence(seen);
    Ruled ruled = rulings.on(evidence, seen);
    records.change(
        id,
        (tx, it) -> {
          if (it.state() == CaseState.RECEIVED) {
            rulings.carryOut(tx, it, ruled);
          }
          return null;
        });
  }

  /** Signatures are judged as of the arrival: they may expire while a message is held. */
  private Evidence evidence(CaseFile seen) {
    return records
        .raw(seen.id())
        .map(raw -> examiner.examine(seen.envelope(), raw, seen.receivedAt()))
        .orElseGet(
            () ->
                examiner.reported(
                    seen.gateway(), seen.envelope(), seen.message(), seen.receivedAt()));
  }

  /**
   * Examines a case again whose evidence DNS left open. A verdict that changed makes a new revision
   * of the evidence, on which the policy rules anew: cards are superseded, and people vote again.
   *
   * @param number of the look, 1 for the first; 0 for one that a person asked for
   */
  public void recheck(CaseId id, int number) {
    // What is kept of a message that was shown with other octets proves nothing either.
    Optional<CaseFile> found = records.find(id).filter(CaseFile::rawKept).filter(Desk::computed);
    if (found.filter(CaseFile::asking).flatMap(CaseFile::evidence).isEmpty()) {
      return;
    }
    CaseFile seen = found.get();
    Evidence evidence = evidence(seen);
    Ruled ruled = rulings.on(evidence, seen);
    records.change(
        id,
        (tx, it) -> {
          if (it.asking() && it.digest().equals(seen.digest())) {
            rulings.again(tx, it, ruled, number);
          }
          return null;
        });
  }

  private static boolean computed(CaseFile it) {
    return it.evidence().filter(e -> e.origin() instanceof Origin.Computed).isPresent();
  }

  /**
   * The mail system let a message go, or lost it, without being told: nobody is asked any more.
   * What is decided already is left to the effect, which finds out by itself.
   *
   * @return the case; empty where the hold is not known
   */
  public Optional<CaseId> gone(HoldRef hold) {
    return gone(hold, Holdings.GONE);
  }

  /** The same in other words, which people are told. */
  Optional<CaseId> gone(HoldRef hold, String words) {
    Optional<CaseId> id = records.caseOf(hold);
    id.ifPresent(
        known ->
            records.change(
                known,
                (tx, it) -> {
                  if (it.state().held() && it.state() != CaseState.DECIDED) {
                    new Course(panel, tx, it, clock.instant()).gone(words);
                  }
                  return null;
                }));
    return id;
  }

  /** The mail system holds again what it had no longer, or never had lost: people are asked. */
  void back(CaseId id) {
    records.change(
        id,
        (tx, it) -> {
          if (it.state() == CaseState.WITHDRAWN) {
            new Course(panel, tx, it, clock.instant()).back();
          }
          return null;
        });
  }

  /** Writes a click down before anybody judges it; false when this event was written before. */
  public boolean accept(Click click) {
    return records.keep(bare(click));
  }

  /**
   * Accepts a click and judges it at once; the same event again gets the same answer, and an event
   * that comes again with other content is refused.
   */
  public Answer click(Click click) {
    Click bare = bare(click);
    if (!records.keep(bare)
        && !records.kept(bare.surface(), bare.eventId()).equals(Optional.of(bare))) {
      return new Answer.Refused(Refusal.FORGED, "");
    }
    // Whoever signed in here is known by that; groups are as fresh as their platform lets them be.
    identify(bare);
    return settle(bare);
  }

  /** A click as the inbox keeps it: the token's id in place of the sealed token, if it is ours. */
  private Click bare(Click click) {
    return new Click(
        click.eventId(),
        click.surface(),
        click.who(),
        tokens.open(click.token()).map(TokenId::hex).orElse(""),
        click.place(),
        click.act(),
        click.reason());
  }

  /**
   * Learns from the platform what the judgement of a click needs. Calls out, and opens no
   * transaction.
   *
   * @return how long to wait before the next try, because the platform did not answer; empty when
   *     all is known that can be
   */
  Optional<Duration> identify(Click click) {
    if (click.act() instanceof Act.Testify) {
      return panel.electorate().refresh(click.who());
    }
    Optional<Duration> untold =
        TokenId.kept(click.token())
            .flatMap(records::token)
            .flatMap(token -> records.stage(token.stageId()))
            .flatMap(stage -> panel.electorate().refresh(click.who(), stage));
    return untold.isEmpty() && click.act() instanceof Act.Ask ask
        ? panel.electorate().refresh(ask.recipient())
        : untold;
  }

  /**
   * Judges a click that was accepted: right, then token, then vote, then what the votes add up to.
   */
  public Answer settle(Click click) {
    return click.act() instanceof Act.Testify said ? hear(click, said.is()) : vet(click);
  }

  private Answer hear(Click click, Testimony.Word word) {
    Optional<TokenId> question = TokenId.kept(click.token());
    Optional<CaseId> id = question.flatMap(records::caseOfQuestion);
    if (id.isEmpty()) {
      return forged(click);
    }
    return once(
        id.get(),
        click,
        (tx, it) ->
            new Hearing(panel.electorate(), tx, it, clock.instant())
                .judge(question.orElseThrow(), click, word));
  }

  private Answer vet(Click click) {
    Optional<TokenRow> token = TokenId.kept(click.token()).flatMap(records::token);
    if (token.isEmpty()) {
      return forged(click);
    }
    return once(
        token.get().caseId(),
        click,
        (tx, it) -> new Vetting(panel, tx, it, clock.instant()).judge(token.get(), click));
  }

  private Answer forged(Click click) {
    Answer forged = new Answer.Refused(Refusal.FORGED, "");
    records.answerUnplaced(click, forged);
    return forged;
  }

  /** The answer of before, or that of now. */
  private Answer once(CaseId id, Click click, BiFunction<Tx, CaseFile, Answer> judge) {
    return records.change(
        id,
        (tx, it) ->
            tx.answered(click)
                .orElseGet(
                    () -> {
                      Answer answer = judge.apply(tx, it);
                      tx.answer(click, answer);
                      return answer;
                    }));
  }

  /** Somebody of a stage could not be asked alone: asks where others are, if nobody else was. */
  public void askElsewhere(long stageId) {
    records
        .caseOfStage(stageId)
        .ifPresent(
            id ->
                records.change(
                    id,
                    (tx, it) -> {
                      Stage stage = tx.stage(stageId);
                      if (stage.state() == Stage.State.OPEN && it.asking()) {
                        panel.askElsewhere(tx, it, stage);
                      }
                      return null;
                    }));
  }

  /**
   * The window of a stage has closed and nobody decided: the chain says what follows. A stage that
   * waits to be opened is looked at, too; its platform is asked outside of the transaction.
   *
   * @return when to come back, where it is still open or still waits; empty otherwise
   */
  public Optional<Duration> timeUp(long stageId) {
    records.stage(stageId).filter(Stage::waits).ifPresent(panel::learn);
    return records
        .caseOfStage(stageId)
        .flatMap(id -> records.change(id, (tx, it) -> timeUp(tx, it, tx.stage(stageId))));
  }

  private Optional<Duration> timeUp(Tx tx, CaseFile it, Stage stage) {
    Instant now = clock.instant();
    if (stage.waits()) {
      return panel.convene(tx, it, stage, now);
    }
    if (!stage.open()) {
      return Optional.empty();
    }
    if (now.isBefore(stage.closes())) {
      return Optional.of(Duration.between(now, stage.closes()));
    }
    new Course(panel, tx, it, now).timeUp(stage);
    return Optional.empty();
  }

  /** The case of a stage that people have not answered yet. */
  public Optional<CaseId> unanswered(long stageId) {
    return records
        .caseOfStage(stageId)
        .filter(_ -> records.stage(stageId).filter(Stage::open).isPresent());
  }

  /** Notes that people were reminded of a stage; empty where there is nothing left to answer. */
  public Optional<CaseId> remind(long stageId) {
    return records
        .caseOfStage(stageId)
        .filter(
            id ->
                records.change(
                    id,
                    (tx, _) -> {
                      Stage stage = tx.stage(stageId);
                      if (stage.open()) {
                        tx.log("postern", "stage.reminded", "stage=" + stage.ordinal());
                      }
                      return stage.open();
                    }));
  }

  /** What this person needs to vote on the case now; empty when there is nothing to vote on. */
  public Optional<Ballot> ballot(CaseId id, Person person) {
    return new Polling(records, panel, tokens, clock.instant()).ballot(id, person);
  }
}
