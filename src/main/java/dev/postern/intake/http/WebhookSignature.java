package dev.postern.intake.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Postern-Signature: t=<unix>,v1=<hex HMAC-SHA256 of "t.body">}. The body is
 * signed as it crosses the wire. {@code v1} may stand there more than once, so that a sender can
 * rotate its secret too.
 *
 * <p>A request that is replayed within its five minutes is harmless: the same hold is the same
 * case.
 *
 * @param time seconds since 1970
 * @param macs the MACs that the sender claims
 */
record WebhookSignature(long time, List<byte[]> macs) {
  static final String HEADER = "Postern-Signature";
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int MAC_DIGITS = 64;
  private static final int MOST_MACS = 4;

  WebhookSignature {
    macs = List.copyOf(macs);
  }

  /** A signature, or why there is none. */
  sealed interface Read {}

  /** It can be checked. */
  record Present(WebhookSignature signature) implements Read {}

  /** It cannot. */
  record Absent(String why) implements Read {}

  /** Reads the header and looks at its time; no secret is needed for that. */
  static Read read(@Nullable String header, Instant now) {
    if (header == null) {
      return new Absent(
          HEADER + " is missing: send t=<unix time>,v1=<hex HMAC-SHA256 of \"t.body\">");
    }
    Optional<WebhookSignature> signature = parse(header);
    if (signature.isEmpty()) {
      return new Absent(HEADER + " is malformed: send t=<unix time>,v1=<64 hexadecimal digits>");
    }
    long off = Math.abs(now.getEpochSecond() - signature.get().time());
    if (off > TOLERANCE.toSeconds()) {
      return new Absent(
          "the signature's time is "
              + off
              + " seconds off, at most "
              + TOLERANCE.toSeconds()
              + " are taken: check the sender's clock");
    }
    return new Present(signature.get());
  }

  /** The names under which a secret fits. Takes the same time whichever fits, or none. */
  Set<String> signers(Map<String, List<byte[]>> secrets, byte[] body) {
    Set<String> signers = new HashSet<>();
    secrets.forEach(
        (name, valid) -> {
          for (byte[] secret : valid) {
            byte[] right = mac(secret, body);
            for (byte[] claimed : macs) {
              if (MessageDigest.isEqual(right, claimed)) {
                signers.add(name);
              }
            }
          }
        });
    return signers;
  }

  private byte[] mac(byte[] secret, byte[] body) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(secret, "HmacSHA256"));
      hmac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
      return hmac.doFinal(body);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static Optional<WebhookSignature> parse(String header) {
    long time = -1;
    List<byte[]> macs = new ArrayList<>();
    for (String part : header.split(",", -1)) {
      String item = part.strip();
      if (item.matches("t=[1-9][0-9]{0,11}") && time < 0) {
        time = Long.parseLong(item.substring(2));
      } else if (item.matches("v1=[0-9a-fA-F]{" + MAC_DIGITS + "}") && macs.size() < MOST_MACS) {
        macs.add(HexFormat.of().parseHex(item.substring(3)));
      } else {
        return Optional.empty();
      }
    }
    return time < 0 || macs.isEmpty()
        ? Optional.empty()
        : Optional.of(new WebhookSignature(time, macs));
  }
}
