package dev.postern.store;

/** Messages of one kind on a real PostgreSQL. */
final class PostgresCampaignIT extends CampaignContract {
  private final Store.Access access = Databases.postgres();

  @Override
  Store.Access database() {
    return access;
  }

  @Override
  Store.Access opened() {
    return access;
  }
}
