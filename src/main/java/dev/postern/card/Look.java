package dev.postern.card;

import dev.postern.approval.CaseBook.Deadline;
import dev.postern.approval.CaseId;
import dev.postern.approval.Mention;
import dev.postern.policy.GrantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a button is for that cannot vote: it shows one case, or the next page of a list, or ends a
 * grant, or takes a message out of a set. It carries ids and hashes only, and is a claim like a
 * typed command: who presses sees what they may read, and ends what they may end.
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

  /** Messages that the card of one case asks about, behind one of them. */
  record Members(CaseId leader, Optional<CaseId> after) implements Look {}

  /** Takes a message out of those that are decided together; then shows the others. */
  record Apart(CaseId member) implements Look {}

  /** What such buttons are called on cards; a token alone tells them from no other. */
  Pattern BUTTON = Pattern.compile("pn[.](?:open[0-9]?|(?:end|apart)[0-9]|more)");

  /** Whether a button of that name is one. */
  static boolean button(String actionId) {
    return BUTTON.matcher(actionId).matches();
  }

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
      case Members(CaseId leader, var after) ->
          LookToken.of("s" + bare(leader), octets(after.map(Look::bare).orElse("")));
      case Apart(CaseId member) -> LookToken.of("x" + bare(member));
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
                  case 's' -> CaseId.parse(it.rest()).map(id -> new Members(id, caseId(it.hash())));
                  case 'x' -> CaseId.parse(it.rest()).map(Apart::new);
                  case 'g' -> GrantId.parse(it.rest()).map(Grants::new);
                  case 'e' -> GrantId.parse(it.rest()).map(EndGrant::new);
                  default ->
                      // Buttons of earlier releases carry a number here, and show the first page.
                      Optional.of(it.rest())
                          .filter(text -> text.matches("[0-9]{8}"))
                          .map(_ -> new Mine(deadline(HexFormat.of().parseHex(it.hash()))));
                });
  }

  private static byte[] octets(String id) {
    return Arrays.copyOf(id.getBytes(StandardCharsets.US_ASCII), 16);
  }

  /** Zeros, and what somebody made up, name none. */
  private static Optional<CaseId> caseId(String hash) {
    byte[] octets = Arrays.copyOf(HexFormat.of().parseHex(hash), 8);
    return CaseId.parse(new String(octets, StandardCharsets.US_ASCII));
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
