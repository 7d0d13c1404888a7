package dev.postern.quarantine.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.GatewayReports;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.evidence.GatewayReport;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.quarantine.Coverage;
import dev.postern.quarantine.OwnReasons;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What the quarantines of Proxmox Mail Gateway hold: one hold for each recipient of a message. */
public final class ProxmoxHoldings implements Holdings {
  /** Its clock may be ahead of ours. */
  private static final Duration AHEAD = Duration.ofDays(1);

  /** Where it does not tell who the client was; it is nobody's address. */
  private static final InetAddress NOBODY = InetAddress.ofLiteral("0.0.0.0");

  private final ProxmoxStore store;
  private final GatewayReports reports;
  private final InstantSource clock;

  /**
   * Takes the way to Proxmox.
   *
   * @param reports keeps its own reasons
   */
  public ProxmoxHoldings(ProxmoxStore store, GatewayReports reports, InstantSource clock) {
    this.store = store;
    this.reports = reports;
    this.clock = clock;
  }

  @Override
  public String source() {
    return store.settings().source();
  }

  @Override
  public List<HoldRef> held() {
    Instant now = clock.instant();
    return store.listed(now.minus(store.settings().window()), now.plus(AHEAD)).stream()
        .map(entry -> new HoldRef(source(), entry.id().text()))
        .distinct()
        .toList();
  }

  @Override
  public Optional<Hold> fetch(HoldRef hold) {
    return MailId.parse(hold.id()).flatMap(id -> fetch(hold, store.api().content(id)));
  }

  private Optional<Hold> fetch(HoldRef ref, JsonNode content) {
    Optional<Hold> hold =
        Entry.of(content)
            .filter(entry -> entry.id().text().equals(ref.id()))
            .filter(entry -> store.lists(entry.id(), entry.time()))
            .map(this::hold);
    hold.flatMap(_ -> reasons(content))
        .ifPresent(report -> reports.keep(ref, report, clock.instant()));
    return hold;
  }

  /**
   * Why it is held, by rules of its own: tests of SpamAssassin, or a virus; other kinds tell none.
   */
  private Optional<GatewayReport> reasons(JsonNode content) {
    String virus = content.path("virusname").asText("");
    boolean tells = content.path("spaminfo").isArray() || !virus.isEmpty();
    return Optional.of(content)
        .filter(_ -> tells)
        .map(
            it ->
                OwnReasons.report(
                    source(),
                    virus.isEmpty() ? "quarantine" : "virus " + virus,
                    it.path("spamlevel").asDouble(),
                    it.path("spaminfo")));
  }

  private Hold hold(Entry entry) {
    EmailAddress recipient =
        EmailAddress.parse(entry.receiver())
            .orElseThrow(
                () ->
                    new MailSystemTrouble(
                        "message " + entry.id() + " has no recipient that can be shown"));
    Optional<EmailAddress> sender = EmailAddress.parse(entry.sender());
    // The null sender is nobody; a sender that cannot be read is somebody, and nothing is computed
    // as if it were nobody.
    boolean known = sender.isPresent() || entry.sender().isEmpty();
    int largest = store.settings().largest();
    Optional<Copy> whole =
        Optional.of(entry.id())
            .filter(_ -> entry.bytes() >= 0 && entry.bytes() <= largest)
            .flatMap(store.api()::download)
            .map(Copy::new)
            // With line ends as on the wire it is longer.
            .filter(copy -> copy.raw().size() <= largest);
    Copy copy = whole.orElseGet(() -> Copy.ofHeader(entry.header()));
    Optional<Copy.Client> client = copy.client();
    boolean exact = known && client.isPresent() && copy.exact(entry.bytes());
    return new Hold(
        new HoldRef(source(), entry.id().text()),
        new Envelope(
            sender,
            List.of(recipient),
            client.map(Copy.Client::address).orElse(NOBODY),
            client.map(Copy.Client::helo).orElse("")),
        whole.map(Copy::raw).filter(_ -> exact),
        MessageReader.summarise(copy.raw()),
        source() + (whole.isEmpty() ? Coverage.TOO_LARGE : ""),
        entry.time(),
        "");
  }
}
