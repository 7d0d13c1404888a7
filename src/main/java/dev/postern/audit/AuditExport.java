package dev.postern.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The log as a file that anybody can read and check: JSON lines in UTF-8, each ended by one
 * newline, in exactly this spelling, without spaces.
 *
 * <pre>
 * {"number":1,"leaf":"(64 hex digits)","entry":{...}}
 * {"checkpoint":"(the signed note as a JSON string)"}
 * </pre>
 *
 * <p>What stands after {@code "entry":} and before the last brace are the canonical bytes
 * themselves ({@link LogEntry#canonical()}), which hold no newline. Entries stand in order from 1;
 * a checkpoint stands directly after the last entry that it covers. RFC 6962 hashes and C2SP
 * signatures make the file checkable without Postern.
 */
public final class AuditExport implements LogVisitor {
  private static final int MAX_LINE = 4 * 1024 * 1024; // octets; entries are far below

  private final OutputStream out;

  /** A writer onto this stream, which it does not close. */
  public AuditExport(OutputStream out) {
    this.out = out;
  }

  @Override
  public void entry(long number, byte[] canonical, String leaf) {
    StringBuilder line = new StringBuilder("{\"number\":").append(number).append(",\"leaf\":");
    JsonText.quote(leaf, line);
    write(line.append(",\"entry\":").toString());
    write(canonical);
    write("}\n");
  }

  @Override
  public void checkpoint(String note) {
    single("checkpoint", note);
  }

  /** Goes into the file as well, so that whoever verifies it meets it there. */
  @Override
  public void malformed(String reason) {
    single("malformed", reason);
  }

  private void single(String member, String value) {
    StringBuilder line = new StringBuilder("{\"" + member + "\":");
    JsonText.quote(value, line);
    write(line.append("}\n").toString());
  }

  /**
   * Gives every line of a file to a visitor, one at a time, a line of another form as malformed.
   *
   * @param in not closed
   */
  public static void read(InputStream in, LogVisitor into) {
    try {
      for (long number = 1; ; number++) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        if (octet < 0) {
          return;
        }
        while (octet >= 0 && octet != '\n' && line.size() <= MAX_LINE) {
          line.write(octet);
          octet = in.read();
        }
        if (octet != '\n') {
          into.malformed("line %d is longer than %d octets or cut off".formatted(number, MAX_LINE));
          return;
        }
        line(line.toByteArray(), number, into);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void line(byte[] octets, long number, LogVisitor into) {
    // ISO 8859-1 keeps every octet as it is, whatever it means; the hash is over octets.
    JsonText json = new JsonText(new String(octets, StandardCharsets.ISO_8859_1));
    boolean taken =
        json.skip("{\"checkpoint\":")
            ? checkpoint(json, into)
            : json.skip("{\"number\":") && entry(json, into);
    if (!taken) {
      into.malformed("line %d is neither an entry nor a checkpoint".formatted(number));
    }
  }

  private static boolean checkpoint(JsonText json, LogVisitor into) {
    Optional<String> note = json.string();
    if (note.isEmpty() || !json.skip("}") || !json.ended()) {
      return false;
    }
    byte[] octets = note.get().getBytes(StandardCharsets.ISO_8859_1);
    into.checkpoint(new String(octets, StandardCharsets.UTF_8));
    return true;
  }

  private static boolean entry(JsonText json, LogVisitor into) {
    Optional<Long> number = json.number();
    Optional<String> leaf = json.skip(",\"leaf\":") ? json.string() : Optional.empty();
    Optional<String> entry = json.skip(",\"entry\":") ? json.rest(1) : Optional.empty();
    if (number.isEmpty() || entry.isEmpty() || !json.skip("}")) {
      return false;
    }
    if (!leaf.orElse("").matches("[0-9a-f]{64}")) {
      return false;
    }
    byte[] canonical = entry.get().getBytes(StandardCharsets.ISO_8859_1);
    if (LogEntry.parse(canonical).isEmpty()) {
      return false;
    }
    into.entry(number.get(), canonical, leaf.get());
    return true;
  }

  private void write(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(byte[] octets) {
    try {
      out.write(octets);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }
}
