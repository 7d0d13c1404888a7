package dev.postern.quarantine.mailcow;

import dev.postern.approval.CaseFile;
import dev.postern.approval.HoldRef;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.RemoteStore;
import java.util.List;
import java.util.Optional;

/** The quarantine of one mailcow. Safe for many threads. */
public final class MailcowStore implements RemoteStore {
  private final MailcowSettings settings;
  private final MailcowApi api;
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

  /** All rows, without their messages. */
  List<Item> listed() {
    try {
      List<Item> items = api.all();
      trouble = Optional.empty();
      return items;
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
    return listed().stream().anyMatch(item -> item.id().equals(id));
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
    return trouble;
  }

  private static ItemId id(CaseFile held) {
    return ItemId.parse(held.hold().id()).orElseThrow();
  }
}
