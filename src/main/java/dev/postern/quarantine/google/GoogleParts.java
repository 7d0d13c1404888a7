package dev.postern.quarantine.google;

import dev.postern.quarantine.Coverage;
import java.time.InstantSource;

/** The way to one Workspace, shared by who lists its quarantine and who decides on it. */
public final class GoogleParts {
  private final GoogleSettings settings;
  private final QuarantineApi api;
  private final InstantSource clock;
  private final Coverage coverage = new Coverage("Google Workspace");

  /** Takes the settings; nothing is asked yet. */
  public GoogleParts(GoogleSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.api = new QuarantineApi(settings, clock);
  }

  GoogleSettings settings() {
    return settings;
  }

  QuarantineApi api() {
    return api;
  }

  Coverage coverage() {
    return coverage;
  }

  InstantSource clock() {
    return clock;
  }
}
