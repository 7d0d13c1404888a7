package dev.postern.app.mail;

import dev.postern.app.settings.HostPort;
import dev.postern.app.settings.Settings;
import dev.postern.card.Finding;
import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.NextHopSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/**
 * From where to where a canary flies.
 *
 * @param to who gets it where nobody holds it
 * @param through where mail comes in
 */
public record CanaryFlight(EmailAddress to, HostPort through) {
  private static final NextHopSettings.Timing A_MOMENT =
      new NextHopSettings.Timing(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30));

  /** With the sending within the minute after which people are asked about a marked message. */
  private static final Duration TO_BE_HELD = Duration.ofSeconds(15);

  /** Lets it fly; takes seconds. */
  public List<Finding> fly(Settings.Smtp smtp, List<Connector> connectors) {
    NextHopSettings gateway =
        new NextHopSettings(through.host(), through.port(), smtp.hostname(), "", A_MOMENT);
    return new Canary(connectors, gateway, TO_BE_HELD, InstantSource.system()).fly(to, nonce());
  }

  private static String nonce() {
    byte[] bits = new byte[16];
    new SecureRandom().nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }
}
