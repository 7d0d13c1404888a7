package dev.postern.quarantine.google;

import java.net.URI;
import java.time.Duration;

/**
 * One Google Workspace.
 *
 * @param source what cases call it
 * @param account as whom Postern signs in, in whose name
 * @param token where it signs in
 * @param api where the quarantine is, without a slash at the end
 * @param poll how long it is left alone between two lists
 * @param patience how long an answer may take
 * @param largest octets of a message that are taken into the store
 */
public record GoogleSettings(
    String source,
    Access account,
    URI token,
    URI api,
    Duration poll,
    Duration patience,
    int largest) {

  /**
   * Whose quarantine, and by what right.
   *
   * @param customer id of the Workspace account, without the C before it
   * @param admin address of an administrator who may see the quarantine
   * @param key of the service account that may act in that name
   */
  public record Access(String customer, String admin, ServiceAccount key) {}
}
