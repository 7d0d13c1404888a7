package dev.postern.intake.mtahooks;

import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.approval.CaseId;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.intake.mtahooks.FakeStalwart.Took;
import dev.postern.intake.mtahooks.MtaHooksSettings.OnTrouble;
import dev.postern.mail.Network;
import dev.postern.policy.Action;
import dev.postern.policy.Ruling;
import io.javalin.Javalin;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** A hook of ours, and the stand-in of a Stalwart that asks it. */
abstract class HookedMail {
  static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  static final String SECRET = "the-secret-of-the-hook";
  static final int LARGEST = 100_000;
  static final List<String> LEE = List.of("lee@corp.example");
  static final String QUEUED = "250 2.0.0 Message queued for delivery.";
  static final String LATER = "451 4.7.1 cannot be looked at now, try again later";
  static final byte[] MESSAGE =
      message(
          """
          From: Ben <ben@partner.example>
          Subject:  f\u00fcr
           dich

          Gr\u00fc\u00dfe
          .
          """
              .replace("\n", "\r\n"),
          UTF_8);

  final List<Message> seen = new CopyOnWriteArrayList<>();
  final LinkedBlockingQueue<HoldRef> withdrawn = new LinkedBlockingQueue<>();

  final List<String> counted = new CopyOnWriteArrayList<>();
  Duration patience = Duration.ofSeconds(2);
  Optional<String> authservId = Optional.empty();

  @SuppressWarnings("NullAway.Init")
  MtaHooksEndpoint endpoint;

  @SuppressWarnings("NullAway.Init")
  Javalin server;

  @SuppressWarnings("NullAway.Init")
  FakeStalwart stalwart;

  static byte[] message(String text, Charset charset) {
    return text.getBytes(charset);
  }

  void start(OnTrouble onTrouble, Function<Message, Judgement> judge) {
    MtaHooksSettings settings =
        new MtaHooksSettings(
            "postern",
            SECRET,
            onTrouble,
            new MtaHooksSettings.Scope(
                false, Set.of(Network.parse("10.0.0.0/8").orElseThrow()), Optional.of(10026)),
            authservId,
            new MtaHooksSettings.Limits(LARGEST, 10, 10 * LARGEST),
            patience);
    MtaHooksDesk desk =
        new MtaHooksDesk(
            message -> {
              seen.add(message);
              return judge.apply(message);
            },
            withdrawn::add);
    endpoint =
        new MtaHooksEndpoint(
            desk,
            settings,
            (verdict, _) -> counted.add(verdict),
            InstantSource.fixed(NOW),
            new Random(7));
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  endpoint.register(config.routes);
                })
            .start("127.0.0.1", 0);
    stalwart = new FakeStalwart(hook(), "postern", SECRET);
  }

  URI hook() {
    return URI.create("http://127.0.0.1:" + server.port() + MtaHooksEndpoint.PATH);
  }

  @AfterEach
  void stop() {
    stalwart.close();
    server.stop();
  }

  static Judgement pass(Message message) {
    return new Judgement.Pass(ruling(new Action.Release()), anEvidence().build());
  }

  static Judgement held(Message message) {
    return new Judgement.Held(new CaseId("PN-7F3K-2QXD"), false, anEvidence().build());
  }

  static Judgement reject(Message message) {
    return new Judgement.Reject(ruling(new Action.Discard()));
  }

  static Ruling ruling(Action action) {
    return new Ruling(action, "rule", "no\r\nthanks", "no\r\nthanks", List.of());
  }

  Took take() {
    return stalwart.take("Ben@Partner.example", LEE, MESSAGE);
  }
}
