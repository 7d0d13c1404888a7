package dev.postern.card;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A moment as headers tell it (RFC 9110 §5.6.7, the preferred form). */
public final class HttpDate {
  private HttpDate() {}

  /** Reads the value of a header; empty when it is no date. */
  public static Optional<Instant> read(String header) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
    } catch (DateTimeParseException noDate) {
      return Optional.empty();
    }
  }
}
