package dev.postern.quarantine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with {@link TooLarge} behind so many octets. */
final class BoundedStream extends FilterInputStream {
  private final long largest;
  private long left;

  BoundedStream(InputStream in, long largest) {
    super(in);
    this.largest = largest;
    this.left = largest;
  }

  @Override
  public int read() throws IOException {
    int octet = super.read();
    counted(octet < 0 ? 0 : 1);
    return octet;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    counted(Math.max(count, 0));
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    counted(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void counted(long octets) throws TooLarge {
    left -= octets;
    if (left < 0) {
      throw new TooLarge(largest);
    }
  }
}
