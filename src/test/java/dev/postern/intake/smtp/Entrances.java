package dev.postern.intake.smtp;

import static dev.postern.evidence.EvidenceBuilder.anEvidence;

import dev.postern.approval.CaseId;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.approval.NextHop;
import dev.postern.mail.Network;
import dev.postern.policy.Action;
import dev.postern.policy.Ruling;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Listeners and desks for tests. */
final class Entrances {
  static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  static final CaseId CASE = new CaseId("PN-7F3K-2QXD");

  private Entrances() {}

  static SmtpSettings settings(Set<Network> trusted, SmtpSettings.Limits limits) {
    return new SmtpSettings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        "mx.corp.example",
        "Postern loop-mark",
        trusted,
        limits);
  }

  static SmtpSettings settings(Offering offering, SmtpSettings.Limits limits) {
    SmtpSettings usual = settings(Network.LOOPBACK, limits);
    return new SmtpSettings(
        usual.listen(),
        usual.hostName(),
        usual.software(),
        usual.trusted(),
        usual.limits(),
        offering);
  }

  static SmtpSettings settings() {
    return settings(Network.LOOPBACK, limits());
  }

  static SmtpSettings.Limits limits() {
    return new SmtpSettings.Limits(1 << 20, 100, 60, 8 << 20, Duration.ofSeconds(20));
  }

  static SmtpListener listener(SmtpSettings settings, MessageSink sink) {
    SmtpListener listener = new SmtpListener(settings, sink);
    listener.start();
    return listener;
  }

  static SmtpEntrance entrance(Function<Message, Judgement> desk, NextHop nextHop) {
    return new SmtpEntrance(
        desk, nextHop, InstantSource.fixed(NOW), RandomGenerator.of("L64X128MixRandom"));
  }

  static NextHop noNextHop() {
    return (_, _, _, _) -> {
      throw new AssertionError("nothing must be sent on");
    };
  }

  static Ruling ruling(Action action, String reason) {
    return new Ruling(action, "rule", reason, "000000000000", List.of());
  }

  static Judgement pass() {
    return new Judgement.Pass(ruling(new Action.Release(), "fine"), anEvidence().build());
  }

  static RawSmtpClient client(SmtpListener listener) throws IOException {
    RawSmtpClient client = new RawSmtpClient(listener.port());
    client.reply();
    return client;
  }

  /** A desk that remembers what it was shown. */
  static final class JudgingDesk implements Function<Message, Judgement> {
    final List<Message> seen = new CopyOnWriteArrayList<>();
    private final Function<Message, Judgement> judge;

    JudgingDesk(Function<Message, Judgement> judge) {
      this.judge = judge;
    }

    @Override
    public Judgement apply(Message message) {
      seen.add(message);
      return judge.apply(message);
    }
  }
}
