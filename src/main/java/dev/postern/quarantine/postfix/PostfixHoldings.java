package dev.postern.quarantine.postfix;

import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.mail.RawMessage;
import java.util.List;
import java.util.Optional;

/** What is on Postfix's hold queue, whoever put it there. */
public final class PostfixHoldings implements Holdings {
  private final PostfixParts parts;

  /** Takes the ways to Postfix. */
  public PostfixHoldings(PostfixParts parts) {
    this.parts = parts;
  }

  @Override
  public String source() {
    return parts.settings().source();
  }

  @Override
  public List<HoldRef> held() {
    return parts.queue().held().stream()
        .map(entry -> new HoldRef(source(), entry.id().text()))
        .toList();
  }

  @Override
  public Optional<Hold> fetch(HoldRef hold) {
    return QueueId.parse(hold.id()).flatMap(id -> copied(id).map(it -> of(id, it)));
  }

  private Optional<QueueFile> copied(QueueId id) {
    try {
      return parts.verbs().copy(id, parts.settings().largest());
    } catch (MailSystemTrouble unreadable) {
      // Postfix says of what went meanwhile that it cannot be read.
      if (parts.queue().find(id).filter(QueueEntry::held).isPresent()) {
        throw unreadable;
      }
      return Optional.empty();
    }
  }

  private Hold of(QueueId id, QueueFile file) {
    List<EmailAddress> recipients =
        file.recipients().stream().map(QueueFile.Recipient::address).distinct().toList();
    if (recipients.isEmpty()) {
      throw new MailSystemTrouble("message " + id + " has no recipient that can be shown");
    }
    RawMessage raw = file.asReceived(id);
    Optional<EmailAddress> sender = EmailAddress.parse(file.sender());
    // The null sender is nobody; a sender that cannot be read is somebody, and nothing is computed
    // as if it were nobody.
    boolean known = sender.isPresent() || file.sender().isEmpty();
    Envelope envelope =
        new Envelope(sender, recipients, file.client(), file.helo()).withSender(file.sender());
    return new Hold(
        new HoldRef(source(), id.text()),
        envelope,
        Optional.of(raw).filter(_ -> file.whole() && known),
        MessageReader.summarise(raw),
        source(),
        id.made(),
        "");
  }
}
