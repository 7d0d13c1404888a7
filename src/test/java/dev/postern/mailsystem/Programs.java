package dev.postern.mailsystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Runs other programs, and looks at what they do. */
public final class Programs {
  private static final Duration BETWEEN = Duration.ofMillis(10);
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 12_000;

  private Programs() {}

  /**
   * What a program came to.
   *
   * @param exit its exit code
   * @param out what it printed
   * @param err what it complained of
   */
  public record Ran(int exit, String out, String err) {
    /** What it printed; fails where it did not end well. */
    public String orFail() {
      if (exit != 0) {
        throw new AssertionError("exit " + exit + ": " + err + out);
      }
      return out;
    }
  }

  /** Runs a program to its end, with nothing to read and in the C locale. */
  public static Ran run(List<String> command) {
    return run(command, "");
  }

  /** Runs a program to its end, in the C locale; it reads {@code input}. */
  public static Ran run(List<String> command, String input) {
    try {
      Path out = Files.createTempFile("out", "");
      Path err = Files.createTempFile("err", "");
      Path in = Files.writeString(Files.createTempFile("in", ""), input);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("LC_ALL", "C");
      Process process =
          builder
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("not within a minute: " + command);
      }
      Ran ran = new Ran(process.exitValue(), text(out), text(err));
      for (Path file : List.of(in, out, err)) {
        Files.delete(file);
      }
      return ran;
    } catch (IOException cannotRun) {
      throw new UncheckedIOException(command.toString(), cannotRun);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + command, hurry);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Looks again and again at another process until it is so, for at most so long. */
  public static void await(String what, Duration atMost, Callable<Boolean> so) {
    long begin = System.nanoTime();
    try {
      while (!so.call()) {
        if (System.nanoTime() - begin > atMost.toNanos()) {
          throw new AssertionError("not within " + atMost + ": " + what);
        }
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
    } catch (Exception broken) {
      throw new AssertionError(what, broken);
    }
  }

  /**
   * A port of loopback that nobody has now. It lies below those that the system gives to clients,
   * so that nobody gets it by chance before the program that it is meant for.
   */
  public static int freePort() {
    for (int tries = 0; tries < 100; tries++) {
      int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // the next one, then
      }
    }
    throw new AssertionError("no port of loopback is free");
  }

  /** Whether somebody takes connections there on loopback. */
  public static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Whether somebody takes connections at this socket in the file system. */
  public static boolean listens(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Ends a server with all that it started, and waits until they are gone. */
  public static void end(String name, Process server, Duration atMost) {
    List<ProcessHandle> children = server.descendants().toList();
    server.destroy();
    await(name + " has ended", atMost, () -> !server.isAlive());
    children.forEach(ProcessHandle::destroyForcibly);
    await(
        "what " + name + " started has ended",
        atMost,
        () -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Removes a folder with all that is in it. */
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException cannotDelete) {
      throw new UncheckedIOException(cannotDelete);
    }
  }
}
