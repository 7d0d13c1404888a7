package dev.postern.quarantine.mailbox;

import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What lies in the quarantine folder, whoever put it there. */
public final class MailboxHoldings implements Holdings {
  /** As the milter says it of a client that nobody knows. */
  private static final InetAddress NOBODY_KNOWS = InetAddress.ofLiteral("0.0.0.0");

  private final MailboxParts parts;

  /** Takes the ways to the mailbox. */
  public MailboxHoldings(MailboxParts parts) {
    this.parts = parts;
  }

  @Override
  public String source() {
    return parts.settings().source();
  }

  @Override
  public List<HoldRef> held() {
    return parts.box().ids().stream().map(id -> new HoldRef(source(), id)).toList();
  }

  @Override
  public Optional<Hold> fetch(HoldRef hold) {
    Box box = parts.box();
    if (parts.reinjects() && box.place(hold.id()) == Box.Place.MARKED) {
      throw new MailSystemTrouble(
          "message "
              + hold.id()
              + " is marked as sent, or about to be: move it to "
              + parts.settings().folders().released()
              + " by hand, or take the mark away (docs/mail/mailbox.md)");
    }
    return box.read(hold.id(), parts.settings().largest()).map(letter -> of(hold, letter));
  }

  @Override
  public Optional<RawMessage> octets(HoldRef hold) {
    return parts.box().read(hold.id(), parts.settings().largest()).map(Box.Letter::raw);
  }

  /** Computed is only what an envelope is known for: else the gateway is said to report it. */
  private Hold of(HoldRef ref, Box.Letter letter) {
    Wrapping wrapping = Wrapping.of(letter.raw(), parts.settings().fields());
    boolean known = letter.whole() && wrapping.senderTold() && wrapping.origin().isPresent();
    Envelope envelope =
        new Envelope(
                wrapping.sender(),
                recipients(ref, wrapping),
                wrapping.origin().map(Origin::client).orElse(NOBODY_KNOWS),
                wrapping.origin().map(Origin::helo).orElse(""))
            .withSender(wrapping.senderTold() ? "" : "not told by the mailbox");
    return new Hold(
        ref,
        envelope,
        Optional.of(letter.raw()).filter(_ -> known),
        MessageReader.summarise(letter.raw()),
        source(),
        letter.at(),
        "");
  }

  private List<EmailAddress> recipients(HoldRef ref, Wrapping wrapping) {
    if (wrapping.recipients().size() > Wrapping.MOST_RECIPIENTS) {
      throw new MailSystemTrouble(
          "message "
              + ref.id()
              + " is for more than "
              + Wrapping.MOST_RECIPIENTS
              + " recipients: decide about it by hand");
    }
    if (!wrapping.recipients().isEmpty()) {
      return wrapping.recipients();
    }
    return parts
        .settings()
        .fields()
        .own()
        .map(List::of)
        .orElseThrow(
            () ->
                new MailSystemTrouble(
                    "message "
                        + ref.id()
                        + " does not say above its first foreign Received field whom it is for: set"
                        + " mail.mailbox.recipient-fields to what the delivering server writes, or"
                        + " mail.mailbox.address to have it shown as for the mailbox itself"));
  }
}
