package dev.postern.quarantine.google;

import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.Arrival;
import dev.postern.quarantine.Coverage;
import dev.postern.quarantine.JsonMail;
import dev.postern.quarantine.google.QuarantineApi.Brief;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Incoming mail in the admin quarantine that waits for somebody; each mailbox has its own. */
public final class GoogleHoldings implements Holdings {
  private static final String EDGE = "mx.google.com";

  /** Hosts within Google write their address only. */
  private static final String INSIDE = "2002:a";

  private static final MessageSummary NOTHING =
      new MessageSummary("", "", "", "", "", "", 0, List.of(), List.of());

  private final GoogleParts parts;

  /** Takes the way to the Workspace. */
  public GoogleHoldings(GoogleParts parts) {
    this.parts = parts;
  }

  @Override
  public String source() {
    return parts.settings().source();
  }

  @Override
  public Duration pace() {
    return parts.settings().poll();
  }

  @Override
  public List<HoldRef> held() {
    QuarantineApi.Waiting listed = parts.api().waiting();
    List<Brief> waiting =
        listed.rows().stream().filter(one -> one.state() == Kept.State.PENDING_TRIAGE).toList();
    long unreadable = waiting.stream().filter(one -> one.name().isEmpty()).count();
    parts.coverage().seen(listed.whole(), unreadable);
    return waiting.stream()
        .flatMap(one -> one.name().stream())
        .distinct()
        .map(name -> new HoldRef(source(), name.toString()))
        .toList();
  }

  @Override
  public Optional<Hold> fetch(HoldRef hold) {
    return MessageName.parse(hold.id())
        .flatMap(
            name ->
                parts
                    .api()
                    .find(name)
                    .filter(one -> one.state() == Kept.State.PENDING_TRIAGE)
                    .map(one -> of(name, one)));
  }

  private Hold of(MessageName name, Kept one) {
    Optional<JsonMail.Mail> mail = parts.api().raw(name);
    boolean tooLarge = mail.filter(JsonMail.Mail::tooLarge).isPresent();
    Optional<RawMessage> raw = mail.flatMap(JsonMail.Mail::message);
    Optional<Arrival> arrival =
        raw.flatMap(it -> Arrival.read(it, EDGE::equals, host -> host.startsWith(INSIDE)));
    Optional<EmailAddress> sender = arrival.flatMap(Arrival::mailFrom);
    // The API does not tell the sender of the envelope; where Gmail's own field does not either,
    // nothing is computed as if it were nobody.
    boolean known = arrival.flatMap(Arrival::returnPath).isPresent();
    Envelope envelope =
        new Envelope(
            sender,
            List.of(name.owner()),
            arrival.map(Arrival::client).orElseGet(InetAddress::getLoopbackAddress),
            arrival.map(Arrival::helo).orElse(""));
    return new Hold(
        new HoldRef(source(), name.toString()),
        envelope,
        raw.filter(_ -> known),
        raw.map(MessageReader::summarise).orElse(NOTHING),
        gateway(one, tooLarge),
        one.received().orElseGet(parts.clock()::instant),
        "");
  }

  private String gateway(Kept one, boolean tooLarge) {
    String rule = one.rule().replaceAll("[^\\p{L}\\p{N} ._-]", "").strip();
    String bounded = rule.length() > 90 ? rule.substring(0, 90) : rule;
    String said = source() + (tooLarge ? Coverage.TOO_LARGE : "");
    return bounded.isEmpty() ? said : said + " (" + bounded + ")";
  }
}
