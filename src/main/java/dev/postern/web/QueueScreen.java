package dev.postern.web;

import dev.postern.card.CardView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The list of cases.
 *
 * @param shelves the tabs
 * @param tab the word of the open tab
 * @param q what was searched for
 * @param rows one page of cases, newest first
 * @param next address of the next page; empty on the last
 * @param news address of the updates of this page
 * @param shown ids and versions of the rows, so that updates bring only what changed
 * @param first whether this is the first page, where new cases would appear
 */
public record QueueScreen(
    List<Shelf> shelves,
    String tab,
    String q,
    List<Row> rows,
    Optional<String> next,
    String news,
    String shown,
    boolean first) {
  /**
   * A tab.
   *
   * @param label its name
   * @param href its address
   * @param open whether it is the one shown
   * @param count how many cases it holds; empty for readers who do not see all of them
   */
  public record Shelf(String label, String href, boolean open, OptionalLong count) {}

  /**
   * A case.
   *
   * @param id its name
   * @param card its wording
   * @param mark how bad it looks; empty where nothing is asked
   * @param chips results of the checks
   * @param subject what it calls itself
   * @param from the address it claims
   * @param name the name it shows
   * @param to first recipient
   * @param more how many recipients there are beyond the first
   * @param due when the open window ends; empty where nobody is asked now
   * @param since when it was held
   * @param held how long that is ago
   * @param who who is asked; empty where nobody is asked now
   * @param stage for example {@code Stage 1 of 2}
   * @param votes one line per vote
   */
  public record Row(
      String id,
      CardView card,
      Optional<Mark> mark,
      List<Chip> chips,
      Piece subject,
      Piece from,
      Optional<Piece> name,
      Piece to,
      int more,
      Optional<Due> due,
      Instant since,
      String held,
      String who,
      String stage,
      List<Voted> votes) {}

  /**
   * A vote in one line.
   *
   * @param name who
   * @param choice after "voted": {@code to release}
   */
  public record Voted(Piece name, String choice) {}
}
