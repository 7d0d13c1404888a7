package dev.postern.store;

/** The words of gateways on a real PostgreSQL. */
final class PostgresGatewayReportIT extends GatewayReportContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
