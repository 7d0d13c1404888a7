package dev.postern.mailsystem;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Programs that tests need and that a machine may not have. */
public final class DebianPackage {
  private DebianPackage() {}

  /**
   * Goes on only where the program is installed: otherwise the test is skipped aloud, and fails
   * where CI is set.
   */
  public static void needed(String name, String program) {
    require(
        Files.isExecutable(Path.of(program)),
        program + " is not installed: apt-get install --no-install-recommends " + name);
  }

  /** The same for a package that is no program. */
  public static void fileNeeded(String name, String file) {
    require(
        Files.exists(Path.of(file)),
        name + " is not installed: apt-get install --no-install-recommends " + name);
  }

  /** Goes on only where the sample messages lie beside the project. */
  public static void samplesNeeded(Path folder) {
    require(
        Files.isDirectory(folder),
        "sample messages absent: " + folder.toAbsolutePath().normalize());
  }

  /** Goes on only as root, without which some mail systems do not start. */
  public static void rootNeeded() {
    require("root".equals(System.getProperty("user.name")), "the mail system starts as root only");
  }

  private static void require(boolean there, String otherwise) {
    if (!there) {
      System.out.println("SKIPPED: " + otherwise);
      if (System.getenv("CI") != null) {
        throw new AssertionError(otherwise);
      }
    }
    Assumptions.assumeTrue(there, "SKIPPED: " + otherwise);
  }
}
