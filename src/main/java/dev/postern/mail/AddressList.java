package dev.postern.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the value of From, Reply-To and the like (RFC 5322 §3.4, §4.4) from left to right: quoted
 * strings, nested comments, routes, groups. Whatever contains an at sign counts as a mailbox, also
 * where commas or brackets are missing, so that no address can hide behind broken syntax.
 */
final class AddressList {
  private static final Pattern ENCODED_WORD =
      Pattern.compile("=\\?[^?\\s]{1,60}\\?[bBqQ]\\?[^?]{0,200}\\?=");

  private final String value;
  private final List<Mailbox> mailboxes = new ArrayList<>();
  private final StringBuilder written = new StringBuilder();
  private final StringBuilder phrase = new StringBuilder();
  private int at;
  private boolean everyQuoteIsOpen;

  private AddressList(String value) {
    this.value = value;
  }

  /** The mailboxes in {@code value}, in order. Never throws; linear time. */
  static List<Mailbox> parse(String value) {
    AddressList list = new AddressList(value);
    list.read();
    return List.copyOf(list.mailboxes);
  }

  private void read() {
    Matcher encodedWord = ENCODED_WORD.matcher(value);
    while (at < value.length()) {
      char c = value.charAt(at);
      switch (c) {
        case '"' -> quoted();
        case '(' -> comment();
        case '<' -> angle();
        case ',', ';' -> {
          bare();
          at++;
        }
        case ':' -> {
          // What stood before is the name of a group, unless it holds an address already.
          bare();
          at++;
        }
        case '=' -> {
          boolean word = encodedWord.region(at, value.length()).lookingAt();
          append(word ? encodedWord.group() : "=");
        }
        default -> append(String.valueOf(c));
      }
    }
    bare();
  }

  private void append(String text) {
    written.append(text);
    phrase.append(text);
    at += text.length();
  }

  /**
   * A quoted string: its marks belong to a local part, but not to a name. A mark that is never
   * closed is a character like any other, so that it cannot swallow the address behind it.
   */
  private void quoted() {
    int end = everyQuoteIsOpen ? -1 : closingQuote();
    if (end < 0) {
      everyQuoteIsOpen = true;
      append("\"");
      return;
    }
    written.append(value, at, end + 1);
    phrase.append(value.substring(at + 1, end).replaceAll("\\\\(.)", "$1"));
    at = end + 1;
  }

  private int closingQuote() {
    for (int i = at + 1; i < value.length(); i++) {
      if (value.charAt(i) == '\\') {
        i++;
      } else if (value.charAt(i) == '"') {
        return i;
      }
    }
    return -1;
  }

  private void comment() {
    int depth = 0;
    while (at < value.length()) {
      char c = value.charAt(at++);
      if (c == '\\') {
        at = Math.min(at + 1, value.length());
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return;
      }
    }
  }

  private void angle() {
    String before = phrase.toString();
    clear();
    at++;
    while (at < value.length() && value.charAt(at) != '>') {
      switch (value.charAt(at)) {
        case '"' -> quoted();
        case '(' -> comment();
        default -> append(String.valueOf(value.charAt(at)));
      }
    }
    at = Math.min(at + 1, value.length());
    String address = written.toString().strip();
    // RFC 5322 §4.4: a route before the colon is obsolete and ignored.
    int route = address.startsWith("@") ? address.indexOf(':') : -1;
    add(before, address.substring(route + 1));
    clear();
  }

  /** A mailbox without angle brackets ends here, if there is one. */
  private void bare() {
    String address = written.toString().strip();
    if (address.indexOf('@') >= 0) {
      add("", address);
    }
    clear();
  }

  private void add(String name, String address) {
    if (!address.isEmpty()) {
      mailboxes.add(new Mailbox(EncodedWords.decode(name).strip(), address));
    }
  }

  private void clear() {
    written.setLength(0);
    phrase.setLength(0);
  }
}
