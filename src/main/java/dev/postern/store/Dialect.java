package dev.postern.store;

import java.util.Locale;
import java.util.Map;

/** The two databases, and everything in which they differ. */
enum Dialect {
  H2("BINARY LARGE OBJECT", "VARBINARY(100000)", "-- "),
  POSTGRESQL("BYTEA", "BYTEA", "");

  private final String octets;
  private final String data;
  private final String foreign;

  Dialect(String octets, String data, String foreign) {
    this.octets = octets;
    this.data = data;
    this.foreign = foreign;
  }

  static Dialect of(String url) {
    if (url.startsWith("jdbc:h2:")) {
      return H2;
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    throw new StoreTrouble(
        "store.url must start with jdbc:h2: or jdbc:postgresql:, but is " + withoutOptions(url));
  }

  /** A URL without what stands behind the database's name, which may be secret. */
  static String withoutOptions(String url) {
    return url.replaceFirst("[?;].*", "");
  }

  /**
   * What the migrations name by placeholder: types, and before an index over a foreign key, which
   * H2 makes by itself, the beginning of a comment.
   */
  Map<String, String> placeholders() {
    return Map.of("octets", octets, "data", data, "foreign", foreign);
  }

  /**
   * The URL with what Postern needs: PostgreSQL's spelling of names and of ON CONFLICT, and room
   * for all our statements in parsed form (H2's default is eight a connection). Where {@link
   * GroupSync} writes what must last, a commit by itself need not; without it, each commit is
   * written at once, or a kill would lose what was acknowledged. H2 uses the room of old pages
   * again after 45 s, when the disk is supposed to have written the new ones; where we force them
   * to the disk all the time, 5 s are enough, and the file stays a tenth as large under load.
   */
  String complete(Store.Access access) {
    String url = access.url();
    return switch (this) {
      case POSTGRESQL -> url;
      case H2 ->
          url
              + (says(url, "WRITE_DELAY") ? "" : ";WRITE_DELAY=" + (access.sync() ? 500 : 0))
              + ";DB_CLOSE_ON_EXIT=FALSE;MODE=PostgreSQL"
              + ";DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=20000"
              + ";QUERY_CACHE_SIZE=64"
              + (access.sync() && !says(url, "RETENTION_TIME") ? ";RETENTION_TIME=5000" : "");
    };
  }

  /**
   * The first statement of each connection. A process that was stopped in the middle of a
   * transaction, or whose machine is gone, must not hold its rows locked for good: PostgreSQL ends
   * the transaction. No transaction of ours waits for anything but the database.
   */
  String greeting() {
    return switch (this) {
      case POSTGRESQL -> "SET idle_in_transaction_session_timeout = '5s'";
      case H2 -> "";
    };
  }

  private static boolean says(String url, String option) {
    return url.toUpperCase(Locale.ROOT).contains(";" + option + "=");
  }

  /** What keeps a URL from making a database where there is none. */
  String onlyIfThere() {
    return switch (this) {
      case POSTGRESQL -> "";
      case H2 -> ";IFEXISTS=TRUE";
    };
  }
}
