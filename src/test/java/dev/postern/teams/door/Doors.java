package dev.postern.teams.door;

import dev.postern.teams.BotTokens;
import dev.postern.teams.TeamsSettings;
import dev.postern.teams.wire.Credential;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Doors for tests, and a clock that stands until it is moved. */
final class Doors {
  static final String OTHER_TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";

  private Doors() {}

  static final class StandingClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-26T09:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }

  static TeamsSettings settings(URI metadata, List<String> emulators) {
    return new TeamsSettings(
        new TeamsSettings.App(
            BotTokens.APP,
            Optional.of(new Credential.Secret("s3cr3t~value")),
            List.of(BotTokens.TENANT, OTHER_TENANT)),
        new TeamsSettings.Outside(
            TeamsSettings.LOGIN,
            metadata,
            List.of(TeamsSettings.SERVICE, URI.create("http://127.0.0.1:56150/")),
            emulators),
        "19:mail-ops@thread.tacv2");
  }

  static DoorCheck door(URI metadata, InstantSource clock, String... emulators) {
    return new DoorCheck(
        settings(metadata, List.of(emulators)),
        new Emulators(List.of(emulators), "127.0.0.1", Optional.empty()),
        clock);
  }
}
