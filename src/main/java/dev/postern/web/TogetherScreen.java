package dev.postern.web;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.SUBJECT;

import dev.postern.approval.Campaign;
import dev.postern.approval.Campaign.Place;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Together;
import dev.postern.card.Cleaner;
import java.util.List;

/**
 * The messages that are decided together, as the console lists them.
 *
 * @param id the case that is shown
 * @param leader the case whose card asks about them
 * @param size how many they are
 * @param rows each of them, the leader first; empty on the page of another one
 * @param gathering how many have joined since
 * @param later what a vote says of later ones; empty once it is over
 * @param takesOut whether the reader may take one out
 * @param formToken against forged requests
 */
public record TogetherScreen(
    String id,
    String leader,
    int size,
    List<Row> rows,
    int gathering,
    String later,
    boolean takesOut,
    String formToken) {
  /** Copies the list, so that a screen never changes. */
  public TogetherScreen {
    rows = List.copyOf(rows);
  }

  /**
   * One message.
   *
   * @param id its case
   * @param subject as it says
   * @param from whom it says
   * @param to its first recipient
   * @param more how many other recipients it has
   * @param state in words
   */
  public record Row(String id, Piece subject, Piece from, Piece to, int more, String state) {}

  static TogetherScreen of(CaseFile shown, Together it, boolean mayDecide, Reader reader) {
    return new TogetherScreen(
        shown.id().text(),
        it.leader().text(),
        it.size(),
        it.set().stream().map(TogetherScreen::row).toList(),
        it.gathering(),
        later(it.campaign()),
        mayDecide && it.campaign().asks() && it.place() != Place.APART,
        reader.formToken());
  }

  private static String later(Campaign it) {
    if (!it.asks()) {
      return "";
    }
    return it.offer().isPresent()
        ? "A vote covers these, and later ones only where it says so."
        : "A vote covers these and no later ones.";
  }

  private static Row row(Together.Kin kin) {
    return new Row(
        kin.id().text(),
        Piece.of(Cleaner.clean(kin.message().subject(), SUBJECT)),
        Piece.of(Cleaner.clean(kin.message().from(), ADDRESS)),
        Piece.of(Cleaner.clean(kin.recipients().getFirst().toString(), ADDRESS)),
        kin.recipients().size() - 1,
        words(kin.state()));
  }

  private static String words(CaseState state) {
    return switch (state) {
      case RECEIVED, EXAMINED, ASKING -> "held";
      case DECIDED -> "decided, the mail system is being told";
      case DONE -> "done";
      case EXPIRED -> "held, nobody decided";
      case FAILED -> "failed, still held";
      case WITHDRAWN -> "no longer in the mail system";
    };
  }
}
