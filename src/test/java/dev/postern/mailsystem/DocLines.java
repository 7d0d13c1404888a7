package dev.postern.mailsystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines that the documentation asks people to paste: tests run those very lines. */
public final class DocLines {
  private DocLines() {}

  /** The fenced block of that name, such as {@code main.cf}; fails where there is none. */
  public static String of(String page, String name) {
    try {
      String text = Files.readString(Path.of("docs").resolve(page));
      Matcher block =
          Pattern.compile("(?ms)^( *)```" + Pattern.quote(name) + "\\n(.*?)^ *```$").matcher(text);
      if (!block.find()) {
        throw new AssertionError(page + " has no block " + name);
      }
      return block.group(2).replaceAll("(?m)^" + block.group(1), "");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
