package dev.postern.store;

/** Effects on the rows in memory, which must keep the same promises as a database. */
final class MemoryEffectTest extends EffectContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
