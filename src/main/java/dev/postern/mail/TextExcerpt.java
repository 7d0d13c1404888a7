package dev.postern.mail;

import java.util.List;
import java.util.Optional;

/**
 * The beginning of the plain text that a message carries for people. Web pages are left out: what
 * they show is not what they say. Hostile, as everything in a message; never throws.
 *
 * @param lines without line ends, empty ones left out
 * @param cut whether there is more
 */
public record TextExcerpt(List<String> lines, boolean cut) {
  private static final int MOST_OCTETS = 32 * 1024;
  private static final int MOST_LINES = 30;

  /** Copies the list, so that an excerpt never changes. */
  public TextExcerpt {
    lines = List.copyOf(lines);
  }

  /** The first part that is plain text and no file; empty where there is none. */
  public static Optional<TextExcerpt> of(RawMessage message, HeaderFields header) {
    return MimeOutline.of(message, header).stream()
        .filter(part -> part.type().equals("text/plain") && !part.isFile())
        .findFirst()
        .map(TextExcerpt::of);
  }

  private static TextExcerpt of(MimePart part) {
    List<String> lines =
        part.text(MOST_OCTETS)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .limit(MOST_LINES + 1L)
            .toList();
    boolean cut = lines.size() > MOST_LINES || part.decodedSize() > MOST_OCTETS;
    return new TextExcerpt(lines.subList(0, Math.min(MOST_LINES, lines.size())), cut);
  }
}
