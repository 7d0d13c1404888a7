package dev.postern.quarantine.proxmox;

import dev.postern.quarantine.HttpTrust;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * One Proxmox Mail Gateway.
 *
 * @param source what cases call it
 * @param url its address, without a path: {@code https://pmg.example:8006}
 * @param user with its realm: {@code postern@pmg}
 * @param password of that user
 * @param kinds which quarantines are followed: {@code spam}, {@code virus}, {@code attachment}
 * @param window how far back it is looked; older entries are not taken up
 * @param trust whose certificate it may show
 * @param timeout how long a call may take
 * @param largest octets of a message that are read
 */
public record ProxmoxSettings(
    String source,
    URI url,
    String user,
    String password,
    List<String> kinds,
    Duration window,
    HttpTrust trust,
    Duration timeout,
    int largest) {
  /** Copies the list, so that settings never change. */
  public ProxmoxSettings {
    kinds = List.copyOf(kinds);
  }

  /** For whoever must not answer before all is over: who asks for these words never gets them. */
  @Override
  public String toString() {
    return "ProxmoxSettings[" + source + ", " + url + ", " + user + ", " + kinds + "]";
  }
}
