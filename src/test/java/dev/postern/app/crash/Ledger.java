package dev.postern.app.crash;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into the rows, past Postern. */
record Ledger(String url) {
  /** Without these H2 does not find what Postern made with them. */
  private static final String AS_POSTERN = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";

  /** The first column of the first row. */
  long count(String sql) throws SQLException {
    return Long.parseLong(column(sql).getFirst());
  }

  /** The first column of each row. */
  List<String> column(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url.startsWith("jdbc:h2:") ? url + AS_POSTERN : url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    }
  }

  /** How many entries of this kind the log has. */
  long logged(String what) throws SQLException {
    return count("SELECT COUNT(*) FROM audit_entry WHERE what = '" + what + "'");
  }
}
