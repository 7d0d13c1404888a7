package dev.postern.evidence;

import dev.postern.evidence.signal.Letter;
import dev.postern.evidence.signal.Route;
import dev.postern.evidence.signal.Signals;
import dev.postern.mail.Authors;
import dev.postern.mail.Envelope;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.util.List;

/** The part of an examination that looks for signals, while the checks run. */
record SignalStage(Signals signals, Branches branches, Dns dns, Deadline by) {

  /** Reads the message and asks about its client; what does not end in time raises nothing. */
  Running start(Envelope envelope, HeaderFields header, RawMessage message) {
    return new Running(
        signals,
        branches.start(() -> Letter.of(envelope, header, message), Letter.unread(envelope)),
        branches.start(() -> Route.of(envelope, dns, by), Route.unknown()),
        branches.start(
            () -> Authors.of(header).domain().filter(signals::stranger).isPresent(), false));
  }

  /** Started, and waiting for what DMARC says of the From domain. */
  record Running(
      Signals signals,
      Branches.Branch<Letter> letter,
      Branches.Branch<Route> route,
      Branches.Branch<Boolean> stranger) {

    List<Signal> conclude(DmarcFinding dmarc) {
      return signals.of(letter.join(), dmarc, route.join(), stranger.join());
    }
  }
}
