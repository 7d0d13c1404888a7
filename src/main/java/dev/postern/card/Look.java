package dev.postern.card;

import dev.postern.approval.CaseId;
import dev.postern.approval.Mention;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a button shows that cannot vote: one case, or the next page of a list. It carries ids and
 * hashes only, and is a claim like a typed command: who presses sees what they may read.
 */
public sealed interface Look {
  /** One case. */
  record Case(CaseId id) implements Look {}

  /** Cases that mention something, older than one. */
  record About(Mention what, CaseId after) implements Look {}

  /** Cases that wait for anybody, older than one. */
  record Open(CaseId after) implements Look {}

  /** Cases that wait for the one who presses, after so many. */
  record Mine(int skip) implements Look {}

  /** No list is followed further than this. */
  int MOST_SKIPPED = 1000;

  /** How it stands in a button: as long as every token of a card, and none of them. */
  default String token() {
    return switch (this) {
      case Case(CaseId id) -> LookToken.of("c" + bare(id));
      case About(Mention what, CaseId after) ->
          LookToken.of("a" + bare(after), HexFormat.of().parseHex(what.key()));
      case Open(CaseId after) -> LookToken.of("o" + bare(after));
      case Mine(int skip) -> LookToken.of("m%08d".formatted(skip));
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
                  default ->
                      Optional.of(it.rest())
                          .filter(text -> text.matches("[0-9]{8}"))
                          .map(Integer::parseInt)
                          .filter(skip -> skip <= MOST_SKIPPED)
                          .map(Mine::new);
                });
  }

  private static String bare(CaseId id) {
    return id.text().substring(3).replace("-", "");
  }
}
