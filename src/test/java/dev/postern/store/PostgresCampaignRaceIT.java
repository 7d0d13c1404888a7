package dev.postern.store;

/** Messages of one kind, all at once, on a real PostgreSQL. */
final class PostgresCampaignRaceIT extends CampaignRaceContract {
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
