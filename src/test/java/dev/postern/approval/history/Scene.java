package dev.postern.approval.history;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Desk;
import dev.postern.approval.Effects;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.MemoryRecords;
import dev.postern.approval.Panel;
import dev.postern.approval.Tokens;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Digest;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.Home;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import dev.postern.policy.Action;
import dev.postern.policy.Chain;
import dev.postern.policy.Rota;
import dev.postern.policy.Rules;
import dev.postern.policy.Ruling;
import dev.postern.policy.Situation;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The real desk of a history, with one case on it. */
final class Scene {
  static final CardPlace SLACK = new CardPlace("slack", "C1");
  static final Instant START = Instant.parse("2026-11-24T07:00:00Z");
  private static final Tokens TOKENS = new Tokens(List.of(new byte[32]));
  private static final Examiner EXAMINER =
      new Examiner(
          (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60),
          Duration.ofSeconds(5),
          Home.unknown());

  Instant now = START;
  final MoodyMail mail = new MoodyMail();
  final MemoryRecords records;
  final Desk desk;
  final Effects effects;
  final CaseId id;
  private final Setting setting;
  private int revisions;

  Scene(History history, Roster roster) {
    setting = history.setting();
    // Ids need not be secret here, and the same history must give the same ones.
    Random random = new Random(history.seed());
    records = new MemoryRecords((_, _) -> {}, () -> now, random);
    Rules rules = new OneChain(setting.chain());
    Panel panel = new Panel(roster, rules, List.of(CardPlace.WEB, SLACK), random);
    desk = new Desk(records, EXAMINER, rules, panel, TOKENS, () -> now);
    effects = new Effects(records, _ -> mail, panel, () -> now, random);
    id = hold("m1");
  }

  private record OneChain(Chain chain) implements Rules {
    @Override
    public Ruling rule(Situation situation) {
      return new Ruling(new Action.Ask(chain.name()), "rule", "why", "0123456789ab", List.of());
    }

    @Override
    public Chain chain(String name) {
      return chain;
    }

    @Override
    public Chain otherwise() {
      return chain;
    }

    @Override
    public List<String> mayFreeze() {
      return List.of();
    }

    @Override
    public Optional<Rota> rota(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<List<String>> group(String name) {
      return Optional.empty();
    }
  }

  /** Holds a message and asks about it. */
  CaseId hold(String name) {
    Envelope envelope =
        new Envelope(
            Optional.of(setting.mailFrom()),
            setting.recipients(),
            InetAddress.getLoopbackAddress(),
            "mx.example");
    MessageSummary summary =
        new MessageSummary(
            setting.from().toString(), "", "", name, "", "", 9, List.of(), List.of());
    HoldRef ref = new HoldRef("edge", name);
    Hold hold = new Hold(ref, envelope, Optional.empty(), summary, "edge", now, "");
    CaseId held = desk.receive(hold).caseId();
    desk.examine(held);
    return held;
  }

  /** The message is examined again, and something else is found. */
  void examineAgain() {
    Digest other = Digest.of("revision " + ++revisions);
    records.change(
        id,
        (tx, it) -> {
          tx.keepEvidence(it.evidence().orElseThrow(), other, it.context().orElseThrow());
          tx.log("postern", "case.examined", "digest=" + other.hex());
          return null;
        });
  }

  CaseFile file() {
    return records.find(id).orElseThrow();
  }

  List<HistoryLine> log() {
    return records.history(id);
  }

  /** The sealed token that a card shows; empty when it shows none. */
  Optional<String> button(CaseId of, CardPlace place) {
    return records.tokenAt(of, place).map(row -> TOKENS.seal(row.id()));
  }
}
