package dev.postern.app.settings;

import dev.postern.quarantine.Link;
import dev.postern.quarantine.Link.Protocol;
import dev.postern.quarantine.Link.Tls;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How mail comes in and goes out.
 *
 * @param out how the next hop is spoken to
 * @param lmtp where an entrance listens by LMTP; empty where none does
 * @param own what the entrances prove their name with; empty where they offer no TLS
 */
public record SmtpLinks(Link out, Optional<HostPort> lmtp, Optional<OwnCertificate> own) {

  /**
   * A certificate and its key.
   *
   * @param file certificates in PEM
   * @param key PEM
   */
  public record OwnCertificate(Path file, Secret key) {}

  /** What holds where nothing is set. */
  public static SmtpLinks usual() {
    return new SmtpLinks(
        new Link(Protocol.SMTP, Tls.OPPORTUNISTIC, Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.empty());
  }
}
