package dev.postern.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/**
 * A part of a message that holds content and no further parts.
 *
 * @param header its header section; the message's own where that has no parts
 * @param message the octets of the whole message
 * @param from where its body starts
 * @param to where its body ends
 */
record MimePart(HeaderFields header, RawMessage message, int from, int to) {

  /** The media type as claimed; {@code text/plain} where none is (RFC 2045 §5.2). */
  String type() {
    String type = contentType().word();
    return type.isEmpty() ? "text/plain" : type;
  }

  /** The file name as claimed; empty without one. */
  String fileName() {
    String name = MediaType.of(header, "Content-Disposition").parameter("filename");
    return name.isEmpty() ? contentType().parameter("name") : name;
  }

  /** Whether people are meant to see it as a file and not as the text of the message. */
  boolean isFile() {
    return disposition().equals("attachment")
        || !fileName().isEmpty()
        || !type().startsWith("text/");
  }

  /** Octets after decoding, without decoding them. */
  long decodedSize() {
    return switch (encoding()) {
      case "base64" -> base64Size();
      case "quoted-printable" -> quotedPrintableSize();
      default -> to - from;
    };
  }

  /** The first octets of the content as text; none where they cannot be decoded. */
  String text(int mostOctets) {
    return Charsets8.decode(start(mostOctets), contentType().parameter("charset"));
  }

  /** The first octets of the content, decoded; none where they cannot be. */
  byte[] start(int mostOctets) {
    try (InputStream in = decoded()) {
      return in.readNBytes(mostOctets);
    } catch (IOException | RuntimeException broken) {
      // Damaged encoding: nothing of this part can be relied on.
      return new byte[0];
    }
  }

  /** SHA-256 of the content, decoded, in hexadecimal; empty where it cannot be decoded. */
  Optional<String> sha256() {
    try (InputStream in = decoded()) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] some = new byte[8192];
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        sha256.update(some, 0, n);
      }
      return Optional.of(HexFormat.of().formatHex(sha256.digest()));
    } catch (IOException | RuntimeException broken) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** The charset as claimed; empty without one. */
  String charset() {
    return contentType().parameter("charset").toLowerCase(Locale.ROOT);
  }

  /** {@code attachment}, {@code inline}, …; empty without a field. */
  String disposition() {
    return MediaType.of(header, "Content-Disposition").word();
  }

  private InputStream decoded() {
    InputStream raw = new ByteArrayInputStream(message.octets(), from, to - from);
    return switch (encoding()) {
      case "base64" -> new Base64InputStream(raw, DecodeMonitor.SILENT);
      case "quoted-printable" -> new QuotedPrintableInputStream(raw, DecodeMonitor.SILENT);
      default -> raw;
    };
  }

  private MediaType contentType() {
    return MediaType.of(header, "Content-Type");
  }

  private String encoding() {
    return header.first("Content-Transfer-Encoding").toLowerCase(Locale.ROOT);
  }

  private long base64Size() {
    long digits = 0;
    for (int i = from; i < to; i++) {
      byte octet = message.octets()[i];
      if (Character.isLetterOrDigit(octet & 0x7f) || octet == '+' || octet == '/') {
        digits++;
      }
    }
    return digits * 3 / 4;
  }

  /** {@code =XX} is one octet, {@code =} before a line end is none (RFC 2045 §6.7). */
  private long quotedPrintableSize() {
    long size = 0;
    byte[] octets = message.octets();
    for (int i = from; i < to; i++) {
      if (octets[i] == '=' && i + 1 < to && (octets[i + 1] == '\n' || octets[i + 1] == '\r')) {
        i += octets[i + 1] == '\r' && i + 2 < to && octets[i + 2] == '\n' ? 2 : 1;
      } else {
        i += octets[i] == '=' ? 2 : 0;
        size++;
      }
    }
    return size;
  }
}
