package dev.postern.card;

import dev.postern.approval.CaseBook.Deadline;
import dev.postern.approval.CaseId;
import dev.postern.approval.Mention;
import dev.postern.policy.GrantId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a button is for that cannot vote: it shows one case, or the next page of a list, or ends a
 * grant. It carries ids and hashes only, and is a claim like a typed command: who presses sees what
 * they may read, and ends what they may end.
 */
public sealed interface Look {
  /** What shows cases, and changes nothing. */
  sealed interface OfCases extends Look {}

  /** One case. */
  record Case(CaseId id) implements OfCases {}

  /** Cases that mention something, older than one. */
  record About(Mention what, CaseId after) implements OfCases {}

  /** Cases that wait for anybody, older than one. */
  record Open(CaseId after) implements OfCases {}

  /** Cases that wait for the one who presses, later than one. */
  record Mine(Deadline after) implements OfCases {}

  /** Grants, asked for before one. */
  record Grants(GrantId after) implements Look {}

  /** Ends a grant, or takes its request back; then shows those that are left. */
  record EndGrant(GrantId id) implements Look {}

  /** No window ends later. */
  long FARTHEST = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));

  /** How it stands in a button: as long as every token of a card, and none of them. */
  default String token() {
    return switch (this) {
      case Case(CaseId id) -> LookToken.of("c" + bare(id));
      case About(Mention what, CaseId after) ->
          LookToken.of("a" + bare(after), HexFormat.of().parseHex(what.key()));
      case Open(CaseId after) -> LookToken.of("o" + bare(after));
      case Grants(GrantId after) -> LookToken.of("g" + bare(after));
      case EndGrant(GrantId id) -> LookToken.of("e" + bare(id));
      case Mine(Deadline after) -> LookToken.of("m00000000", octets(after));
    };
  }

  /** Reads what a button carried; empty when it is nothing to look at. */
  static Optional<Look> parse(String token) {
    return LookToken.read(token)
        .flatMap(
            it ->
                switch (it.text().charAt(0)) {
                  case 'c' -> CaseId.parse(it.rest()).map(Case::new);
                  case 'a' ->
                      CaseId.parse(it.rest()).map(id -> new About(new Mention(it.hash()), id));
                  case 'o' -> CaseId.parse(it.rest()).map(Open::new);
                  case 'g' -> GrantId.parse(it.rest()).map(Grants::new);
                  case 'e' -> GrantId.parse(it.rest()).map(EndGrant::new);
                  default ->
                      // Buttons of earlier releases carry a number here, and show the first page.
                      Optional.of(it.rest())
                          .filter(text -> text.matches("[0-9]{8}"))
                          .map(_ -> new Mine(deadline(HexFormat.of().parseHex(it.hash()))));
                });
  }

  private static byte[] octets(Deadline at) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at.closes());
    return ByteBuffer.allocate(16).putLong(micros).putLong(at.stageId()).array();
  }

  private static Deadline deadline(byte[] octets) {
    ByteBuffer both = ByteBuffer.wrap(octets);
    // What somebody made up is an instant, too.
    long micros = Math.clamp(both.getLong(), 0, FARTHEST);
    return new Deadline(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), both.getLong());
  }

  private static String bare(CaseId id) {
    return bare(id.text());
  }

  private static String bare(GrantId id) {
    return bare(id.text());
  }

  private static String bare(String id) {
    return id.substring(3).replace("-", "");
  }
}
