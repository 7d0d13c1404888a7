package dev.postern.store;

/** Effects on a real PostgreSQL. */
final class PostgresEffectIT extends EffectContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
