package dev.postern.slack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request was signed by Slack just now. Works on the raw octets, before anything is
 * parsed (docs.slack.dev, "Verifying requests from Slack").
 */
final class RequestCheck {
  /** How old a request may be, and how far in the future. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final byte[] secret;
  private final InstantSource clock;
  private final AtomicLong wronglySigned = new AtomicLong();
  private volatile boolean rightlySigned;

  RequestCheck(String signingSecret, InstantSource clock) {
    this.secret = signingSecret.getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  /**
   * How many signatures were refused, where none was right since the start: then the secret is
   * another app's, or somebody changes what Slack sends. Zero otherwise: anybody can send rubbish.
   */
  long refusedAll() {
    return rightlySigned ? 0 : wronglySigned.get();
  }

  /** The time that ages are told by. */
  InstantSource clock() {
    return clock;
  }

  /** What is wrong with the request; empty when nothing is. */
  Optional<String> problem(@Nullable String timestamp, @Nullable String signature, byte[] body) {
    if (secret.length == 0) {
      return Optional.of("This Postern is connected by Socket Mode and takes no requests.");
    }
    if (timestamp == null || signature == null) {
      return Optional.of("X-Slack-Request-Timestamp or X-Slack-Signature is missing.");
    }
    if (!timestamp.matches("\\d{1,12}")) {
      return Optional.of("X-Slack-Request-Timestamp is not a number of seconds.");
    }
    byte[] right = seal(timestamp, body).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8))) {
      wronglySigned.incrementAndGet();
      return Optional.of("X-Slack-Signature is not right: is slack.signing-secret this app's?");
    }
    rightlySigned = true;
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    Duration off = Duration.between(sent, clock.instant()).abs();
    return off.compareTo(TOLERANCE) <= 0
        ? Optional.empty()
        : Optional.of(
            "The request is " + off.toSeconds() + " s off: is this machine's clock right?");
  }

  private String seal(String timestamp, byte[] body) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(secret, "HmacSHA256"));
      hmac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.US_ASCII));
      return "v0=" + HexFormat.of().formatHex(hmac.doFinal(body));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
