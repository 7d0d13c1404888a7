package dev.postern.quarantine.m365;

import dev.postern.quarantine.Coverage;
import java.time.InstantSource;

/** The way to one organisation, shared by who lists its quarantine and who decides on it. */
public final class M365Parts {
  private final M365Settings settings;
  private final Cmdlets cmdlets;
  private final InstantSource clock;
  private final Coverage coverage = new Coverage("Microsoft 365");

  /** Takes the settings; nothing is asked yet. */
  public M365Parts(M365Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.cmdlets = new Cmdlets(new AdminApi(settings, clock), settings.largest());
  }

  M365Settings settings() {
    return settings;
  }

  Cmdlets cmdlets() {
    return cmdlets;
  }

  Coverage coverage() {
    return coverage;
  }

  InstantSource clock() {
    return clock;
  }
}
