package dev.postern.store;

import dev.postern.policy.ShadowRule;
import dev.postern.policy.ShadowRule.Inline;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rules in shadow as rows, and a row for each day on which one matched mail without a case. */
record ShadowRows(Handle handle) {

  /**
   * What is to be added to a row.
   *
   * @param rule its name
   * @param day of the mail
   */
  record Key(String rule, LocalDate day) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::rule).thenComparing(Key::day);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** Adds to one row. */
  void add(Key key, Inline more) {
    if (update(key, more) == 0) {
      handle.execute(
          "INSERT INTO shadow_day (rule_, day_, passed, refused) VALUES (?, ?, 0, 0)"
              + " ON CONFLICT DO NOTHING",
          key.rule(),
          key.day());
      update(key, more);
    }
  }

  private int update(Key key, Inline more) {
    return handle.execute(
        "UPDATE shadow_day SET passed = passed + ?, refused = refused + ?"
            + " WHERE rule_ = ? AND day_ = ?",
        more.passed(),
        more.refused(),
        key.rule(),
        key.day());
  }

  /** These rules are in shadow now; one that says something else than before begins anew. */
  void begin(List<ShadowRule> rules, Instant now) {
    List<ShadowRule> sorted =
        rules.stream().sorted(Comparator.comparing(ShadowRule::name)).toList();
    for (ShadowRule rule : sorted) {
      handle.execute(
          "INSERT INTO shadow_rule (rule_, meaning, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          rule.name(),
          rule.meaning(),
          Rows.utc(now));
      int changed =
          handle.execute(
              "UPDATE shadow_rule SET meaning = ?, since = ?, told = NULL"
                  + " WHERE rule_ = ? AND meaning <> ?",
              rule.meaning(),
              Rows.utc(now),
              rule.name(),
              rule.meaning());
      if (changed > 0) {
        handle.execute("DELETE FROM shadow_day WHERE rule_ = ?", rule.name());
      }
    }
    List<String> names = rules.stream().map(ShadowRule::name).toList();
    for (String table : List.of("shadow_rule", "shadow_day")) {
      for (String rule : names(table)) {
        if (!names.contains(rule)) {
          handle.execute("DELETE FROM " + table + " WHERE rule_ = ?", rule);
        }
      }
    }
  }

  private List<String> names(String table) {
    return handle
        .createQuery("SELECT DISTINCT rule_ FROM " + table + " ORDER BY rule_")
        .mapTo(String.class)
        .list();
  }

  /** What is known of each; what it would do is not, which the policy says. */
  List<ShadowRule> seen() {
    return handle
        .createQuery(
            """
            SELECT r.rule_, r.meaning, r.since, COALESCE(SUM(d.passed), 0) AS passed,
                   COALESCE(SUM(d.refused), 0) AS refused
              FROM shadow_rule r LEFT JOIN shadow_day d ON d.rule_ = r.rule_
             GROUP BY r.rule_, r.meaning, r.since ORDER BY r.rule_
            """)
        .map(
            (row, _) ->
                new ShadowRule(
                    row.getString("rule_"),
                    "",
                    row.getString("meaning"),
                    Optional.of(Rows.instant(row, "since")),
                    new Inline(row.getLong("passed"), row.getLong("refused"))))
        .list();
  }

  Map<String, LocalDate> told() {
    return handle
        .createQuery("SELECT rule_, told FROM shadow_rule WHERE told IS NOT NULL")
        .map((row, _) -> Map.entry(row.getString("rule_"), LocalDate.parse(row.getString("told"))))
        .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  void told(Collection<String> rules, LocalDate day) {
    rules.stream()
        .sorted()
        .forEach(
            rule ->
                handle.execute(
                    "UPDATE shadow_rule SET told = ? WHERE rule_ = ?", day.toString(), rule));
  }
}
