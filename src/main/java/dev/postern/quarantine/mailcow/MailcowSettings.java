package dev.postern.quarantine.mailcow;

import dev.postern.quarantine.HttpTrust;
import java.net.URI;
import java.time.Duration;

/**
 * One mailcow.
 *
 * @param source what cases call it
 * @param url its address, without a path: {@code https://mail.example}
 * @param apiKey of its API, for reading and writing
 * @param trust whose certificate it may show
 * @param timeout how long a call may take
 * @param largest octets of an entry that are read
 */
public record MailcowSettings(
    String source, URI url, String apiKey, HttpTrust trust, Duration timeout, int largest) {

  /** For whoever must not read others' mail: who asks for these words never gets the key. */
  @Override
  public String toString() {
    return "MailcowSettings[" + source + ", " + url + "]";
  }
}
