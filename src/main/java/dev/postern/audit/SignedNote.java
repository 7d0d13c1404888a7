package dev.postern.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Text with signatures below it, as C2SP signed-note says: the text, an empty line, and one line
 * {@code — name base64(key id || signature)} for each signature.
 */
final class SignedNote {
  static final String DASH = "\u2014 ";
  private static final int MAX_CHARACTERS = 64 * 1024; // sixteen post-quantum signatures would fit

  private SignedNote() {}

  /** Signs a text that ends in a newline. */
  static String sign(String text, SigningKey key) {
    byte[] id = key.verifier().id();
    byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
    byte[] both = Arrays.copyOf(id, id.length + signature.length);
    System.arraycopy(signature, 0, both, id.length, signature.length);
    String line = DASH + key.verifier().name() + " " + Base64.getEncoder().encodeToString(both);
    return text + "\n" + line + "\n";
  }

  /**
   * The text of a note if this key signed it. Signatures of other keys are passed over, as the
   * specification asks, so that witnesses may add theirs; one of this key that is wrong voids the
   * note.
   */
  static Optional<String> open(String note, LogKey key) {
    int split = note.lastIndexOf("\n\n");
    if (note.length() > MAX_CHARACTERS || split < 0 || !note.endsWith("\n")) {
      return Optional.empty();
    }
    if (note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
      return Optional.empty();
    }
    String text = note.substring(0, split + 1);
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    boolean signed = false;
    for (String line : note.substring(split + 2).lines().toList()) {
      Optional<byte[]> signature = signature(line, key);
      if (signature.isPresent() && !key.signed(octets, signature.get())) {
        return Optional.empty();
      }
      signed |= signature.isPresent();
    }
    return signed ? Optional.of(text) : Optional.empty();
  }

  /** The signature on this line if it says that it is of this key. */
  private static Optional<byte[]> signature(String line, LogKey key) {
    String own = DASH + key.name() + " ";
    if (!line.startsWith(own)) {
      return Optional.empty();
    }
    String base64 = line.substring(own.length());
    try {
      byte[] both = Base64.getDecoder().decode(base64);
      byte[] id = Arrays.copyOf(both, LogKey.ID_OCTETS);
      // The JDK lets the unused last bits be anything; a signature shall have one spelling.
      boolean ours =
          both.length > LogKey.ID_OCTETS
              && Arrays.equals(id, key.id())
              && Base64.getEncoder().encodeToString(both).equals(base64);
      return ours
          ? Optional.of(Arrays.copyOfRange(both, LogKey.ID_OCTETS, both.length))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
