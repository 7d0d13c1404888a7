package dev.postern.app.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.app.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;

/** One {@code postern serve}, over all its lives. Its folder holds the settings. */
final class Replica implements AutoCloseable {
  final Path folder;
  private final Map<String, String> settings;
  private Process process;
  private volatile CompletableFuture<Ports> ready = new CompletableFuture<>();

  /** Where it can be reached. */
  record Ports(String url, int smtp) {}

  /** Starts it; it is not ready yet. */
  Replica(Path folder, Map<String, String> settings) throws IOException {
    this.folder = folder;
    this.settings = settings;
    this.process = launch();
  }

  private Process launch() throws IOException {
    CompletableFuture<Ports> coming = new CompletableFuture<>();
    ready = coming;
    Process fresh = Child.process(Child.QUICK, "serve", folder, settings).start();
    Thread.ofVirtual().start(() -> read(fresh, coming));
    return fresh;
  }

  private void read(Process fresh, CompletableFuture<Ports> coming) {
    try (BufferedReader out = fresh.inputReader(UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher found = Child.READY.matcher(line);
        if (found.matches()) {
          coming.complete(new Ports(found.group(1), Integer.parseInt(found.group(2))));
        }
      }
    } catch (IOException killed) {
      coming.completeExceptionally(killed);
    }
    coming.completeExceptionally(new IOException("Postern ended in " + folder));
  }

  /** Where it can be reached, once it is ready. */
  Ports awaitReady() throws InterruptedException, IOException {
    try {
      return ready.get(2, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("not ready: " + log(), e);
    }
  }

  /** Where it can be reached now; empty while it starts, or is gone. */
  Optional<Ports> ports() {
    CompletableFuture<Ports> now = ready;
    return now.isDone() && !now.isCompletedExceptionally()
        ? Optional.of(now.join())
        : Optional.empty();
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    ready = new CompletableFuture<>();
  }

  /** Starts it again on what it left behind. */
  void revive() throws IOException {
    process = launch();
  }

  /** SIGSTOP: it is there, but does nothing, as if its machine slept. */
  void stop() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** SIGCONT: it goes on where it was. */
  void wake() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    if (exit != 0) {
      throw new IOException("no signal " + name);
    }
  }

  /** SIGTERM; returns when it is gone. */
  void terminate() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  /** Waits until it has ended by itself; its exit code. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor(1, TimeUnit.MINUTES) ? process.exitValue() : -1;
  }

  /** What it logged in all its lives. */
  String log() throws IOException {
    return Files.readString(folder.resolve("log.txt"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
