package dev.postern.quarantine.proxmox;

import dev.postern.approval.CaseFile;
import dev.postern.approval.HoldRef;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.Coverage;
import dev.postern.quarantine.JsonRows;
import dev.postern.quarantine.ListEntry;
import dev.postern.quarantine.RemoteStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The quarantines of one Proxmox Mail Gateway. Safe for many threads. */
public final class ProxmoxStore implements RemoteStore {
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private final ProxmoxSettings settings;
  private final ProxmoxApi api;
  private final Coverage coverage = new Coverage("Proxmox");
  private volatile Optional<String> trouble = Optional.empty();

  /** Takes the settings; nothing is asked yet. */
  public ProxmoxStore(ProxmoxSettings settings) {
    this.settings = settings;
    this.api = new ProxmoxApi(settings);
  }

  ProxmoxSettings settings() {
    return settings;
  }

  ProxmoxApi api() {
    return api;
  }

  /** Entries of all kinds that are followed, as far as they are read at once. */
  List<Entry> listed(Instant from, Instant before) {
    Listing listing = listing(from, before);
    coverage.seen(listing.whole(), listing.unreadable());
    return listing.entries();
  }

  private record Listing(List<Entry> entries, boolean whole, long unreadable) {}

  private Listing listing(Instant from, Instant before) {
    try {
      List<JsonRows.Listed<Optional<Entry>>> kinds =
          settings.kinds().stream().map(kind -> api.list(kind, from, before)).toList();
      trouble = Optional.empty();
      List<Optional<Entry>> rows = kinds.stream().flatMap(kind -> kind.rows().stream()).toList();
      return new Listing(
          rows.stream().flatMap(Optional::stream).toList(),
          kinds.stream().allMatch(JsonRows.Listed::whole),
          rows.stream().filter(Optional::isEmpty).count());
    } catch (MailSystemTrouble now) {
      trouble = Optional.of(now.words());
      throw now;
    }
  }

  /**
   * Whether an entry is listed. Proxmox lists what is neither sent on nor deleted; it does not tell
   * these two apart, and answers a release of either with success.
   *
   * @param time when its message was taken
   * @throws MailSystemTrouble also when it may be behind the end of what was read
   */
  boolean lists(MailId id, Instant time) {
    Listing listing = listing(time.minus(LEEWAY), time.plus(LEEWAY));
    boolean listed = listing.entries().stream().anyMatch(entry -> entry.id().equals(id));
    if (!listed && !listing.whole()) {
      throw new MailSystemTrouble("Proxmox lists more of that minute than is read at once");
    }
    return listed;
  }

  @Override
  public String name() {
    return "Proxmox";
  }

  @Override
  public boolean knows(HoldRef hold) {
    return MailId.parse(hold.id()).isPresent();
  }

  @Override
  public boolean holds(CaseFile held) {
    return lists(id(held), held.receivedAt());
  }

  @Override
  public Deed release(CaseFile held) {
    return api.act(id(held), "deliver");
  }

  @Override
  public Deed delete(CaseFile held) {
    return api.act(id(held), "delete");
  }

  /** The lists of one recipient, which each also finds in their quarantine page. */
  @Override
  public Optional<String> listing(ListEntry entry) {
    return Optional.of(
        "pmgsh create /quarantine/%s --pmail %s --address %s"
            .formatted(
                entry.blocks() ? "blocklist" : "welcomelist", entry.recipient(), entry.sender()));
  }

  /** As of when it was last asked. */
  @Override
  public Optional<String> trouble() {
    return trouble.or(api.login()::trouble).or(coverage::trouble);
  }

  private static MailId id(CaseFile held) {
    return MailId.parse(held.hold().id()).orElseThrow();
  }
}
