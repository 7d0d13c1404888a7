package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Follower;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.People;
import dev.postern.mailsystem.Programs;
import dev.postern.store.World;
import dev.postern.store.Worlds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailRoundsTest {
  @TempDir Path folder;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private volatile Optional<RuntimeException> breaks = Optional.empty();
  private volatile Duration pace = Duration.ZERO;
  private final AtomicInteger asked = new AtomicInteger();
  private World world;
  private MailRounds rounds;

  @BeforeEach
  void open() {
    world = Worlds.onH2(folder, new People().and("kim"));
    Follower follower =
        new Follower(
            new OneMessage(), world.quarantine, world.records, world.desk, () -> world.now);
    rounds = new MailRounds(List.of(follower), Duration.ofDays(1), meters, () -> world.now);
  }

  @AfterEach
  void close() {
    rounds.close();
    world.close();
  }

  private final class OneMessage implements Holdings {
    @Override
    public String source() {
      return "edge-1";
    }

    @Override
    public Duration pace() {
      return pace;
    }

    @Override
    public List<HoldRef> held() {
      asked.incrementAndGet();
      if (breaks.isPresent()) {
        throw breaks.get();
      }
      return List.of(world.hold("Q1").ref());
    }

    @Override
    public Optional<Hold> fetch(HoldRef hold) {
      return Optional.of(world.hold(hold.id()));
    }
  }

  private Optional<String> trouble() {
    assertThat(rounds.parts()).extracting(Operations.Part::name).containsExactly("mail edge-1");
    return rounds.parts().getFirst().trouble().get();
  }

  private double gauge(String name) {
    return meters.get(name).tag("source", "edge-1").gauge().value();
  }

  @Test
  void aMailSystemThatWasNotAskedYetIsNotCalledWell() {
    assertThat(trouble()).contains("not asked yet");
  }

  @Test
  void aRoundTellsWhatIsHeldAndHowLongAgoThatWas() {
    rounds.once();
    world.now = world.now.plusSeconds(30);

    assertThat(trouble()).isEmpty();
    assertThat(gauge("postern.mail.held")).isEqualTo(1);
    assertThat(gauge("postern.mail.lag.seconds")).isEqualTo(30);
    assertThat(world.records.undecided("edge-1")).hasSize(1);
  }

  @Test
  void whatKeepsAMailSystemFromAnsweringIsSaidUntilItAnswersAgain() {
    breaks = Optional.of(new MailSystemTrouble("nobody answers: start it"));
    rounds.once();
    assertThat(trouble()).contains("nobody answers: start it");

    breaks = Optional.empty();
    rounds.once();
    assertThat(trouble()).isEmpty();
  }

  @Test
  void aRoundThatBreaksOffIsNotTheLast() {
    breaks = Optional.of(new IllegalStateException("the store is away"));
    rounds.once();
    assertThat(trouble()).contains("the last round broke off: the store is away");

    breaks = Optional.empty();
    rounds.once();
    assertThat(gauge("postern.mail.held")).isEqualTo(1);
  }

  private int askedWithinSomeRounds() {
    Follower paced = followerOf(new OneMessage());
    AtomicInteger others = new AtomicInteger();
    Follower other = followerOf(new Counting(others));
    try (MailRounds often =
        new MailRounds(List.of(paced, other), Duration.ofMillis(5), meters, () -> world.now)) {
      often.start();
      Programs.await("some rounds", Duration.ofSeconds(20), () -> others.get() >= 6);
      return asked.get();
    }
  }

  private Follower followerOf(Holdings holdings) {
    return new Follower(holdings, world.quarantine, world.records, world.desk, () -> world.now);
  }

  private record Counting(AtomicInteger asked) implements Holdings {
    @Override
    public String source() {
      return "edge-2";
    }

    @Override
    public List<HoldRef> held() {
      asked.incrementAndGet();
      return List.of();
    }

    @Override
    public Optional<Hold> fetch(HoldRef hold) {
      return Optional.empty();
    }
  }

  @Test
  void aMailSystemIsLeftAloneForAsLongAsItWantsWhileOthersAreAsked() {
    pace = Duration.ofDays(1);

    assertThat(askedWithinSomeRounds()).isEqualTo(1);
  }
}
