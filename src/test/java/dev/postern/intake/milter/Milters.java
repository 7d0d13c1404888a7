package dev.postern.intake.milter;

import static dev.postern.evidence.EvidenceBuilder.anEvidence;

import dev.postern.approval.CaseId;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.intake.MemoryBudget;
import dev.postern.mail.Network;
import dev.postern.policy.Action;
import dev.postern.policy.Ruling;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A milter for tests, with a desk that remembers what it was shown. */
final class Milters implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  static final CaseId CASE = new CaseId("PN-7F3K-2QXD");

  final List<Message> seen = new CopyOnWriteArrayList<>();
  final LinkedBlockingQueue<HoldRef> withdrawn = new LinkedBlockingQueue<>();
  final List<String> verdicts = new CopyOnWriteArrayList<>();
  final MemoryBudget memory;
  private final MilterServer server;

  private Milters(MilterSettings settings, Function<Message, Judgement> judge, long budget) {
    memory = new MemoryBudget(budget);
    server =
        new MilterServer(
            settings,
            new MilterDesk(
                message -> {
                  seen.add(message);
                  return judge.apply(message);
                },
                withdrawn::add),
            memory,
            (verdict, _) -> verdicts.add(verdict),
            InstantSource.fixed(NOW));
    server.start();
  }

  static Milters judging(Function<Message, Judgement> judge) {
    return judging(settings -> settings, judge);
  }

  static Milters judging(UnaryOperator<MilterSettings> as, Function<Message, Judgement> judge) {
    return judging(as, judge, 16 << 20);
  }

  /**
   * The same with room for larger messages.
   *
   * @param budget octets of all messages at once
   */
  static Milters judging(
      UnaryOperator<MilterSettings> as, Function<Message, Judgement> judge, long budget) {
    return new Milters(as.apply(settings()), judge, budget);
  }

  /** In the queue of "postfix", try later on trouble, own results, mail of signed-in people not. */
  static MilterSettings settings() {
    return new MilterSettings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Network.LOOPBACK,
        new MilterSettings.Keeping.InQueue("postfix"),
        MilterSettings.OnTrouble.TEMPFAIL,
        new MilterSettings.Scope(false, Set.of()),
        new MilterSettings.Results(true, Optional.empty()),
        new MilterSettings.Limits(1 << 20, 100, 2_000),
        timing(Duration.ofSeconds(20), Duration.ofSeconds(5)));
  }

  static MilterSettings.Timing timing(Duration answer, Duration beat) {
    return new MilterSettings.Timing(Duration.ofMinutes(1), Duration.ofSeconds(10), answer, beat);
  }

  static MilterSettings at(MilterSettings it, int port) {
    return new MilterSettings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        it.peers(),
        it.keeping(),
        it.onTrouble(),
        it.scope(),
        it.results(),
        it.limits(),
        it.timing());
  }

  static MilterSettings keeping(MilterSettings it, MilterSettings.Keeping keeping) {
    return new MilterSettings(
        it.listen(),
        it.peers(),
        keeping,
        it.onTrouble(),
        it.scope(),
        it.results(),
        it.limits(),
        it.timing());
  }

  static MilterSettings onTrouble(MilterSettings it, MilterSettings.OnTrouble onTrouble) {
    return new MilterSettings(
        it.listen(),
        it.peers(),
        it.keeping(),
        onTrouble,
        it.scope(),
        it.results(),
        it.limits(),
        it.timing());
  }

  static MilterSettings scope(MilterSettings it, MilterSettings.Scope scope) {
    return new MilterSettings(
        it.listen(),
        it.peers(),
        it.keeping(),
        it.onTrouble(),
        scope,
        it.results(),
        it.limits(),
        it.timing());
  }

  static MilterSettings bounded(
      MilterSettings it, MilterSettings.Limits limits, MilterSettings.Timing timing) {
    return new MilterSettings(
        it.listen(),
        it.peers(),
        it.keeping(),
        it.onTrouble(),
        it.scope(),
        it.results(),
        limits,
        timing);
  }

  static Judgement pass() {
    return new Judgement.Pass(ruling(new Action.Release(), "fine"), anEvidence().build());
  }

  static Judgement held() {
    return new Judgement.Held(CASE, false, anEvidence().build());
  }

  static Judgement reject(String reason) {
    return new Judgement.Reject(ruling(new Action.Discard(), reason));
  }

  private static Ruling ruling(Action action, String reason) {
    return new Ruling(action, "rule", reason, "000000000000", List.of());
  }

  int port() {
    return server.port();
  }

  MilterServer server() {
    return server;
  }

  @Override
  public void close() {
    server.stop(Duration.ofSeconds(1));
  }
}
