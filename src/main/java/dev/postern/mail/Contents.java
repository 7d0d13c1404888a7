package dev.postern.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a message carries that may be other than it looks: the files with the first octets of each,
 * and the links of its web pages with the text that people see. Bounded; every text is the sender's
 * and hostile; nothing is ever fetched.
 *
 * @param files parts that carry a file, at most {@link #MOST_FILES}
 * @param links of parts in HTML, at most {@link #MOST_LINKS}
 * @param linkHosts as in {@link MessageSummary#linkHosts()}
 */
public record Contents(List<File> files, List<Link> links, List<String> linkHosts) {
  public static final int MOST_FILES = 50;
  public static final int MOST_LINKS = 200;

  /** Enough for every signature that stands at the start of a file. */
  public static final int START_OCTETS = 512;

  private static final int MOST_PAGES = 20;
  private static final int MOST_PAGE_OCTETS = 256 * 1024;

  /**
   * One attached file.
   *
   * @param name the file name as claimed
   * @param type the media type as claimed
   * @param start its first octets after decoding, at most {@link #START_OCTETS}, one character per
   *     octet (ISO-8859-1); empty where they are not at hand
   */
  public record File(String name, String type, String start) {}

  /**
   * One link of a web page.
   *
   * @param text what people see of it, without markup, at most 500 characters
   * @param target its href as written, at most 2,000 characters
   */
  public record Link(String text, String target) {}

  /** Copies the lists, so that contents never change. */
  public Contents {
    files = List.copyOf(files);
    links = List.copyOf(links);
    linkHosts = List.copyOf(linkHosts);
  }

  /** Reads a message. Never throws; time is linear in the message, memory is bounded. */
  public static Contents of(RawMessage message, HeaderFields header) {
    List<File> files = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    int pages = 0;
    List<MimePart> parts = MimeOutline.of(message, header);
    for (MimePart part : parts) {
      if (part.isFile() && files.size() < MOST_FILES) {
        files.add(file(part));
      }
      if (part.type().equals("text/html") && pages++ < MOST_PAGES) {
        links.addAll(HtmlLinks.of(part.text(MOST_PAGE_OCTETS), MOST_LINKS - links.size()));
      }
    }
    return new Contents(files, links, MessageReader.linkHosts(parts));
  }

  private static File file(MimePart part) {
    String start = new String(part.start(START_OCTETS), StandardCharsets.ISO_8859_1);
    return new File(
        MessageReader.bounded(part.fileName()), MessageReader.bounded(part.type()), start);
  }
}
