package dev.postern.app.bench.clicks;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One run.
 *
 * @param scenario what is done
 * @param folder where the temporary data folder is made: its disk is what is measured
 * @param postgres the database to use; empty for H2 in the data folder
 * @param load how much of it
 * @param kills how often {@link Scenario#CRASH} kills Postern
 */
public record ClickPlan(
    Scenario scenario, Path folder, Optional<Database> postgres, Load load, int kills) {

  /**
   * A PostgreSQL database. Everything is kept in a schema of its own, which is dropped at the end.
   *
   * @param url JDBC URL
   * @param user empty where the URL says it
   * @param password likewise
   */
  public record Database(String url, String user, String password) {}

  /**
   * How much.
   *
   * @param cases of all scenarios but {@link Scenario#HOT}, which has one
   * @param clicks of {@link Scenario#HOT}; the others have one a case
   * @param connections kept open, each with one request under way
   * @param people who may decide
   * @param rate clicks a second, sent whether or not earlier ones were answered in time; 0 sends
   *     the next when the one before is answered
   */
  public record Load(int cases, int clicks, int connections, int people, double rate) {}

  /** How many cases there are. */
  int cases() {
    return scenario == Scenario.HOT ? 1 : load.cases();
  }

  /** How many different clicks there are. */
  int clicks() {
    return scenario == Scenario.HOT ? load.clicks() : load.cases();
  }
}
