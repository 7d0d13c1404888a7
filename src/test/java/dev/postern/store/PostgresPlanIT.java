package dev.postern.store;

import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Query plans of a real PostgreSQL, which also counts how often it has read a whole table. */
final class PostgresPlanIT extends PlanContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }

  @Override
  int cases() {
    return 20_000;
  }

  @Override
  void settle(Handle handle) {
    handle.execute("VACUUM ANALYZE");
  }

  @Override
  Map<String, Long> wholeReads(Store.Access access) {
    return Jdbi.create(access.url())
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT relname, seq_scan FROM pg_stat_user_tables"
                            + " WHERE relname IN (<tables>)")
                    .bindList("tables", Filled.GROWING)
                    .reduceRows(
                        new TreeMap<String, Long>(),
                        (map, row) -> {
                          map.put(
                              row.getColumn("relname", String.class),
                              row.getColumn("seq_scan", Long.class));
                          return map;
                        }));
  }
}
