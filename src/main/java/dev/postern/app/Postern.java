package dev.postern.app;

import dev.postern.app.command.CommandFailure;
import dev.postern.app.command.CommandLineTool;
import dev.postern.app.command.Terminal;
import dev.postern.app.settings.Settings;
import dev.postern.policy.Policy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** The program. */
public final class Postern {
  private Postern() {}

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] args) {
    CommandLineTool tool =
        new CommandLineTool(Terminal.ofProcess(), Postern::run, Core::nameServers);
    System.exit(tool.run(args));
  }

  /** Runs the service until SIGTERM or Ctrl-C. */
  private static int run(Settings settings, Policy policy, Settings.Mode mode)
      throws CommandFailure {
    LogFormat.apply(settings.log());
    Core.Plan plan = new Core.Plan(settings, new AtomicReference<>(policy), mode, Postern::now);
    CountDownLatch stopped = new CountDownLatch(1);
    try {
      Service service = Service.start(plan, System.out);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform().name("stop").unstarted(() -> stop(service, stopped)));
      stopped.await();
      return 0;
    } catch (Unusable e) {
      throw CommandFailure.unavailable(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** Rows keep milliseconds; what is compared with them must not be finer. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static void stop(Service service, CountDownLatch stopped) {
    service.close();
    stopped.countDown();
  }
}
