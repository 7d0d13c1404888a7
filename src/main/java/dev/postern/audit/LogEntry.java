package dev.postern.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of the log: who did what to which case, and when.
 *
 * @param at when, to the microsecond: what is finer is cut off, since PostgreSQL would not keep it
 * @param actor the person or the part of the system, as people know it
 * @param what the deed in a few words
 * @param caseId the case; empty for deeds that concern none
 * @param detail what else must not be changed afterwards, such as the digest of the evidence
 */
public record LogEntry(Instant at, String actor, String what, String caseId, String detail) {
  private static final DateTimeFormatter MICROSECONDS =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

  private static final List<String> MEMBERS =
      List.of("{\"actor\":", ",\"at\":", ",\"case\":", ",\"detail\":", ",\"what\":");

  /**
   * Takes text as it comes; what UTF-8 or PostgreSQL cannot carry, a lone surrogate or U+0000,
   * becomes U+FFFD.
   */
  public LogEntry {
    at = at.truncatedTo(ChronoUnit.MICROS);
    actor = wellFormed(actor);
    what = wellFormed(what);
    caseId = wellFormed(caseId);
    detail = wellFormed(detail);
  }

  /**
   * What is hashed: one line of canonical JSON (RFC 8785) in UTF-8 with exactly the members {@code
   * actor}, {@code at}, {@code case}, {@code detail}, {@code what}, in this order; {@code at} in
   * UTC with six digits of the second. Different entries have different bytes, equal entries the
   * same on every machine and in every version.
   */
  public byte[] canonical() {
    List<String> values = List.of(actor, MICROSECONDS.format(at), caseId, detail, what);
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < MEMBERS.size(); i++) {
      json.append(MEMBERS.get(i));
      JsonText.quote(values.get(i), json);
    }
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads canonical bytes back; empty when these are not exactly what an entry is written as. */
  public static Optional<LogEntry> parse(byte[] canonical) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(canonical)).toString();
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    JsonText json = new JsonText(text);
    for (String member : MEMBERS) {
      Optional<String> value = json.skip(member) ? json.string() : Optional.empty();
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    try {
      Instant at = Instant.parse(values.get(1));
      LogEntry entry = new LogEntry(at, values.get(0), values.get(4), values.get(2), values.get(3));
      return Arrays.equals(entry.canonical(), canonical) ? Optional.of(entry) : Optional.empty();
    } catch (DateTimeException noInstant) {
      return Optional.empty();
    }
  }

  private static String wellFormed(String text) {
    // The JDK's encoder would write a question mark for a lone surrogate.
    StringBuilder mended = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
        .forEach(mended::appendCodePoint);
    return mended.toString();
  }
}
