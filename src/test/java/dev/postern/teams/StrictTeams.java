package dev.postern.teams;

import java.time.InstantSource;
import java.util.Map;

/** The fakes of Microsoft, for tests of other rooms that run the whole program. */
public final class StrictTeams implements AutoCloseable {
  /** The one channel there is. */
  public static final String CHANNEL = "19:mail-ops@thread.tacv2";

  /** Who is in its team. */
  public static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";

  public static final String SECRET = FakeEntra.SECRET;

  private static final String TEAM = "19:general@thread.tacv2";

  private final FakeEntra entra = new FakeEntra(InstantSource.system());
  private final FakeConnector teams = new FakeConnector(entra);
  private final FakeMetadata metadata = new FakeMetadata();
  private final BotKey key = BotKey.named("strict");

  /** With the app in the team. */
  public StrictTeams() {
    metadata.publish(key);
    teams.places.team(TEAM, "Security", "00000000-0000-4000-8000-0000000000aa");
    teams.places.channel(TEAM, CHANNEL, "Mail");
    teams.places.member(TEAM, "29:Kim", KIM, "user");
  }

  /**
   * The settings that lead here. Unpaced: tests of whole processes post many cards into one
   * channel.
   */
  public Map<String, String> settings() {
    return Map.of(
        "teams.pace",
        "off",
        "teams.app-id",
        FakeEntra.APP,
        "teams.app-secret",
        SECRET,
        "teams.tenant-id",
        FakeEntra.TENANT,
        "teams.login-url",
        entra.loginUrl().toString(),
        "teams.metadata-url",
        metadata.configuration().toString(),
        "teams.service-urls",
        teams.url(),
        "teams.channels.default",
        CHANNEL);
  }

  /** How many messages stand there. */
  public int messages() {
    return teams.places.messages().size();
  }

  TeamsPlaces places() {
    return teams.places;
  }

  /** The people in Teams, in front of a running Postern. */
  TeamsHand hand(String postern) {
    return new TeamsHand(teams, key, postern);
  }

  @Override
  public void close() {
    metadata.close();
    teams.close();
    entra.close();
  }
}
