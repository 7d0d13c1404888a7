package dev.postern.store;

import dev.postern.approval.Answer;
import dev.postern.approval.CaseId;
import dev.postern.approval.People;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process to be killed: holds messages and votes on every second one, from four threads, and
 * prints each acknowledgement after it was given.
 */
final class CrashVictim {
  private CrashVictim() {}

  /** Runs until it is killed. */
  public static void main(String[] args) throws InterruptedException {
    Store.Access access = access(args[0], Path.of(args[1]));
    World world = new World(access, new People().and("kim"), Dnses.NOTHING);
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      String prefix = args[2] + "-" + i + "-";
      threads[i] = Thread.ofPlatform().start(() -> work(world, prefix));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  static Store.Access access(String url, Path folder) {
    return url.equals("h2")
        ? Databases.h2(folder)
        : new Store.Access(url, "", "", true, 10, Duration.ofMinutes(1));
  }

  private static void work(World world, String prefix) {
    for (int n = 0; n < 100_000; n++) {
      CaseId id = world.held(prefix + n);
      say("held " + id);
      if (n % 2 == 0 && world.release(id, "kim") instanceof Answer.Decided) {
        say("voted " + id);
      }
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
