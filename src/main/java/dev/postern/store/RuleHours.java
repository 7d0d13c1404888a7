package dev.postern.store;

import dev.postern.approval.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A row for each rule with a limit and each hour in which it acted; hours of yesterday go. */
record RuleHours(Jdbi jdbi) implements Allowance {
  private static final Duration KEPT = Duration.ofDays(1);

  @Override
  public boolean take(String rule, int limit, Instant now) {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    return jdbi.inTransaction(
        handle -> {
          if (began(handle, rule, hour)) {
            handle.execute("DELETE FROM rule_hour WHERE hour_ < ?", Rows.utc(hour.minus(KEPT)));
          }
          return 1
              == handle
                  .createUpdate(
                      """
                      UPDATE rule_hour SET taken = taken + 1
                       WHERE rule_ = :rule AND hour_ = :hour AND taken < :limit
                      """)
                  .bind("rule", rule)
                  .bind("hour", Rows.utc(hour))
                  .bind("limit", limit)
                  .execute();
        });
  }

  private static boolean began(Handle handle, String rule, Instant hour) {
    return 1
        == handle
            .createUpdate(
                """
                INSERT INTO rule_hour (rule_, hour_, taken) VALUES (:rule, :hour, 0)
                ON CONFLICT DO NOTHING
                """)
            .bind("rule", rule)
            .bind("hour", Rows.utc(hour))
            .execute();
  }
}
