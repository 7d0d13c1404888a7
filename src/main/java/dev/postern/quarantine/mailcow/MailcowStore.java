package dev.postern.quarantine.mailcow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.CaseFile;
import dev.postern.approval.HoldRef;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.Coverage;
import dev.postern.quarantine.JsonRows;
import dev.postern.quarantine.RemoteStore;
import java.util.List;
import java.util.Optional;

/** The quarantine of one mailcow. Safe for many threads. */
public final class MailcowStore implements RemoteStore {
  private final MailcowSettings settings;
  private final MailcowApi api;
  private final Coverage coverage = new Coverage("mailcow");
  private volatile Optional<String> trouble = Optional.empty();

  /** Takes the settings; nothing is asked yet. */
  public MailcowStore(MailcowSettings settings) {
    this.settings = settings;
    this.api = new MailcowApi(settings);
  }

  MailcowSettings settings() {
    return settings;
  }

  MailcowApi api() {
    return api;
  }

  /** Rows without their messages, as far as they are read at once. */
  List<Item> listed() {
    return listing().rows().stream().flatMap(Optional::stream).toList();
  }

  private JsonRows.Listed<Optional<Item>> listing() {
    try {
      JsonRows.Listed<Optional<Item>> listed = api.all();
      trouble = Optional.empty();
      coverage.seen(listed.whole(), listed.rows().stream().filter(Optional::isEmpty).count());
      return listed;
    } catch (MailSystemTrouble now) {
      trouble = Optional.of(now.words());
      throw now;
    }
  }

  @Override
  public String name() {
    return "mailcow";
  }

  @Override
  public boolean knows(HoldRef hold) {
    return ItemId.parse(hold.id()).isPresent();
  }

  @Override
  public boolean holds(CaseFile held) {
    ItemId id = id(held);
    JsonRows.Listed<Optional<Item>> listed = listing();
    boolean seen =
        listed.rows().stream().flatMap(Optional::stream).anyMatch(item -> item.id().equals(id));
    return seen || (!listed.whole() && isThere(id));
  }

  /** A row that may be behind the end of what was read is asked for itself. */
  private boolean isThere(ItemId id) {
    return switch (api.details(id)) {
      case MailcowApi.Details.Row(JsonNode row) ->
          Item.of(row).filter(it -> it.id().equals(id)).isPresent();
      case MailcowApi.Details.TooLarge _ ->
          throw new MailSystemTrouble("row " + id + " is behind the end of what is listed");
      case MailcowApi.Details.None _ -> false;
    };
  }

  @Override
  public Deed release(CaseFile held) {
    return api.release(id(held));
  }

  @Override
  public Deed delete(CaseFile held) {
    return api.delete(id(held));
  }

  /** As of when it was last asked; a key that cannot write shows when it has to. */
  @Override
  public Optional<String> trouble() {
    return trouble.or(coverage::trouble);
  }

  private static ItemId id(CaseFile held) {
    return ItemId.parse(held.hold().id()).orElseThrow();
  }
}
