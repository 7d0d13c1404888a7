package dev.postern.app;

import dev.postern.app.settings.PolicyFolder;
import dev.postern.app.settings.PolicyInForce;
import dev.postern.app.settings.Settings;
import dev.postern.app.settings.SettingsProblem;
import dev.postern.policy.GroupKind;
import dev.postern.policy.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a policy file in force that has changed, without a start. A file that is being written is
 * left alone: it has to look the same twice. One that cannot be used is told of, and the policy
 * before it stays.
 */
final class PolicyWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);
  private static final int SECONDS_BETWEEN = 2;

  private final Settings settings;
  private final Path file;
  private final AtomicReference<Policy> inForce;
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("policy").factory());
  private PolicyFolder folder;
  private Map<Path, String> known;
  private Map<Path, String> changing;
  private volatile Optional<String> trouble = Optional.empty();

  /**
   * Gets ready.
   *
   * @param settings which name the file
   * @param inForce holds what the file says now, and is set to what it says later
   */
  PolicyWatch(Settings settings, AtomicReference<Policy> inForce) {
    this.settings = settings;
    this.file = settings.policyFile().orElseThrow();
    this.inForce = inForce;
    this.folder = new PolicyFolder(file);
    this.known = Map.of();
    this.changing = Map.of();
  }

  /** Begins to look at the file every other second. */
  void start() {
    var _ =
        beat.scheduleWithFixedDelay(this::look, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
  }

  /** Why the file as it is now is not in force. */
  Optional<String> trouble() {
    return trouble;
  }

  /** One look. The first one reads the file in any case, to know what belongs to it. */
  void look() {
    Map<Path, String> now = folder.stamps();
    boolean first = known.isEmpty();
    if (!first && now.equals(known)) {
      changing = Map.of();
    } else if (!first && !now.equals(changing)) {
      changing = now;
    } else {
      take();
    }
  }

  private void take() {
    PolicyFolder read = new PolicyFolder(file);
    try {
      Policy policy = PolicyInForce.carried(settings, read);
      List<String> unwatched = new ArrayList<>(policy.named());
      unwatched.removeAll(inForce.get().named());
      unwatched.removeIf(entry -> GroupKind.of(entry).isEmpty());
      if (!unwatched.isEmpty()) {
        keep(
            "it asks %s, whose members are read from the start on: start Postern again"
                .formatted(String.join(", ", unwatched)));
      } else {
        put(policy);
      }
    } catch (SettingsProblem problem) {
      keep(String.valueOf(problem.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError unexpected) {
      trouble = Optional.of("the policy file could not be read: " + unexpected);
      LOG.error("policy", unexpected);
    }
    folder = read;
    known = read.asRead();
    changing = Map.of();
  }

  private void put(Policy policy) {
    Policy before = inForce.getAndSet(policy);
    if (!before.version().equals(policy.version())) {
      LOG.info("policy {} is in force, in place of {}", policy.version(), before.version());
    }
    trouble = Optional.empty();
  }

  private void keep(String why) {
    String version = inForce.get().version();
    String words = "as it is now it cannot be used, version " + version + " stays in force: " + why;
    trouble = Optional.of(words);
    LOG.warn("policy file: {}", words);
  }

  @Override
  public void close() {
    beat.shutdownNow();
  }
}
