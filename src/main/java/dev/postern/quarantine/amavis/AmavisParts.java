package dev.postern.quarantine.amavis;

import dev.postern.quarantine.amavis.AmPdp.Attribute;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The ways to one amavis. Safe for many threads. */
public final class AmavisParts {
  /** amavis waits for its next hop meanwhile, for five minutes at most (child_timeout). */
  private static final Duration FOR_A_RELEASE = Duration.ofMinutes(8);

  private static final Duration FOR_A_QUESTION = Duration.ofSeconds(15);

  private final AmavisSettings settings;
  private final QuarantineFolder folder;

  /** Takes the settings; nothing is asked yet. */
  public AmavisParts(AmavisSettings settings, InstantSource clock) {
    this.settings = settings;
    this.folder = new QuarantineFolder(settings.quarantine(), settings.kinds(), clock);
  }

  AmavisSettings settings() {
    return settings;
  }

  QuarantineFolder folder() {
    return folder;
  }

  AmPdp releasing() {
    return new AmPdp(settings.release(), FOR_A_RELEASE);
  }

  AmPdp asking() {
    return new AmPdp(settings.release(), FOR_A_QUESTION);
  }

  /** The attributes that name a quarantined file in a request. */
  static List<Attribute> request(String mailId, String file) {
    return List.of(
        new Attribute("request", "release"),
        new Attribute("mail_id", mailId),
        new Attribute("quar_type", file.endsWith(".gz") ? "Z" : "F"),
        new Attribute("mail_file", file));
  }
}
