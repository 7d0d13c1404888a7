package dev.postern.mail;

import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of all octets of one message. Worked out when it is first asked for, since mail that
 * passes at once is never asked. Safe for many threads; equal where the hashes are.
 */
public final class MessageHash {
  private @Nullable RawMessage message;
  private String hex;

  private MessageHash(@Nullable RawMessage message, String hex) {
    this.message = message;
    this.hex = hex;
  }

  /** The hash of {@code message}, not worked out yet. */
  public static MessageHash of(RawMessage message) {
    return new MessageHash(message, "");
  }

  /** A hash that was written down, in lower-case hexadecimal. */
  public static MessageHash read(String hex) {
    return new MessageHash(null, hex);
  }

  /** In lower-case hexadecimal. */
  public synchronized String hex() {
    if (message != null) {
      hex = message.sha256();
      message = null;
    }
    return hex;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MessageHash that && hex().equals(that.hex());
  }

  @Override
  public int hashCode() {
    return hex().hashCode();
  }

  /** As {@link #hex}. */
  @Override
  public String toString() {
    return hex();
  }
}
