package dev.postern.mail;

import dev.postern.mail.Contents.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the links of a web page with the text between {@code <a href>} and {@code </a>}, as
 * tolerant as browsers are: any case, any quotes, nothing closed. One pass, no recursion, no
 * document tree; a link that is hidden or moved by style sheets counts like any other.
 */
final class HtmlLinks {
  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_TARGET = 2000;

  /** Elements whose content is no markup and not shown (HTML §13.2.6.2). */
  private static final Set<String> NOT_SHOWN = Set.of("script", "style", "title", "textarea");

  /** Elements inside of a line: text before and after them is one word. */
  private static final Set<String> INLINE =
      Set.of(
          "b", "i", "u", "s", "em", "strong", "span", "font", "small", "big", "code", "tt", "wbr");

  private final String html;
  private final int most;
  private final List<Link> links = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private String target = "";
  private boolean open;
  private int at;

  private HtmlLinks(String html, int most) {
    this.html = html;
    this.most = most;
  }

  /** The first links of the page. Never throws; linear time. */
  static List<Link> of(String html, int most) {
    HtmlLinks page = new HtmlLinks(html, most);
    page.read();
    return page.links;
  }

  private void read() {
    while (at < html.length() && links.size() < most) {
      int tag = html.indexOf('<', at);
      show(html.substring(at, tag < 0 ? html.length() : tag));
      at = tag < 0 ? html.length() : tag + 1;
      if (tag >= 0) {
        markup();
      }
    }
    close();
  }

  /** What stands behind a less-than sign. */
  private void markup() {
    if (html.startsWith("!--", at)) {
      skipPast("-->", at + 1);
    } else if (letterAt(at)) {
      startTag();
    } else if (at < html.length() && html.charAt(at) == '/' && letterAt(at + 1)) {
      at++;
      String name = name();
      skipPast(">", at);
      separate(name);
      if (name.equals("a")) {
        close();
      }
    } else if (at < html.length() && "!?/".indexOf(html.charAt(at)) >= 0) {
      skipPast(">", at);
    } else {
      show("<");
    }
  }

  private void startTag() {
    String name = name();
    String href = href();
    separate(name);
    if (name.equals("a")) {
      close();
      open = true;
      target = CharacterReferences.resolve(href);
    } else if (NOT_SHOWN.contains(name)) {
      skipToEndTag(name);
    }
  }

  private String name() {
    int start = at;
    while (at < html.length() && !spaceAt(at) && "/>".indexOf(html.charAt(at)) < 0) {
      at++;
    }
    // No element of interest has a longer name.
    return html.substring(start, Math.min(at, start + 20)).toLowerCase(Locale.ROOT);
  }

  /** Reads all attributes to the end of the tag; of two href the first counts. */
  private String href() {
    String href = "";
    boolean found = false;
    while (at < html.length() && html.charAt(at) != '>') {
      int start = at;
      while (at < html.length() && !spaceAt(at) && "/>=".indexOf(html.charAt(at)) < 0) {
        at++;
      }
      boolean wanted = at - start == 4 && html.regionMatches(true, start, "href", 0, 4) && !found;
      skipSpace();
      if (at < html.length() && html.charAt(at) == '=') {
        at++;
        String value = value();
        href = wanted ? value : href;
        found |= wanted;
      } else if (at == start) {
        at++;
      }
    }
    at = Math.min(at + 1, html.length());
    return href;
  }

  private String value() {
    skipSpace();
    if (at >= html.length()) {
      return "";
    }
    char quote = html.charAt(at);
    int start = at;
    if (quote == '"' || quote == '\'') {
      int end = html.indexOf(quote, at + 1);
      start = at + 1;
      at = end < 0 ? html.length() : end + 1;
      return cut(html, start, end < 0 ? html.length() : end);
    }
    while (at < html.length() && !spaceAt(at) && html.charAt(at) != '>') {
      at++;
    }
    return cut(html, start, at);
  }

  private static String cut(String html, int start, int end) {
    return html.substring(start, Math.min(end, start + LONGEST_TARGET));
  }

  private void skipToEndTag(String name) {
    int i = html.indexOf("</", at);
    while (i >= 0 && !html.regionMatches(true, i + 2, name, 0, name.length())) {
      i = html.indexOf("</", i + 2);
    }
    at = i < 0 ? html.length() : i;
  }

  private void skipPast(String end, int from) {
    int i = html.indexOf(end, from);
    at = i < 0 ? html.length() : i + end.length();
  }

  private void skipSpace() {
    while (at < html.length() && spaceAt(at)) {
      at++;
    }
  }

  private boolean spaceAt(int i) {
    return html.charAt(i) <= ' ';
  }

  private boolean letterAt(int i) {
    return i < html.length()
        && ((html.charAt(i) >= 'a' && html.charAt(i) <= 'z')
            || (html.charAt(i) >= 'A' && html.charAt(i) <= 'Z'));
  }

  private void separate(String element) {
    if (!INLINE.contains(element)) {
      show(" ");
    }
  }

  private void show(String more) {
    if (open && text.length() < LONGEST_TEXT) {
      text.append(more, 0, Math.min(more.length(), LONGEST_TEXT - text.length()));
    }
  }

  private void close() {
    if (open && links.size() < most) {
      links.add(new Link(CharacterReferences.resolve(text.toString()).strip(), target));
    }
    text.setLength(0);
    open = false;
  }
}
