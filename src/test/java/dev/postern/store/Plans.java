package dev.postern.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.ParsedParameters;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Has the database explain each statement just before it runs, with its own values: how it would be
 * carried out on the tables as they are then.
 */
final class Plans implements SqlLogger {
  private static final Pattern SCANS =
      Pattern.compile("Seq Scan on (\\w+)|/\\* public\\.(\\w+)\\.tableScan \\*/");
  // H2 names an index without a condition where it walks all of it.
  private static final Pattern WALKS = Pattern.compile("/\\* public\\.(\\w+) \\*/");

  private final Map<String, String> byStatement = new TreeMap<>();

  @Override
  public synchronized void logBeforeExecution(StatementContext context) {
    String sql = context.getParsedSql().getSql();
    String known = sql.replaceAll("\\(\\?(,\\?)+\\)", "(?…)").replaceAll("\\s+", " ").strip();
    if (known.matches("(?i)(SELECT|UPDATE|DELETE|INSERT INTO \\w+ \\([^)]*\\) SELECT).*")) {
      byStatement.computeIfAbsent(known, _ -> explained(context, sql));
    }
  }

  @SuppressWarnings("removal") // nothing else tells the values of a statement
  private static String explained(StatementContext context, String sql) {
    try (PreparedStatement explain = context.getConnection().prepareStatement("EXPLAIN " + sql)) {
      ParsedParameters parameters = context.getParsedSql().getParameters();
      int position = 1;
      for (String name : parameters.getParameterNames()) {
        Optional<Argument> value =
            parameters.isPositional()
                ? context.getBinding().findForPosition(position - 1)
                : context.getBinding().findForName(name, context);
        value.orElseThrow().apply(position++, explain, context);
      }
      List<String> lines = new ArrayList<>();
      try (ResultSet plan = explain.executeQuery()) {
        while (plan.next()) {
          lines.add(plan.getString(1));
        }
      }
      return String.join("\n", lines);
    } catch (SQLException e) {
      throw new IllegalStateException("no plan of " + sql, e);
    }
  }

  Map<String, String> byStatement() {
    return byStatement;
  }

  /** Those of the growing tables that a plan reads as a whole. */
  static List<String> scanned(String plan) {
    List<String> found = new ArrayList<>();
    Matcher scans = SCANS.matcher(plan);
    while (scans.find()) {
      found.add(scans.group(1) == null ? scans.group(2) : scans.group(1));
    }
    found.removeIf(table -> !Filled.GROWING.contains(table));
    Matcher walks = WALKS.matcher(plan);
    if (!plan.contains("FETCH FIRST")) {
      while (walks.find()) {
        found.add(walks.group(1));
      }
    }
    return found;
  }
}
