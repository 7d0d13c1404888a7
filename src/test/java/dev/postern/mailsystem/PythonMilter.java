package dev.postern.mailsystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A milter of Debian's python3-milter, on Sendmail's own libmilter, that accepts everything. */
public final class PythonMilter implements AutoCloseable {
  private static final Path SCRIPT =
      Path.of("src/test/resources/dev/postern/intake/milter/accept_all.py");

  private final Process process;
  private final String address;

  private PythonMilter(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it on a port of loopback; where the package is missing the test is skipped aloud, and
   * fails where CI is set.
   *
   * @param marks whether it adds a field {@code X-Python}
   */
  public static PythonMilter start(boolean marks) {
    int port = Programs.freePort();
    return start(
        "inet:%d@127.0.0.1".formatted(port),
        marks ? "mark" : "quiet",
        "inet:127.0.0.1:" + port,
        () -> Programs.listens(port));
  }

  /** The same on a socket in the file system, which leaves no mark. */
  public static PythonMilter startAt(Path socket) {
    return start("unix:" + socket, "quiet", "unix:" + socket, () -> Programs.listens(socket));
  }

  private static PythonMilter start(
      String listen, String mark, String address, Callable<Boolean> listens) {
    DebianPackage.needed("python3", "/usr/bin/python3");
    DebianPackage.fileNeeded("python3-milter", "/usr/lib/python3/dist-packages/Milter/__init__.py");
    try {
      Process process =
          new ProcessBuilder("/usr/bin/python3", SCRIPT.toString(), listen, mark)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Programs.await("the python milter listens on " + listen, Duration.ofSeconds(30), listens);
      return new PythonMilter(process, address);
    } catch (IOException cannotStart) {
      throw new UncheckedIOException(cannotStart);
    }
  }

  /** How Postfix names it in {@code smtpd_milters}. */
  public String address() {
    return address;
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
