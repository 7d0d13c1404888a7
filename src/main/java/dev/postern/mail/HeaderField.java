package dev.postern.mail;

import java.nio.ByteBuffer;

/**
 * One field of a header section, as a window onto the octets of the message (RFC 5322 §2.2). Cheap:
 * nothing is copied but the name.
 */
public final class HeaderField {

  /** Longest value that {@link #unfoldedValue()} gives, in octets; what lies behind is cut off. */
  public static final int LONGEST_VALUE = 256 * 1024;

  private final byte[] message;
  private final String name;
  private final int offset;
  private final int valueOffset;
  private final int end;

  HeaderField(byte[] message, String name, int offset, int valueOffset, int end) {
    this.message = message;
    this.name = name;
    this.offset = offset;
    this.valueOffset = valueOffset;
    this.end = end;
  }

  /**
   * The name as written, without white space before the colon; characters are octets (ISO-8859-1).
   */
  public String name() {
    return name;
  }

  /** Where the field starts in the message: the first octet of its name. */
  public int offset() {
    return offset;
  }

  /**
   * Octets of the whole field: name, colon, value, folding, and its last line end if it has one.
   */
  public int length() {
    return end - offset;
  }

  /** Where the value starts in the message: the octet after the colon. */
  public int valueOffset() {
    return valueOffset;
  }

  /** The whole field, read-only, with folding and its last line end. */
  public ByteBuffer octets() {
    return ByteBuffer.wrap(message, offset, length()).slice().asReadOnlyBuffer();
  }

  /**
   * The value without line ends and without white space around it. UTF-8 where the octets are that
   * (RFC 6532), else ISO-8859-1. At most {@link #LONGEST_VALUE} octets are looked at.
   */
  public String unfoldedValue() {
    int last = Math.min(end, valueOffset + LONGEST_VALUE);
    byte[] value = new byte[last - valueOffset];
    int length = 0;
    for (int i = valueOffset; i < last; i++) {
      if (!lineEndAt(i)) {
        value[length++] = message[i];
      }
    }
    return Charsets8.utf8OrLatin1(value, length).strip();
  }

  /** A lone CR is no line end and stays. */
  private boolean lineEndAt(int i) {
    return message[i] == '\n' || (message[i] == '\r' && i + 1 < end && message[i + 1] == '\n');
  }

  @Override
  public String toString() {
    return "HeaderField[" + name + " at " + offset + ", " + length() + " octets]";
  }
}
