package dev.postern.quarantine.exim;

import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.CrlfContent;
import dev.postern.quarantine.TraceField;
import java.util.List;
import java.util.Optional;

/** What Exim has frozen, whoever had it do so. */
public final class EximHoldings implements Holdings {
  private final EximParts parts;

  /** Takes the ways to Exim. */
  public EximHoldings(EximParts parts) {
    this.parts = parts;
  }

  @Override
  public String source() {
    return parts.settings().source();
  }

  @Override
  public List<HoldRef> held() {
    return parts.verbs().frozen().stream().map(id -> new HoldRef(source(), id.text())).toList();
  }

  @Override
  public Optional<Hold> fetch(HoldRef hold) {
    return EximId.parse(hold.id()).flatMap(this::fetch);
  }

  private Optional<Hold> fetch(EximId id) {
    return parts
        .verbs()
        .look(id)
        .filter(Spooled::frozen)
        .flatMap(
            it ->
                parts
                    .verbs()
                    .copy(id, parts.settings().largest())
                    .map(content -> of(id, it, content)));
  }

  private Hold of(EximId id, Spooled it, CrlfContent content) {
    List<EmailAddress> recipients =
        it.recipients().stream()
            .filter(one -> !it.done().contains(one))
            .flatMap(one -> EmailAddress.parse(one).stream())
            .distinct()
            .toList();
    if (recipients.isEmpty()) {
      throw new MailSystemTrouble("message " + id + " has no recipient that can be shown");
    }
    RawMessage raw = TraceField.without(content.message(), id.text());
    Optional<EmailAddress> sender = EmailAddress.parse(it.sender());
    // The null sender is nobody; a sender that cannot be read is somebody, and nothing is computed
    // as if it were nobody.
    boolean known = sender.isPresent() || it.sender().isEmpty();
    return new Hold(
        new HoldRef(source(), id.text()),
        new Envelope(sender, recipients, it.client(), it.helo()).withSender(it.sender()),
        Optional.of(raw).filter(_ -> content.whole() && known),
        MessageReader.summarise(raw),
        source(),
        it.received(),
        "");
  }
}
