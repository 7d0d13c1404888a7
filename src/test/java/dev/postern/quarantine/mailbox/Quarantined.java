package dev.postern.quarantine.mailbox;

import static dev.postern.approval.CaseBuilder.aCase;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Hold;
import dev.postern.approval.Outcome;
import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.NextHopSettings;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Messages as a server delivers them to a quarantine mailbox, and cases about them. */
final class Quarantined {
  static final String CONTENT =
      "From: Ben <ben@partner.example>\r\nMessage-ID: <order-1@partner.example>\r\nSubject:  two"
          + "  blanks\r\n\tfolded\r\n\r\n.dot\r\n\u00e9 trailing \r\n";

  private Quarantined() {}

  /** A message with what the delivering server wrote above it. */
  static String to(String recipients) {
    return """
    Return-Path: <ben@partner.example>
    Delivered-To: quarantine@corp.example
    X-Envelope-From: <ben@partner.example>
    X-Envelope-To: %s
    Received: from filter.corp.example (localhost [127.0.0.1])
    \tby mx.corp.example (Postfix) with ESMTP id 1
    Received: from mail.partner.example (mail.partner.example [192.0.2.50])
    \tby mx.corp.example (Postfix) with ESMTP id 2
    X-Envelope-To: <forged@corp.example>
    """
            .formatted(recipients)
            .replace("\n", "\r\n")
        + CONTENT;
  }

  static MailboxSettings.Fields fields() {
    return new MailboxSettings.Fields(
        List.of("X-Envelope-From", "Return-Path"),
        List.of("X-Envelope-To", "X-Original-To", "Delivered-To"),
        EmailAddress.parse("quarantine@corp.example"),
        InetAddress::isLoopbackAddress);
  }

  static MailboxSettings settings(
      MailboxSettings.Place place, Optional<String> discarded, int nextHop) {
    return new MailboxSettings(
        "quarantine",
        place,
        new MailboxSettings.Folders("INBOX", "Released", discarded),
        fields(),
        Optional.of(nextHop)
            .filter(port -> port > 0)
            .map(
                port ->
                    new NextHopSettings(
                        "127.0.0.1", port, "postern.example", "", NextHopSettings.Timing.usual())),
        1 << 20);
  }

  static CaseFile undecided(Hold hold) {
    return of(hold, aCase().build(), Optional.empty());
  }

  static CaseFile decided(Hold hold, Choice choice) {
    return of(hold, aCase().decided(choice).build(), Optional.empty());
  }

  static CaseFile decided(Hold hold, Choice choice, Outcome earlier) {
    return of(hold, aCase().decided(choice).build(), Optional.of(earlier));
  }

  private static CaseFile of(Hold hold, CaseFile it, Optional<Outcome> outcome) {
    return new CaseFile(
        it.id(),
        it.state(),
        it.version(),
        hold.ref(),
        hold.gateway(),
        hold.receivedAt(),
        hold.envelope(),
        hold.summary(),
        hold.raw().isPresent(),
        it.evidence(),
        it.digest(),
        it.ruling(),
        it.stage(),
        it.votes(),
        it.decision(),
        outcome,
        "",
        "",
        it.changedAt(),
        Optional.empty(),
        Optional.empty());
  }
}
