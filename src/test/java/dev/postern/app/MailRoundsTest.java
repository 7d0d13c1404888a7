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
  private volatile Runnable breaks = () -> {};
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
      breaks.run();
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

  /** Another round, until that is said. */
  private void round(Optional<String> said) {
    rounds.soon("edge-1");
    Programs.await("said: " + said, Duration.ofSeconds(20), () -> trouble().equals(said));
  }

  @Test
  void aRoundTellsWhatIsHeldAndHowLongAgoThatWas() {
    round(Optional.empty());
    world.now = world.now.plusSeconds(30);

    assertThat(gauge("postern.mail.held")).isEqualTo(1);
    assertThat(gauge("postern.mail.lag.seconds")).isEqualTo(30);
    assertThat(world.records.undecided("edge-1")).hasSize(1);
  }

  @Test
  void whatKeepsAMailSystemFromAnsweringIsSaidUntilItAnswersAgain() {
    breaks =
        () -> {
          throw new MailSystemTrouble("nobody answers: start it");
        };
    round(Optional.of("nobody answers: start it"));

    breaks = () -> {};
    round(Optional.empty());
  }

  @Test
  void aRoundThatBreaksOffIsNotTheLast() {
    breaks =
        () -> {
          throw new IllegalStateException("the store is away");
        };
    round(Optional.of("the last round broke off: the store is away"));

    breaks = () -> {};
    round(Optional.empty());
    assertThat(gauge("postern.mail.held")).isEqualTo(1);
  }

  /** A timer forgets what ends with an error, and says nothing. */
  @Test
  void aRoundThatEndsWithAnErrorIsNotTheLastAndIsSaid() {
    breaks =
        () -> {
          throw new StackOverflowError("so deep");
        };
    AtomicInteger others = new AtomicInteger();
    Follower follower = followerOf(new OneMessage());
    try (MailRounds often =
        new MailRounds(
            List.of(follower, followerOf(new Counting(others))),
            Duration.ofMillis(5),
            meters,
            () -> world.now)) {
      often.start();
      Programs.await("more rounds", Duration.ofSeconds(20), () -> asked.get() >= 3);

      assertThat(often.parts().getFirst().trouble().get().orElseThrow())
          .contains("the last round broke off: java.lang.StackOverflowError: so deep");
    }
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
