package dev.postern.quarantine;

import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The trace field that a mail system put before a message when it came. */
public final class TraceField {
  /** A longer first field is none of a mail system. */
  private static final int LONGEST = 4096;

  private TraceField() {}

  /** The message as it came; unchanged where its first field is not the trace of this message. */
  public static RawMessage without(RawMessage message, String id) {
    byte[] octets = message.octets();
    int end = endOfFirstField(octets);
    String field = new String(octets, 0, end, StandardCharsets.ISO_8859_1);
    boolean ours =
        field.startsWith("Received: ")
            && field.replaceAll("\\s+", " ").matches(".* id " + Pattern.quote(id) + "[; ].*");
    return ours ? RawMessage.of(Arrays.copyOfRange(octets, end, octets.length)) : message;
  }

  private static int endOfFirstField(byte[] octets) {
    int most = Math.min(octets.length, LONGEST);
    for (int i = 0; i + 1 < most; i++) {
      if (octets[i] == '\n' && octets[i + 1] != ' ' && octets[i + 1] != '\t') {
        return i + 1;
      }
    }
    return 0;
  }
}
