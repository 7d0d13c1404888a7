package dev.postern.store;

/** How senders are counted, on a real PostgreSQL. */
final class PostgresSenderLedgerIT extends SenderLedgerContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
