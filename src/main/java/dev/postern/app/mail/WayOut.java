package dev.postern.app.mail;

import dev.postern.app.settings.HostPort;
import dev.postern.app.settings.Settings;
import dev.postern.card.Finding;
import dev.postern.quarantine.NextHopSettings;
import dev.postern.quarantine.Rehearsal;
import java.util.Optional;

/** The server that passed and released mail goes to. */
public final class WayOut {
  private WayOut() {}

  /**
   * How it is spoken to.
   *
   * @param loopMark text in the greeting of our own listeners
   */
  public static NextHopSettings of(Settings.Smtp smtp, HostPort where, String loopMark) {
    return new NextHopSettings(
        where.host(),
        where.port(),
        smtp.hostname(),
        loopMark,
        NextHopSettings.Timing.usual(),
        smtp.links().out());
  }

  /** Whether it would take mail; empty where none is set. Delivers nothing. */
  public static Optional<Finding> check(Settings.Smtp smtp) {
    return smtp.nextHop().map(where -> rehearsed(smtp, where));
  }

  private static Finding rehearsed(Settings.Smtp smtp, HostPort where) {
    String whom = "the next hop " + where;
    try {
      return new Rehearsal(of(smtp, where, ""))
          .trouble(Optional.empty())
          .map(words -> wrong(whom + " would not take mail: " + words))
          .orElseGet(() -> Finding.well(whom + " would take mail"));
    } catch (IllegalArgumentException unread) {
      return wrong(whom + " cannot be asked: mail.smtp.ca-file: " + unread.getMessage());
    }
  }

  private static Finding wrong(String what) {
    return Finding.wrong(
        what,
        "What is released by way of it stays held and is tried again, for hours.",
        "see that it runs, and that mail.smtp names it with its TLS and login (docs/smtp.md)");
  }
}
