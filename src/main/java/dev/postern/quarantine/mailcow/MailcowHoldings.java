package dev.postern.quarantine.mailcow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.mail.RawMessage;
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
  private final InstantSource clock;

  /** As of the last list: a single row tells its time in the zone of mailcow's database. */
  private volatile Map<ItemId, Instant> created = Map.of();

  /** Takes the way to mailcow. */
  public MailcowHoldings(MailcowStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public String source() {
    return store.settings().source();
  }

  @Override
  public List<HoldRef> held() {
    created =
        store.listed().stream()
            .collect(Collectors.toUnmodifiableMap(Item::id, Item::created, (one, _) -> one));
    return created.keySet().stream().map(id -> new HoldRef(source(), id.text())).toList();
  }

  @Override
  public Optional<Hold> fetch(HoldRef hold) {
    return ItemId.parse(hold.id())
        .flatMap(
            id ->
                store
                    .api()
                    .details(id)
                    .filter(row -> Item.of(row).id().equals(id))
                    .map(row -> hold(id, row)));
  }

  private Hold hold(ItemId id, JsonNode row) {
    EmailAddress recipient =
        EmailAddress.parse(row.path("rcpt").asText(""))
            .orElseThrow(
                () -> new MailSystemTrouble("row " + id + " has no recipient that can be shown"));
    String sender = row.path("sender").asText("");
    RawMessage copy = RawMessage.of(row.path("msg").asText("").getBytes(StandardCharsets.UTF_8));
    return new Hold(
        new HoldRef(source(), id.text()),
        new Envelope(
            EmailAddress.parse(sender).filter(_ -> !sender.equals(NULL_SENDER)),
            List.of(recipient),
            client(row.path("ip").asText("")),
            ""),
        Optional.empty(),
        MessageReader.summarise(copy),
        source(),
        created.getOrDefault(id, clock.instant()),
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
