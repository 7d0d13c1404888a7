package dev.postern.app.witness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that checkpoints are appended to and forced to the disk. A note of which a crash left only
 * the beginning is cut off before the next is written; a file that holds anything else is refused.
 * For one thread.
 */
final class CheckpointFile implements Place {
  private static final int TAIL = 64 * 1024; // octets; far more than a note has
  private static final String SIGNATURE = onWire("\n\u2014 ");

  private final Path file;
  private boolean whole;

  CheckpointFile(Path file) {
    this.file = file;
  }

  @Override
  public void put(String note) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (!whole) {
        cutTornNote(channel, note);
      }
      whole = false;
      channel.position(channel.size());
      ByteBuffer octets = ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8));
      while (octets.hasRemaining()) {
        channel.write(octets);
      }
      channel.force(true);
      whole = true;
    } catch (IOException e) {
      throw new IOException(file + " cannot be written: " + e, e);
    }
  }

  private static void cutTornNote(FileChannel channel, String next) throws IOException {
    long from = Math.max(0, channel.size() - TAIL);
    ByteBuffer octets = ByteBuffer.allocate((int) (channel.size() - from));
    boolean more = true;
    while (more && octets.hasRemaining()) {
      more = channel.read(octets, from + octets.position()) > 0;
    }
    String tail = new String(octets.array(), StandardCharsets.ISO_8859_1);
    int end = 0;
    int line = tail.indexOf(SIGNATURE);
    while (line >= 0) {
      int newline = tail.indexOf('\n', line + 1);
      end = newline < 0 ? end : newline + 1;
      line = tail.indexOf(SIGNATURE, line + 1);
    }
    String torn = tail.substring(end);
    String origin = onWire(next.substring(0, next.indexOf('\n') + 1));
    if (!torn.startsWith(origin) && !origin.startsWith(torn)) {
      throw new IOException("it holds something else than checkpoints of this log");
    }
    channel.truncate(from + end);
  }

  /**
   * A text as its UTF-8 octets, one character each, so that places in it are places in the file.
   */
  private static String onWire(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
