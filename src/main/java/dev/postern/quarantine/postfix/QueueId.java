package dev.postern.quarantine.postfix;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Postfix calls a message in its queue. Only long ids are taken (enable_long_queue_ids = yes),
 * since short ones may repeat: six or more digits of the second and four of the microsecond, in an
 * alphabet without vowels, then {@code z} and the number of the file, without {@code z}.
 */
record QueueId(String text) {
  private static final String ALPHABET = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
  private static final Pattern FORM =
      Pattern.compile(
          "[0-9BCDFGHJ-NP-TV-Zbcdfghj-np-tv-z]{10}z[0-9BCDFGHJ-NP-TV-Zbcdfghj-np-tv-y]+");
  private static final int LONGEST = 24;
  private static final int DIGITS_OF_SECONDS = 6;

  /** Reads an id; empty where it is none, whatever it is. */
  static Optional<QueueId> parse(String text) {
    return text.length() <= LONGEST && FORM.matcher(text).matches()
        ? Optional.of(new QueueId(text))
        : Optional.empty();
  }

  /** When the queue file was made, which for mail that was not requeued is when it arrived. */
  Instant made() {
    long seconds = 0;
    for (int i = 0; i < DIGITS_OF_SECONDS; i++) {
      seconds = seconds * ALPHABET.length() + ALPHABET.indexOf(text.charAt(i));
    }
    return Instant.ofEpochSecond(seconds);
  }

  @Override
  public String toString() {
    return text;
  }
}
