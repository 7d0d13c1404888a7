package dev.postern.app.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command sees of the process it runs in.
 *
 * @param in standard input
 * @param out answers; nothing else
 * @param err complaints
 * @param workingFolder what relative names start from
 * @param environment variables
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Path workingFolder,
    Map<String, String> environment) {

  /** This process. Its output is UTF-8 whatever the locale says, since answers may be JSON. */
  public static Terminal ofProcess() {
    return new Terminal(
        System.in,
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Path.of(""),
        System.getenv());
  }
}
