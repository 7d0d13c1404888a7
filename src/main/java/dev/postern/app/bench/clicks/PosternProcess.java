package dev.postern.app.bench.clicks;

import dev.postern.app.Postern;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code postern serve} as a process of its own, with the settings in a folder. */
final class PosternProcess implements AutoCloseable {
  static final String SETTINGS = "postern.conf";

  private static final Pattern READY = Pattern.compile("postern ready http=http://[^ ]*:(\\d+) .*");
  private static final Pattern SYNCS =
      Pattern.compile("(?m)^postern_store_syncs_total ([0-9.E+]+)");
  private static final String LOG = "postern.log";
  private static final int LONGEST_COMPLAINT = 2000;

  private final Process process;
  private final int port;

  private PosternProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it in this folder, with the flags and classes of this process. */
  static PosternProcess start(Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X"))
        .forEach(command::add);
    command.addAll(List.of("-cp", classes(), Postern.class.getName(), "serve"));
    command.addAll(List.of("--config", folder.resolve(SETTINGS).toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve(LOG).toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("POSTERN_"));
    Process process = builder.start();
    // With some flags Java itself says something first.
    Optional<Matcher> ready =
        process
            .inputReader(StandardCharsets.UTF_8)
            .lines()
            .map(READY::matcher)
            .filter(Matcher::matches)
            .findFirst();
    if (ready.isEmpty()) {
      process.destroyForcibly();
      String log = Files.readString(folder.resolve(LOG));
      throw new IOException(
          "Postern did not start: "
              + log.substring(Math.max(0, log.length() - LONGEST_COMPLAINT)).strip());
    }
    return new PosternProcess(process, Integer.parseInt(ready.get().group(1)));
  }

  private static String classes() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(part -> Path.of(part).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Where its HTTP entrance listens, on loopback. */
  int port() {
    return port;
  }

  /** The processor time that it used. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** How often its embedded store was forced to the disk. */
  long syncs() throws IOException {
    try (Line line = new Line(port)) {
      Matcher found = SYNCS.matcher(line.send("GET /metrics", "", new byte[0]).body());
      return found.find() ? (long) Double.parseDouble(found.group(1)) : 0;
    }
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM, and SIGKILL for one that does not go. */
  @Override
  public void close() {
    // Closing the process itself would also close the pipe that it may still write to.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
