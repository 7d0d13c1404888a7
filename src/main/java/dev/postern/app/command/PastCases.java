package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.app.settings.Settings;
import dev.postern.policy.Precedents;
import dev.postern.policy.Precedents.Span;
import dev.postern.policy.ShadowRule;
import dev.postern.store.StoreTrouble;
import dev.postern.store.StoredPrecedents;
import dev.postern.web.PrecedentFrames.Opened;
import dev.postern.web.PrecedentFrames.Opening;
import dev.postern.web.ShadowJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Where a command has the cases of the past from. */
abstract sealed class PastCases implements AutoCloseable {

  /**
   * The store, unless a running Postern has it open or one was named: then that is asked.
   *
   * @throws CommandFailure when neither can be reached
   */
  static PastCases open(
      Terminal terminal, Connection connection, Settings settings, InstantSource clock)
      throws CommandFailure {
    if (!connection.named()) {
      try {
        Optional<StoredPrecedents> closed = StoredPrecedents.of(settings.store().opened(1));
        if (closed.isPresent()) {
          return new Stored(closed.get(), clock);
        }
      } catch (StoreTrouble trouble) {
        throw CommandFailure.unavailable(String.valueOf(trouble.getMessage()));
      }
    }
    return new Running(connection.open(terminal));
  }

  /**
   * Gives the cases of the last days, the oldest first.
   *
   * @param inForce version of the policy that the settings name
   * @return what was said before them; its policy is the one in force where the cases came from
   */
  abstract Opening give(int days, String inForce, Opened into) throws CommandFailure;

  /** The same, with a bar that shows how far it has come. */
  final Opening give(Terminal terminal, int days, String inForce, Precedents.Taker taker)
      throws CommandFailure {
    Progress progress = Progress.of(terminal);
    try {
      return give(
          days,
          inForce,
          opening -> {
            progress.begin(opening.cases());
            return progress.around(taker);
          });
    } finally {
      progress.end();
    }
  }

  /** What is known of rules in shadow besides cases. */
  abstract List<ShadowRule> shadows() throws CommandFailure;

  @Override
  public abstract void close();

  /** A store that nobody else has open, or that serves several. */
  private static final class Stored extends PastCases {
    private final StoredPrecedents stored;
    private final InstantSource clock;

    private Stored(StoredPrecedents stored, InstantSource clock) {
      this.stored = stored;
      this.clock = clock;
    }

    @Override
    Opening give(int days, String inForce, Opened into) throws CommandFailure {
      try {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Span when = new Span(now.minus(Duration.ofDays(days)), now);
        Opening opening = new Opening(when, stored.count(when), inForce);
        stored.each(when, into.open(opening));
        return opening;
      } catch (StoreTrouble trouble) {
        throw CommandFailure.unavailable(String.valueOf(trouble.getMessage()));
      }
    }

    @Override
    List<ShadowRule> shadows() throws CommandFailure {
      try {
        return stored.shadows();
      } catch (StoreTrouble trouble) {
        throw CommandFailure.unavailable(String.valueOf(trouble.getMessage()));
      }
    }

    @Override
    public void close() {
      stored.close();
    }
  }

  /** A Postern that runs. */
  private static final class Running extends PastCases {
    private final CaseClient client;

    private Running(CaseClient client) {
      this.client = client;
    }

    @Override
    Opening give(int days, String inForce, Opened into) throws CommandFailure {
      AtomicReference<Optional<Opening>> said = new AtomicReference<>(Optional.empty());
      client.precedents(
          days,
          opening -> {
            said.set(Optional.of(opening));
            return into.open(opening);
          });
      return said.get().orElseThrow();
    }

    @Override
    List<ShadowRule> shadows() throws CommandFailure {
      JsonNode answer = client.shadows();
      try {
        return ShadowJson.read(answer);
      } catch (IllegalArgumentException another) {
        throw CommandFailure.unavailable("what answers is no Postern of this version");
      }
    }

    @Override
    public void close() {}
  }
}
