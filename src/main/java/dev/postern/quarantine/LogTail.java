package dev.postern.quarantine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What is written to a log from some moment on. Used by one thread. */
public final class LogTail {
  private static final int AT_ONCE = 256 * 1024;

  private final Path file;
  private Optional<Object> key;
  private long position;
  private byte[] begun = {};

  private LogTail(Path file, Optional<Object> key, long position) {
    this.file = file;
    this.key = key;
    this.position = position;
  }

  /** From its end on; from its beginning where it is not there yet. */
  static LogTail atEndOf(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new LogTail(file, Optional.ofNullable(now.fileKey()), now.size());
    } catch (IOException notYet) {
      return new LogTail(file, Optional.empty(), 0);
    }
  }

  /** Whole lines that were written since; empty also where the log cannot be read now. */
  public List<String> more() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (!Objects.equals(key, Optional.ofNullable(now.fileKey())) || now.size() < position) {
        // It was begun anew; what came last in the old one is not waited for.
        key = Optional.ofNullable(now.fileKey());
        position = 0;
        begun = new byte[0];
      }
      return now.size() > position ? read() : List.of();
    } catch (IOException away) {
      return List.of();
    }
  }

  private List<String> read() throws IOException {
    ByteBuffer octets = ByteBuffer.allocate(begun.length + AT_ONCE);
    octets.put(begun);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(position);
      int read = Math.max(0, channel.read(octets));
      position += read;
    }
    byte[] all = new byte[octets.flip().limit()];
    octets.get(all);
    int end = all.length;
    while (end > 0 && all[end - 1] != '\n') {
      end--;
    }
    begun = Arrays.copyOfRange(all, end, all.length);
    return new String(all, 0, end, StandardCharsets.UTF_8).lines().toList();
  }
}
