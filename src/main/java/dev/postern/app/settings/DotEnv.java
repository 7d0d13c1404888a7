package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code .env}: lines {@code NAME=value}, comments, values in quotes or without. */
final class DotEnv {
  private static final Pattern LINE =
      Pattern.compile("(?:export +)?([A-Za-z_][A-Za-z0-9_]*) *= *(.*)");
  private static final Pattern QUOTED =
      Pattern.compile("'([^']*)'\\s*(#.*)?|\"([^\"]*)\"\\s*(#.*)?");

  private DotEnv() {}

  /**
   * One line.
   *
   * @param variable its name
   * @param value what it is set to
   * @param where file and line
   */
  record Line(String variable, String value, String where) {}

  static List<Line> read(Path file, List<Fault> faults) {
    List<Line> lines = new ArrayList<>();
    List<String> text;
    try {
      text = Files.readAllLines(file);
    } catch (IOException unreadable) {
      faults.add(new Fault(String.valueOf(file.getFileName()), "the file cannot be read as UTF-8"));
      return lines;
    }
    for (int i = 0; i < text.size(); i++) {
      String line = text.get(i).strip();
      String where = file.getFileName() + ":" + (i + 1);
      Matcher form = LINE.matcher(line);
      if (form.matches()) {
        lines.add(new Line(form.group(1), value(form.group(2)), where));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        faults.add(new Fault(where, "a line must read NAME=value"));
      }
    }
    return lines;
  }

  private static String value(String written) {
    Matcher quoted = QUOTED.matcher(written);
    if (quoted.matches()) {
      return Optional.ofNullable(quoted.group(1)).orElseGet(() -> quoted.group(3));
    }
    return written.replaceFirst("\\s+#.*$", "").strip();
  }
}
