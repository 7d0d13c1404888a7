package dev.postern.quarantine.m365;

import java.net.URI;
import java.time.Duration;

/**
 * One organisation of Microsoft 365.
 *
 * @param source what cases call it
 * @param app as whom Postern signs in
 * @param login where it signs in, without a slash at the end
 * @param api where Exchange Online is, without a slash at the end
 * @param poll how long it is left alone between two lists
 * @param patience how long an answer may take
 * @param largest octets of a message that are taken into the store
 */
public record M365Settings(
    String source, App app, URI login, URI api, Duration poll, Duration patience, int largest) {

  /** How an id of an app or tenant looks. */
  public static final String GUID = "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /**
   * The app registration.
   *
   * @param tenant id of the tenant
   * @param id id of the app
   * @param certificate by which it proves itself
   */
  public record App(String tenant, String id, AppCertificate certificate) {}
}
