package dev.postern.mail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Decodes MIME words in header text (RFC 2047, RFC 2231 §5) from left to right. What is no proper
 * word stays as it is. Neighbouring words of one charset are joined before their octets are
 * decoded, since real software splits characters between them.
 */
final class EncodedWords {
  private static final int LONGEST_CHARSET = 60;
  private static final int LONGEST_TEXT = 1000;

  private final String text;
  private final StringBuilder out = new StringBuilder();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private String pendingCharset = "";

  private EncodedWords(String text) {
    this.text = text;
  }

  /** The decoded text. Never throws; linear time. */
  static String decode(String text) {
    return text.contains("=?") ? new EncodedWords(text).decode() : text;
  }

  private String decode() {
    int at = 0;
    int plainFrom = 0;
    while (at >= 0 && at < text.length()) {
      at = text.indexOf("=?", at);
      Optional<Word> word = at < 0 ? Optional.empty() : word(at);
      if (word.isPresent()) {
        plain(text.substring(plainFrom, at));
        take(word.get());
        at = word.get().end();
        plainFrom = at;
      } else if (at >= 0) {
        at += 2;
      }
    }
    plain(text.substring(plainFrom));
    flush();
    return out.toString();
  }

  /** White space between two words is no text (RFC 2047 §6.2). */
  private void plain(String between) {
    if (!between.isEmpty() && (pendingCharset.isEmpty() || !between.isBlank())) {
      flush();
      out.append(between);
    }
  }

  private void take(Word word) {
    if (!word.charset().equals(pendingCharset)) {
      flush();
      pendingCharset = word.charset();
    }
    pending.writeBytes(word.octets().array());
  }

  private void flush() {
    if (!pendingCharset.isEmpty()) {
      out.append(Charsets8.decode(pending.toByteArray(), pendingCharset));
      pending.reset();
      pendingCharset = "";
    }
  }

  private record Word(String charset, ByteBuffer octets, int end) {}

  private Optional<Word> word(int start) {
    int charsetEnd = text.indexOf('?', start + 2, end(start + 2 + LONGEST_CHARSET));
    if (charsetEnd < 0 || charsetEnd + 2 >= text.length() || text.charAt(charsetEnd + 2) != '?') {
      return Optional.empty();
    }
    int from = charsetEnd + 3;
    int to = text.indexOf("?=", from, end(from + LONGEST_TEXT + 2));
    if (to < 0) {
      return Optional.empty();
    }
    String charset = text.substring(start + 2, charsetEnd).toLowerCase(Locale.ROOT);
    int language = charset.indexOf('*');
    String bare = language < 0 ? charset : charset.substring(0, language);
    String encoded = text.substring(from, to);
    return switch (text.charAt(charsetEnd + 1)) {
      case 'q', 'Q' -> Optional.of(new Word(bare, quotedPrintable(encoded), to + 2));
      case 'b', 'B' -> base64(encoded).map(octets -> new Word(bare, octets, to + 2));
      default -> Optional.empty();
    };
  }

  private int end(int wanted) {
    return Math.min(wanted, text.length());
  }

  private static Optional<ByteBuffer> base64(String encoded) {
    try {
      byte[] ascii = encoded.getBytes(StandardCharsets.ISO_8859_1);
      return Optional.of(ByteBuffer.wrap(Base64.getMimeDecoder().decode(ascii)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static ByteBuffer quotedPrintable(String encoded) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      int hex = c == '=' && i + 2 < encoded.length() ? hex(encoded, i + 1) : -1;
      if (hex >= 0) {
        octets.write(hex);
        i += 2;
      } else {
        octets.writeBytes((c == '_' ? " " : String.valueOf(c)).getBytes(StandardCharsets.UTF_8));
      }
    }
    return ByteBuffer.wrap(octets.toByteArray());
  }

  private static int hex(String text, int at) {
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
