package dev.postern.store;

/** How rules in shadow are remembered, on a real PostgreSQL. */
final class PostgresShadowLedgerIT extends ShadowLedgerContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
