package dev.postern.app.bench.clicks;

import java.nio.charset.StandardCharsets;

/**
 * One click to be sent.
 *
 * @param number of the case
 * @param body the form
 * @param sort what is wrong with it
 */
record Press(int number, String body, Sort sort) {

  /** What is wrong with a click. */
  enum Sort {
    /** Nothing: it decides its case, unless another one did. */
    RIGHT,
    /** Signed under another secret. */
    BAD_SIGNATURE,
    /** Signed six minutes ago. */
    STALE,
    /** By somebody whom nobody asked. */
    STRANGER,
    /** For a case whose window has closed. */
    EXPIRED
  }

  /** The form as it is sent. */
  byte[] octets() {
    return body.getBytes(StandardCharsets.US_ASCII);
  }

  /** The headers, signed for this second as far as the sort lets it. */
  String headers(long seconds) {
    String secret =
        sort == Sort.BAD_SIGNATURE
            ? Surroundings.SLACK_SECRET.replace('0', '1')
            : Surroundings.SLACK_SECRET;
    return Requests.slackHeaders(secret, octets(), sort == Sort.STALE ? seconds - 360 : seconds);
  }
}
