package dev.postern.approval;

/**
 * One account of somebody.
 *
 * @param platform {@code slack}, {@code teams}, or {@code postern} for people of the settings
 * @param tenant workspace or tenant id; empty for {@code postern}
 * @param user the platform's user id
 */
public record Identity(String platform, String tenant, String user) {

  /** The account of a person of the settings: web console, API, command line. */
  public static Identity ofPostern(String personId) {
    return new Identity("postern", "", personId);
  }
}
