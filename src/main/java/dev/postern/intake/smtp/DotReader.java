package dev.postern.intake.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the octets of one message up to {@code CRLF . CRLF} and removes the dots that were stuffed
 * (RFC 5321 §4.5.2). No other sequence ends a message: a bare LF or CR is content, whatever dot
 * stands around it.
 */
final class DotReader {
  private static final int BLOCK = 8192;

  private enum At {
    LINE_START,
    WITHIN,
    CR,
    DOT,
    DOT_CR,
    END
  }

  private final InputStream in;
  private final byte[] block = new byte[BLOCK];
  private At at = At.LINE_START;

  /** Reads from a stream that supports mark; nothing behind the end of the message is consumed. */
  DotReader(InputStream in) {
    this.in = in;
  }

  /** Where the content goes. */
  interface Content {
    /** One octet of content. */
    void add(byte octet);
  }

  /**
   * Reads the next block; false when the end of the message was in it.
   *
   * @throws EOFException when the connection ended before the message did
   */
  boolean read(Content content) throws IOException {
    in.mark(BLOCK);
    int length = in.read(block);
    if (length < 0) {
      throw new EOFException("connection closed before the end of the message");
    }
    for (int i = 0; i < length; i++) {
      at = next(block[i], content);
      if (at == At.END) {
        in.reset();
        in.skipNBytes(i + 1L);
        return false;
      }
    }
    return true;
  }

  private At next(byte octet, Content content) {
    return switch (at) {
      case LINE_START -> octet == '.' ? At.DOT : keep(octet, content);
      case WITHIN, END -> keep(octet, content);
      case CR -> {
        At then = keep(octet, content);
        yield octet == '\n' ? At.LINE_START : then;
      }
      case DOT -> octet == '\r' ? At.DOT_CR : keep(octet, content);
      case DOT_CR -> {
        if (octet == '\n') {
          yield At.END;
        }
        content.add((byte) '\r');
        yield keep(octet, content);
      }
    };
  }

  private static At keep(byte octet, Content content) {
    content.add(octet);
    return octet == '\r' ? At.CR : At.WITHIN;
  }
}
