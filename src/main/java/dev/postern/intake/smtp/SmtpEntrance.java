package dev.postern.intake.smtp;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Judgement;
import dev.postern.approval.Mandate;
import dev.postern.approval.Message;
import dev.postern.approval.NextHop;
import dev.postern.approval.Outcome;
import dev.postern.intake.SmtpReply;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in by SMTP: has each message judged while its client waits. A pass is handed to the next
 * hop within the same DATA, a reject is 550, a hold is 250 once it is durable, and any trouble is
 * 451, so that the client keeps the message. Octets are never changed and no field is added.
 */
public final class SmtpEntrance implements MessageSink {
  /** The source of holds that come in here. */
  public static final String SOURCE = "smtp";

  private static final Logger log = LoggerFactory.getLogger(SmtpEntrance.class);
  private static final int ID_OCTETS = 16;

  private final Function<Message, Judgement> judge;
  private final NextHop nextHop;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final PartDelivered partDelivered = new PartDelivered();

  /**
   * Wires the way in.
   *
   * @param judge the desk: what it holds is durable when it returns
   * @param random cryptographic, since hold ids must not be guessed
   */
  public SmtpEntrance(
      Function<Message, Judgement> judge,
      NextHop nextHop,
      InstantSource clock,
      RandomGenerator random) {
    this.judge = judge;
    this.nextHop = nextHop;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public SmtpReply take(Envelope envelope, RawMessage raw) {
    Set<EmailAddress> have = partDelivered.of(envelope, raw);
    List<EmailAddress> missing = new ArrayList<>(envelope.recipients());
    missing.removeAll(have);
    if (missing.isEmpty()) {
      return new SmtpReply(250, "2.0.0 every recipient got it at an earlier attempt");
    }
    return judged(envelope.to(missing), raw, _ -> List.of(handOn(envelope, missing, raw)))
        .getFirst();
  }

  @Override
  public List<SmtpReply> takeForEach(Envelope envelope, RawMessage raw) {
    return judged(envelope, raw, passed -> handOnForEach(passed, raw));
  }

  /** What is passed is answered by {@code pass}; everything else has the same reply for all. */
  private List<SmtpReply> judged(
      Envelope envelope, RawMessage raw, Function<Envelope, List<SmtpReply>> pass) {
    HoldRef ref = new HoldRef(SOURCE, id());
    Judgement judgement = judge.apply(new Message(ref, envelope, raw, clock.instant()));
    List<SmtpReply> replies =
        switch (judgement) {
          case Judgement.Pass _ -> pass.apply(envelope);
          case Judgement.Reject(var ruling) ->
              forAll(envelope, new SmtpReply(550, "5.7.1 " + ruling.refusal()));
          case Judgement.Held(var caseId, _, _) ->
              forAll(envelope, new SmtpReply(250, "2.0.0 held for approval as " + caseId));
        };
    log.info(
        "smtp message judged event=smtp.judged hold={} judgement={} reply={} size={} grant={}",
        ref.id(),
        word(judgement),
        codes(replies),
        raw.size(),
        judgement instanceof Judgement.Pass(var ruling, _)
            ? ruling.notes().granted().map(it -> it.id().text()).orElse("")
            : "");
    return replies;
  }

  private static String codes(List<SmtpReply> replies) {
    return replies.stream()
        .map(reply -> String.valueOf(reply.code()))
        .distinct()
        .collect(Collectors.joining(","));
  }

  private static List<SmtpReply> forAll(Envelope envelope, SmtpReply reply) {
    return Collections.nCopies(envelope.recipients().size(), reply);
  }

  /** Each recipient gets the next hop's reply to it: the client keeps whom it has to try again. */
  private List<SmtpReply> handOnForEach(Envelope envelope, RawMessage raw) {
    Outcome outcome =
        nextHop.send(envelope, envelope.recipients(), raw, Mandate.ofThisConnection());
    return envelope.recipients().stream()
        .map(outcome::onlyFor)
        .map(PassReply::of)
        .map(PassReply::reply)
        .toList();
  }

  private SmtpReply handOn(Envelope envelope, List<EmailAddress> to, RawMessage raw) {
    Outcome outcome = nextHop.send(envelope, to, raw, Mandate.ofThisConnection());
    PassReply reply = PassReply.of(outcome);
    if (reply.retry() && !reply.delivered().isEmpty()) {
      partDelivered.add(envelope, raw, reply.delivered());
    }
    if (!reply.undelivered().isEmpty() && !reply.clientKnows()) {
      log.warn(
          "smtp next hop refused it for some recipients, and nobody will retry: tell them"
              + " event=smtp.part-refused delivered={} refused={}",
          reply.delivered(),
          reply.undelivered());
    }
    return reply.reply();
  }

  private static String word(Judgement judgement) {
    return switch (judgement) {
      case Judgement.Pass _ -> "pass";
      case Judgement.Reject _ -> "reject";
      case Judgement.Held _ -> "held";
    };
  }

  private String id() {
    byte[] bits = new byte[ID_OCTETS];
    random.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }
}
