package dev.postern.evidence.spf;

import dev.postern.evidence.Answer;
import dev.postern.evidence.PerAnswer;
import dev.postern.evidence.SpfResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A record that is syntactically right as a whole (RFC 7208 §4.6).
 *
 * @param directives in the order of the record
 * @param redirect the domain of redirect=
 * @param explanation the domain of exp=
 */
record SpfRecord(
    List<Directive> directives, Optional<MacroString> redirect, Optional<MacroString> explanation) {

  /**
   * A mechanism with its qualifier.
   *
   * @param result what a match means
   * @param mechanism what is tested
   * @param text the term as written
   */
  record Directive(SpfResult result, Mechanism mechanism, String text) {}

  /** The SPF records of an answer. */
  static final PerAnswer<Published> PUBLISHED = new PerAnswer<>(Published::read);

  /**
   * What a name publishes.
   *
   * @param count how many of its TXT records are SPF records
   * @param only the record, where there is exactly one
   */
  record Published(int count, Optional<Parsed> only) {

    private static Published read(Answer answer) {
      List<String> records = answer.data().stream().filter(SpfRecord::isSpf).toList();
      return new Published(
          records.size(),
          records.size() == 1 ? Optional.of(parse(records.getFirst())) : Optional.empty());
    }
  }

  /** What reading a record came to. */
  sealed interface Parsed {
    /** It is right. */
    record Good(SpfRecord record) implements Parsed {}

    /** Term {@code number} (the first after the version is 1) is wrong. */
    record Bad(int number, String why) implements Parsed {}
  }

  /** Whether a TXT record is an SPF record (RFC 7208 §4.5). */
  static boolean isSpf(String txt) {
    return txt.regionMatches(true, 0, "v=spf1", 0, 6)
        && (txt.length() == 6 || txt.charAt(6) == ' ');
  }

  /** The terms of a record for which {@link #isSpf} holds, in their order. */
  static Stream<String> terms(String txt) {
    return Arrays.stream(txt.substring("v=spf1".length()).split(" +", -1))
        .filter(term -> !term.isEmpty());
  }

  /** Reads a record for which {@link #isSpf} holds. */
  static Parsed parse(String txt) {
    return new SpfRecordParser().parse(txt);
  }
}
