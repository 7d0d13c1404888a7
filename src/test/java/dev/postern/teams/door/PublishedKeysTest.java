package dev.postern.teams.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.teams.BotKey;
import dev.postern.teams.FakeMetadata;
import dev.postern.teams.FakeMetadata.Trouble;
import dev.postern.teams.door.Doors.StandingClock;
import dev.postern.teams.door.PublishedKeys.Lookup;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedKeysTest {
  private static final BotKey OLD = BotKey.named("old");
  private static final BotKey NEW = BotKey.named("new");

  private final StandingClock clock = new StandingClock();
  private final FakeMetadata metadata = new FakeMetadata().publish(OLD);
  private final PublishedKeys keys =
      new PublishedKeys(new KeySource(TokenCheck.ISSUER, metadata.configuration()), clock);

  @AfterEach
  void close() {
    keys.close();
    metadata.close();
  }

  @Test
  void keysAreFetchedWhenTheyAreNeededAndThenRemembered() {
    assertThat(metadata.asked()).isZero();
    assertThat(keys.find("old")).isInstanceOf(Lookup.Known.class);
    assertThat(keys.find("old")).isInstanceOf(Lookup.Known.class);
    assertThat(metadata.asked()).isEqualTo(1);
    assertThat(keys.trouble()).isEmpty();
  }

  @Test
  void aNewKeyIsFoundAtOnce() {
    keys.find("old");
    metadata.publish(OLD, NEW);
    clock.pass(PublishedKeys.PAUSE);

    assertThat(keys.find("new")).isInstanceOf(Lookup.Known.class);
    assertThat(metadata.asked()).isEqualTo(2);
  }

  @Test
  void forgedNamesMakeNobodyAskOften() {
    keys.find("old");
    IntStream.range(0, 50)
        .forEach(i -> assertThat(keys.find("forged" + i)).isInstanceOf(Lookup.Unknown.class));
    assertThat(metadata.asked()).isEqualTo(1);

    clock.pass(PublishedKeys.PAUSE);
    IntStream.range(0, 50).forEach(i -> keys.find("forged" + i));
    assertThat(metadata.asked()).isEqualTo(2);
  }

  @Test
  void aKeyThatWasTakenBackIsNotBelievedADayLater() {
    keys.find("old");
    metadata.publish(NEW);
    clock.pass(PublishedKeys.OLD.plusSeconds(1));

    assertThat(keys.find("old")).isInstanceOf(Lookup.Unknown.class);
  }

  @ParameterizedTest
  @EnumSource(value = Trouble.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void withoutAnyKeyNobodyCanTellAndTheReasonIsKept(Trouble trouble) {
    metadata.order(trouble);

    assertThat(keys.find("old")).isInstanceOf(Lookup.Away.class);
    assertThat(keys.trouble()).hasValueSatisfying(why -> assertThat(why).contains("127.0.0.1"));
  }

  @ParameterizedTest
  @EnumSource(value = Trouble.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void oldKeysServeForSomeDaysWhileThereAreNoNewer(Trouble trouble) {
    keys.find("old");
    metadata.order(trouble);
    clock.pass(PublishedKeys.DEAD.minusSeconds(1));

    assertThat(keys.find("old")).isInstanceOf(Lookup.Known.class);
    assertThat(keys.find("new")).isInstanceOf(Lookup.Away.class);
    assertThat(metadata.asked()).as("one try").isLessThanOrEqualTo(3);

    clock.pass(PublishedKeys.PAUSE);
    assertThat(keys.find("old")).as("five days later").isInstanceOf(Lookup.Away.class);

    metadata.order(Trouble.NONE);
    clock.pass(PublishedKeys.PAUSE);
    assertThat(keys.find("old")).isInstanceOf(Lookup.Known.class);
  }

  @Test
  void aThunderingHerdFetchesOnceAndOldKeysServeMeanwhile() throws Exception {
    CountDownLatch gate = metadata.hold();
    try (ExecutorService herd = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Lookup>> waiting =
          IntStream.range(0, 100).mapToObj(_ -> herd.submit(() -> keys.find("old"))).toList();
      gate.countDown();
      for (Future<Lookup> one : waiting) {
        assertThat(one.get()).isInstanceOf(Lookup.Known.class);
      }
    }
    assertThat(metadata.asked()).isEqualTo(1);

    clock.pass(PublishedKeys.STALE.plusSeconds(1));
    CountDownLatch held = metadata.hold();
    assertThat(keys.find("old")).as("nobody waits").isInstanceOf(Lookup.Known.class);
    held.countDown();
  }

  @Test
  void keysOfAnotherIssuerAreNotTaken() {
    metadata.speakFor("https://sts.windows.net/x/");

    assertThat(keys.find("old")).isInstanceOf(Lookup.Away.class);
    assertThat(keys.trouble()).get().asString().contains("another issuer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example/keys", "file:///etc/passwd", "keys", ""})
  void keysComeFromASafeAddressOnly(String address) {
    metadata.pointTo(address);

    assertThat(keys.find("old")).isInstanceOf(Lookup.Away.class);
    assertThat(keys.trouble()).get().asString().contains("no safe jwks_uri");
  }
}
