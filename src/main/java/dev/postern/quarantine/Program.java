package dev.postern.quarantine;

import dev.postern.approval.MailSystemTrouble;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program of a mail system: run without a shell, with nothing to read, in the C locale, with none
 * of our environment, and within bounds of time and of what it may print.
 *
 * @param command the program and what always stands before the arguments of a run
 * @param patience how long a run may take
 */
public record Program(List<String> command, Duration patience) {
  private static final String SEARCHED =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final int MOST_COMPLAINTS = 64 * 1024;
  private static final File NOTHING = new File("/dev/null");

  /** Copies the list, so that a program never changes. */
  public Program {
    command = List.copyOf(command);
  }

  /**
   * What a run came to.
   *
   * @param exit exit code
   * @param result what was read of what it printed
   * @param complaints what it wrote to standard error, the first 64 KiB of it
   */
  public record Ran<T>(int exit, T result, String complaints) {
    /** Its last complaint, for a sentence; the exit code where it made none. */
    public String lastWord() {
      return complaints
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .reduce((_, last) -> last)
          .orElse("exit code " + exit);
    }
  }

  /** Reads what a program prints while it runs. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads as much as is wanted; the rest is not. */
    T read(InputStream printed) throws IOException;
  }

  /** Runs it; what it prints is read as text of at most so many octets. */
  public Ran<String> run(int mostOctets, String... arguments) {
    return run(
        printed -> new String(printed.readNBytes(mostOctets), StandardCharsets.UTF_8), arguments);
  }

  /**
   * Runs it to its end.
   *
   * @throws MailSystemTrouble when it does not start, does not end in time, or what it prints
   *     cannot be read; what it did by then is not known
   */
  public <T> Ran<T> run(Reading<T> reading, String... arguments) {
    Process process = start(arguments);
    try {
      CompletableFuture<T> result = reading(process.getInputStream(), reading);
      CompletableFuture<String> complaints = reading(process.getErrorStream(), Program::complaints);
      long deadline = System.nanoTime() + patience.toNanos();
      T read = result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      String said = complaints.get(left(deadline), TimeUnit.NANOSECONDS);
      if (!process.waitFor(left(deadline), TimeUnit.NANOSECONDS)) {
        throw late();
      }
      return new Ran<>(process.exitValue(), read, said);
    } catch (TimeoutException e) {
      throw late();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof MailSystemTrouble trouble
          ? trouble
          : new MailSystemTrouble("what " + name() + " printed cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MailSystemTrouble("stopped while " + name() + " ran", e);
    } finally {
      end(process);
    }
  }

  /** For sentences. */
  public String name() {
    return String.join(" ", command);
  }

  private Process start(String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(all).redirectInput(NOTHING);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", SEARCHED);
    environment.put("LC_ALL", "C");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new MailSystemTrouble(name() + " cannot be run: " + e.getMessage(), e);
    }
  }

  private static <T> CompletableFuture<T> reading(InputStream from, Reading<T> reading) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("program-output")
        .start(
            () -> {
              try (from) {
                result.complete(reading.read(from));
                // A full pipe would keep the program from ending.
                from.transferTo(OutputStream.nullOutputStream());
              } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  private static String complaints(InputStream from) throws IOException {
    return new String(from.readNBytes(MOST_COMPLAINTS), StandardCharsets.UTF_8);
  }

  private static long left(long deadline) {
    return Math.max(0, deadline - System.nanoTime());
  }

  private MailSystemTrouble late() {
    return new MailSystemTrouble(name() + " did not end within " + patience.toSeconds() + " s");
  }

  /** A program of root cannot be killed by us; it loses its readers, at least. */
  private static void end(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
