package dev.postern.mailsystem;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that a page of the documentation tells administrators to paste: a fenced block whose
 * first line names the file. Tests run the mail system with these very lines; only ports are
 * exchanged, since those of the documentation may be taken.
 */
public final class DocumentedLines {
  private final String page;

  private DocumentedLines(String page) {
    this.page = page;
  }

  /** A page below {@code docs/mail}. */
  public static DocumentedLines of(String name) {
    try {
      return new DocumentedLines(Files.readString(Path.of("docs/mail", name), UTF_8));
    } catch (IOException noPage) {
      throw new UncheckedIOException(noPage);
    }
  }

  /** The same page with another port wherever this one stands. */
  public DocumentedLines withPort(int documented, int actual) {
    if (!page.contains(":" + documented)) {
      throw new AssertionError("no port " + documented + " in the documentation");
    }
    return new DocumentedLines(page.replace(":" + documented, ":" + actual));
  }

  /** What is to be pasted into this file; of several blocks all. */
  public String linesFor(String file) {
    List<String> blocks = new ArrayList<>();
    for (String block : page.split("(?m)^```", -1)) {
      for (String comment : List.of("# ", "dnl ")) {
        String start = "\n" + comment + file + "\n";
        if (block.startsWith(start)) {
          blocks.add(block.substring(start.length()));
        }
      }
    }
    if (blocks.isEmpty()) {
      throw new AssertionError("the documentation has no lines for " + file);
    }
    return String.join("", blocks);
  }
}
