package dev.postern.quarantine.exim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code exim -bpr} prints, as it comes. A message is a line with its age, size, id and
 * sender; its recipients stand below it behind ten characters, so that none can pose as a message.
 */
final class Listing {
  /** As many held messages as Postern takes notice of. */
  private static final int MOST = 200_000;

  private static final Pattern MESSAGE =
      Pattern.compile(" ?[0-9]+[mhdw] +[0-9.]+[KMGT]? +(" + EximId.FORM + ") <.*");
  private static final String FROZEN = " *** frozen ***";

  private Listing() {}

  /** Ids of what is frozen. */
  static List<EximId> frozen(InputStream printed) throws IOException {
    List<EximId> found = new ArrayList<>();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(printed, StandardCharsets.ISO_8859_1));
    for (Optional<String> line = next(lines);
        line.isPresent() && found.size() < MOST;
        line = next(lines)) {
      Matcher message = MESSAGE.matcher(line.get());
      if (line.get().endsWith(FROZEN) && message.matches()) {
        found.add(new EximId(message.group(1)));
      }
    }
    return List.copyOf(found);
  }

  private static Optional<String> next(BufferedReader lines) throws IOException {
    return Optional.ofNullable(lines.readLine());
  }
}
