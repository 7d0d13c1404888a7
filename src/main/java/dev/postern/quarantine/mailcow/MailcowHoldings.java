package dev.postern.quarantine.mailcow;

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
import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.Coverage;
import dev.postern.quarantine.OwnReasons;
import dev.postern.quarantine.mailcow.MailcowApi.Details;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What mailcow's quarantine holds: one hold for each row, which is one recipient's. The message in
 * a row is never examined: mailcow has written what is not ASCII in it as HTML entities, and what
 * it got from its spam filter had lost the folding of its fields, so every signature would seem
 * broken.
 */
public final class MailcowHoldings implements Holdings {
  /** What mailcow writes for the null sender. */
  private static final String NULL_SENDER = "empty-env-from@localhost";

  /** Where it does not know the client; it is nobody's address. */
  private static final InetAddress NOBODY = InetAddress.ofLiteral("0.0.0.0");

  private final MailcowStore store;
  private final GatewayReports reports;
  private final InstantSource clock;

  /** As of the last list: a single row tells its time in the zone of mailcow's database. */
  private volatile Map<ItemId, Item> listed = Map.of();

  /**
   * Takes the way to mailcow.
   *
   * @param reports keeps its own reasons
   */
  public MailcowHoldings(MailcowStore store, GatewayReports reports, InstantSource clock) {
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
    listed =
        store.listed().stream()
            .collect(Collectors.toUnmodifiableMap(Item::id, item -> item, (one, _) -> one));
    return listed.keySet().stream().map(id -> new HoldRef(source(), id.text())).toList();
  }

  @Override
  public Optional<Hold> fetch(HoldRef hold) {
    return ItemId.parse(hold.id()).flatMap(this::fetch);
  }

  private Optional<Hold> fetch(ItemId id) {
    return switch (store.api().details(id)) {
      case Details.Row(JsonNode row) ->
          Item.of(row)
              .filter(item -> item.id().equals(id))
              .map(
                  item -> {
                    Hold hold = hold(item, row);
                    reports.keep(hold.ref(), reasons(row), clock.instant());
                    return hold;
                  });
      // The list has told what a card needs.
      case Details.TooLarge _ ->
          Optional.of(
              hold(
                  Optional.ofNullable(listed.get(id))
                      .orElseThrow(
                          () -> new MailSystemTrouble("row " + id + " was not listed so far"))));
      case Details.None _ -> Optional.empty();
    };
  }

  /** Its spam filter's symbols, which stand in the row as a text. */
  private GatewayReport reasons(JsonNode row) {
    JsonNode symbols = row.path("symbols");
    return OwnReasons.report(
        source(),
        row.path("action").asText(""),
        row.path("score").asDouble(),
        symbols.isTextual() ? MailcowApi.json(symbols.asText()) : symbols);
  }

  private Hold hold(Item item, JsonNode row) {
    RawMessage copy = RawMessage.of(row.path("msg").asText("").getBytes(StandardCharsets.UTF_8));
    return hold(item, client(row.path("ip").asText("")), MessageReader.summarise(copy), source());
  }

  private Hold hold(Item item) {
    MessageSummary summary =
        new MessageSummary(item.sender(), "", "", item.subject(), "", "", 0, List.of(), List.of());
    return hold(item, NOBODY, summary, source() + Coverage.TOO_LARGE);
  }

  private Hold hold(Item item, InetAddress client, MessageSummary summary, String gateway) {
    EmailAddress recipient =
        EmailAddress.parse(item.recipient())
            .orElseThrow(
                () ->
                    new MailSystemTrouble(
                        "row " + item.id() + " has no recipient that can be shown"));
    Optional<EmailAddress> sender =
        EmailAddress.parse(item.sender()).filter(_ -> !item.sender().equals(NULL_SENDER));
    Instant created =
        Optional.ofNullable(listed.get(item.id())).map(Item::created).orElseGet(clock::instant);
    return new Hold(
        new HoldRef(source(), item.id().text()),
        new Envelope(sender, List.of(recipient), client, ""),
        Optional.empty(),
        summary,
        gateway,
        created,
        "");
  }

  private static InetAddress client(String ip) {
    try {
      return InetAddress.ofLiteral(ip);
    } catch (IllegalArgumentException unknown) {
      return NOBODY;
    }
  }
}
