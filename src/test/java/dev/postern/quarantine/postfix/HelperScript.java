package dev.postern.quarantine.postfix;

import dev.postern.mailsystem.PostfixServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The helper, installed for a Postfix of a test. */
public final class HelperScript {
  private static final Path SHIPPED = Path.of("src/main/dist/postern-postfix-helper");
  private static final String FOR = "config=/etc/postfix\n";

  private HelperScript() {}

  /** A copy in this folder with the one line that an administrator changes. */
  public static Path in(Path folder, PostfixServer postfix) {
    return in(folder, "config=" + postfix.config() + "\n");
  }

  static Path in(Path folder, String line) {
    try {
      String shipped = Files.readString(SHIPPED);
      if (!shipped.contains(FOR)) {
        throw new AssertionError("the helper has no line " + FOR);
      }
      Path helper = folder.resolve("postern-postfix-helper");
      Files.writeString(helper, shipped.replace(FOR, line));
      return Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException cannotInstall) {
      throw new UncheckedIOException(cannotInstall);
    }
  }
}
