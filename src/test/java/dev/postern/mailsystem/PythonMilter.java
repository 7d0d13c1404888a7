package dev.postern.mailsystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A milter of Debian's python3-milter, on Sendmail's own libmilter, that accepts everything. */
public final class PythonMilter implements AutoCloseable {
  private static final Path SCRIPT =
      Path.of("src/test/resources/dev/postern/intake/milter/accept_all.py");

  private final Process process;
  private final int port;

  private PythonMilter(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it; where the package is missing the test is skipped aloud, and fails where CI is set.
   *
   * @param marks whether it adds a field {@code X-Python}
   */
  public static PythonMilter start(boolean marks) {
    DebianPackage.needed("python3", "/usr/bin/python3");
    DebianPackage.fileNeeded("python3-milter", "/usr/lib/python3/dist-packages/Milter/__init__.py");
    int port = Programs.freePort();
    try {
      Process process =
          new ProcessBuilder(
                  "/usr/bin/python3",
                  SCRIPT.toString(),
                  String.valueOf(port),
                  marks ? "mark" : "quiet")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      PythonMilter milter = new PythonMilter(process, port);
      Programs.await("the python milter listens", Duration.ofSeconds(30), milter::listens);
      return milter;
    } catch (IOException cannotStart) {
      throw new UncheckedIOException(cannotStart);
    }
  }

  /** Where it listens, on loopback. */
  public int port() {
    return port;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException hurry) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
