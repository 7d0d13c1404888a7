package dev.postern.quarantine.m365;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.Arrival;
import dev.postern.quarantine.Coverage;
import dev.postern.quarantine.JsonMail;
import dev.postern.quarantine.m365.Cmdlets.Brief;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is in the quarantine of an organisation and waits for somebody. */
public final class M365Holdings implements Holdings {
  private static final String EDGE = ".mail.protection.outlook.com";
  private static final String INSIDE = ".outlook.com";
  private static final int MOST_ATTACHMENTS = 50;

  private final M365Parts parts;

  /** Takes the way to the organisation. */
  public M365Holdings(M365Parts parts) {
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
    Said.Rows<Brief> listed = parts.cmdlets().kept(parts.clock().instant());
    List<Brief> waiting = listed.rows().stream().filter(Brief::waits).toList();
    long unreadable = waiting.stream().filter(one -> one.identity().isEmpty()).count();
    parts.coverage().seen(listed.whole(), unreadable);
    return waiting.stream()
        .flatMap(one -> one.identity().stream())
        .distinct()
        .map(id -> new HoldRef(source(), id.text()))
        .toList();
  }

  @Override
  public Optional<Hold> fetch(HoldRef hold) {
    return MessageIdentity.parse(hold.id())
        .flatMap(
            id -> parts.cmdlets().find(id).filter(M365Holdings::waits).map(row -> of(id, row)));
  }

  /** A list does not tell who has it, so what anybody has is no new case. */
  private static boolean waits(Row row) {
    return !row.deleted() && !row.touched();
  }

  private Hold of(MessageIdentity id, Row row) {
    List<EmailAddress> recipients = row.waiting();
    if (recipients.isEmpty()) {
      throw new MailSystemTrouble("message " + id + " has no recipient that can be shown");
    }
    boolean fits = row.size() <= parts.settings().largest();
    Optional<JsonMail.Mail> export = fits ? parts.cmdlets().export(id) : Optional.empty();
    boolean tooLarge = !fits || export.filter(JsonMail.Mail::tooLarge).isPresent();
    Optional<RawMessage> raw = export.flatMap(JsonMail.Mail::message);
    Optional<Arrival> arrival = raw.flatMap(M365Holdings::arrival);
    Optional<EmailAddress> sender =
        arrival.flatMap(Arrival::mailFrom).or(() -> EmailAddress.parse(row.text("SenderAddress")));
    // A sender that cannot be read is somebody: nothing is computed as if it were nobody.
    boolean known = sender.isPresent() || arrival.flatMap(Arrival::returnPath).isPresent();
    Envelope envelope =
        new Envelope(
            sender,
            recipients,
            arrival.map(Arrival::client).orElseGet(InetAddress::getLoopbackAddress),
            arrival.map(Arrival::helo).orElse(""));
    return new Hold(
        new HoldRef(source(), id.text()),
        envelope,
        raw.filter(_ -> arrival.isPresent() && known),
        raw.map(MessageReader::summarise).orElseGet(() -> seen(id, row)),
        gateway(row, tooLarge),
        row.received().orElseGet(parts.clock()::instant),
        "");
  }

  private static Optional<Arrival> arrival(RawMessage raw) {
    return Arrival.read(raw, host -> ends(host, EDGE), host -> ends(host, INSIDE));
  }

  private static boolean ends(String host, String with) {
    return host.toLowerCase(Locale.ROOT).endsWith(with);
  }

  /** Who held it and why, and whether a recipient asks for it. */
  private String gateway(Row row, boolean tooLarge) {
    String why =
        Stream.of("Type", "PolicyName")
            .map(row::text)
            .map(text -> text.replaceAll("[^\\p{L}\\p{N} ._-]", "").strip())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    String asked = row.status() == Row.Status.REQUESTED ? "; a recipient asks for its release" : "";
    // The whole of it has 200 characters at most, and so has its column.
    String bounded = why.substring(0, Math.min(why.length(), 50));
    return source()
        + (tooLarge ? Coverage.TOO_LARGE : "")
        + (bounded.isEmpty() ? "" : " (" + bounded + ")")
        + asked;
  }

  /** What the list and the preview say, where the octets are not given. */
  private MessageSummary seen(MessageIdentity id, Row row) {
    Optional<JsonNode> preview = parts.cmdlets().preview(id);
    List<MessageSummary.Attachment> attachments = new ArrayList<>();
    preview.ifPresent(
        it ->
            it.path("Attachment")
                .forEach(
                    one -> {
                      if (attachments.size() < MOST_ATTACHMENTS) {
                        attachments.add(
                            new MessageSummary.Attachment(bounded(one.asText("")), "", 0));
                      }
                    }));
    String from =
        preview
            .map(it -> bounded(it.path("SenderAddress").asText("")))
            .filter(text -> !text.isEmpty())
            .orElse(row.text("SenderAddress"));
    return new MessageSummary(
        from,
        "",
        "",
        row.text("Subject"),
        row.text("MessageId"),
        row.text("ReceivedTime"),
        row.size(),
        attachments,
        List.of());
  }

  private static String bounded(String text) {
    return text.length() > 1000 ? text.substring(0, 1000) : text;
  }
}
