package dev.postern.teams.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.teams.BotKey;
import dev.postern.teams.BotTokens;
import dev.postern.teams.FakeMetadata;
import dev.postern.teams.door.Doors.StandingClock;
import dev.postern.teams.door.Verdict.Genuine;
import dev.postern.teams.door.Verdict.Refused;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulatorsTest {
  private static final BotKey KEY = BotKey.named("entra").endorsing();

  private final StandingClock clock = new StandingClock();
  private final FakeMetadata entra = new FakeMetadata("").publish(KEY);
  private final FakeMetadata connector = new FakeMetadata().publish(BotKey.named("current"));

  @AfterEach
  void close() {
    entra.close();
    connector.close();
  }

  private Verdict verdict(DoorCheck door, BotTokens sent) {
    try (door) {
      return door.check(sent.authorization(), sent.octets());
    }
  }

  private DoorCheck door(String... emulators) {
    return Doors.door(connector.configuration(), clock, emulators);
  }

  private BotTokens emulated() {
    BotTokens sent = BotTokens.emulated(entra.address(), KEY, clock.instant());
    sent.activity.put("serviceUrl", "http://127.0.0.1:56150/_connector");
    return sent;
  }

  @Test
  void onlyWhoIsNamedIsBelieved() {
    assertThat(verdict(door(entra.address()), emulated()))
        .isInstanceOfSatisfying(
            Genuine.class, genuine -> assertThat(genuine.activity().emulated()).isTrue());
    assertThat(verdict(door(), emulated())).isInstanceOf(Refused.class);
    assertThat(verdict(door("https://sts.windows.net/x/"), emulated())).isInstanceOf(Refused.class);
  }

  @Test
  void anEmulatorMustBeTheAppItself() {
    BotTokens other = emulated();
    other.claims.put("appid", Doors.OTHER_TENANT);
    BotTokens second = emulated();
    second.claims.put("azp", Doors.OTHER_TENANT);
    BotTokens nobody = emulated();
    nobody.claims.remove("appid");

    for (BotTokens sent : List.of(other, second, nobody)) {
      assertThat(verdict(door(entra.address()), sent))
          .isInstanceOfSatisfying(Refused.class, why -> assertThat(why.status()).isEqualTo(401));
    }
  }

  @Test
  void anEmulatorsKeySignsForNobodyElse() {
    BotTokens sent = emulated();
    sent.claims.put("iss", TokenCheck.ISSUER).put("serviceurl", BotTokens.SERVICE_URL);

    assertThat(verdict(door(entra.address()), sent)).isInstanceOf(Refused.class);
  }

  @Test
  void withoutATokenOnlyWhereThatIsNamedAndNeverWithAWrongOne() {
    BotTokens bare = emulated();
    bare.headers = _ -> List.of();
    BotTokens wrong = emulated();
    wrong.afterwards = token -> token + "x";
    BotTokens elsewhere = emulated();
    elsewhere.headers = _ -> List.of();
    elsewhere.activity.put("serviceUrl", "https://evil.example/");

    assertThat(verdict(door(Emulators.UNSIGNED), bare)).isInstanceOf(Genuine.class);
    assertThat(verdict(door(entra.address()), bare)).isInstanceOf(Refused.class);
    assertThat(verdict(door(Emulators.UNSIGNED), wrong)).isInstanceOf(Refused.class);
    assertThat(verdict(door(Emulators.UNSIGNED), elsewhere)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,       ''",
    "mail.example,  ''",
    "127.0.0.1,     https://postern.example/",
    "127.0.0.1.evil.example, ''"
  })
  void whereOthersCanComeInNobodyIsNamed(String host, String publicUrl) {
    Optional<URI> url = Optional.of(publicUrl).filter(it -> !it.isEmpty()).map(URI::create);

    assertThatThrownBy(() -> new Emulators(List.of(Emulators.UNSIGNED), host, url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("teams.emulator-issuers is for trials on one machine");
    assertThat(new Emulators(List.of(), host, url).issuers()).isEmpty();
  }
}
