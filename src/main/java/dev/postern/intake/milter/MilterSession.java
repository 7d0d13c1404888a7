package dev.postern.intake.milter;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Message;
import dev.postern.intake.InFlight;
import dev.postern.intake.MemoryBudget;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/**
 * One connection of an MTA: what it agreed on, its client of the moment, and the message that it
 * shows. Many messages, and with a connection that is used again many clients, come one after the
 * other. An abort ends a message that was not answered; it never takes an answer back.
 */
final class MilterSession {
  private final MilterSettings settings;
  private final Common common;
  private final PacketReader in;
  private final Answers answers;
  private final Macros macros = new Macros();
  private Terms terms = new Terms(0, 0, 0);
  private Client client = Client.UNKNOWN;
  private Optional<MilterTransaction> transaction = Optional.empty();

  /**
   * What all connections share.
   *
   * @param judging has messages judged
   * @param verdicts words what became of them
   * @param memory for the messages of all listeners
   * @param inFlight messages that wait for their answer
   * @param tickets makes references of holds
   */
  record Common(
      Judging judging,
      VerdictAnswer verdicts,
      MemoryBudget memory,
      InFlight inFlight,
      Tickets tickets) {}

  MilterSession(MilterSettings settings, Common common, Socket socket) throws IOException {
    this.settings = settings;
    this.common = common;
    this.in = new PacketReader(socket, settings.timing());
    this.answers = new Answers(socket.getOutputStream());
  }

  /** Serves the MTA until it has had enough. */
  void run() throws IOException {
    try {
      Optional<Packet> offer = in.next();
      if (offer.isPresent()) {
        agree(offer.get());
        boolean more = true;
        while (more) {
          Optional<Packet> packet = in.next();
          more = packet.isPresent() && goesOnAfter(packet.get());
        }
      }
    } finally {
      drop();
    }
  }

  private void agree(Packet offer) throws IOException {
    terms = Terms.of(offer);
    if (!terms.mayQuarantine() && settings.keeping() instanceof MilterSettings.Keeping.InQueue) {
      throw new ProtocolBreach("an MTA that cannot quarantine: nothing could be held there");
    }
    in.agreed();
    answers.agreed(terms).send();
  }

  /** Whether another packet follows. */
  private boolean goesOnAfter(Packet packet) throws IOException {
    switch (packet.event()) {
      case NEGOTIATE -> throw new ProtocolBreach("a second negotiation");
      case MACROS -> macros.take(packet);
      case CONNECT -> client = Client.of(packet, macros);
      case HELO -> client = client.saying(packet.text());
      case MAIL -> begin(packet);
      case RCPT -> current(packet).to(packet, macros);
      case HEADER -> current(packet).field(packet, terms);
      case END_OF_HEADER -> current(packet).endOfHeader();
      case BODY -> current(packet).body(packet.data());
      case END_OF_MESSAGE -> end(packet);
      case DATA, UNKNOWN_COMMAND -> {}
      case ABORT -> abort();
      case QUIT_AND_REUSE -> {
        abort();
        macros.clientIsGone();
        client = Client.UNKNOWN;
      }
      case QUIT -> {
        return false;
      }
    }
    answer(packet.event());
    return true;
  }

  /** Where the MTA did not agree to go on without. */
  private void answer(Event event) throws IOException {
    if (terms.awaitsAnswerTo(event)) {
      boolean enough =
          event == Event.BODY
              && terms.maySkip()
              && transaction.filter(it -> !it.wantsMore()).isPresent();
      (enough ? answers.skip() : answers.proceed()).send();
    }
  }

  private void begin(Packet mail) throws ProtocolBreach {
    drop();
    MilterTransaction begun =
        new MilterTransaction(settings, client, macros, common.memory().lease());
    transaction = Optional.of(begun);
    begun.from(mail, macros);
  }

  private MilterTransaction current(Packet packet) throws ProtocolBreach {
    return transaction.orElseThrow(() -> new ProtocolBreach(packet.event() + " before MAIL"));
  }

  private void end(Packet packet) throws IOException {
    long begun = System.nanoTime();
    MilterTransaction ended = current(packet);
    if (packet.data().length > 0) {
      ended.body(packet.data()); // the protocol lets the last part of the body come with the end
    }
    common.inFlight().begin();
    try {
      Optional<String> queueId = macros.get("i");
      HoldRef ref = common.tickets().reference(queueId.orElse(""));
      Verdict verdict = verdict(ended, ref, queueId.isPresent());
      common.verdicts().write(verdict, ended, terms, macros, answers);
      send(verdict, ref);
      common.verdicts().tell(verdict, ref, queueId.orElse(""), since(begun));
    } finally {
      macros.messageIsOver();
      common.inFlight().end();
    }
  }

  private void send(Verdict verdict, HoldRef ref) throws IOException {
    try {
      answers.send();
    } catch (IOException gone) {
      common.judging().unsent(verdict, ref);
      throw gone;
    }
  }

  private Verdict verdict(MilterTransaction ended, HoldRef ref, boolean hasQueueId)
      throws IOException {
    Optional<Verdict> atOnce = withoutJudgement(ended, hasQueueId);
    if (atOnce.isPresent()) {
      drop();
      return atOnce.get();
    }
    Message message =
        new Message(ref, ended.envelope(), ended.raw(), common.tickets().clock().instant());
    transaction = Optional.empty(); // from here on its memory is given back by whoever judges it
    return common.judging().verdict(message, ended.lease(), () -> answers.progress().send());
  }

  private Optional<Verdict> withoutJudgement(MilterTransaction ended, boolean hasQueueId) {
    if (ended.ownFields().tooMany()) {
      return Optional.of(new Verdict.Reject("too many fields that only this server may write"));
    }
    if (!ended.judged()) {
      return Optional.of(new Verdict.Unjudged());
    }
    if (common.inFlight().closing()) {
      return Optional.of(new Verdict.Trouble("Postern stops"));
    }
    // Without a queue id nobody could release it.
    return hasQueueId
        ? ended.trouble().map(Verdict.Trouble::new)
        : Optional.of(new Verdict.Trouble("the MTA told no queue id (macro i)"));
  }

  private void abort() {
    drop();
    macros.messageIsOver();
  }

  private void drop() {
    transaction.ifPresent(MilterTransaction::drop);
    transaction = Optional.empty();
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
