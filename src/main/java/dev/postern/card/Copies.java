package dev.postern.card;

import dev.postern.approval.Act;
import dev.postern.approval.Backstory;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Click;
import dev.postern.approval.Testimony;
import dev.postern.approval.TokenId;
import java.time.Instant;
import java.util.Optional;

/**
 * Questions that stand twice. A platform that lost its answer to a post, and lets nobody look for a
 * private message, is given the question again. Both messages are the same question by their token.
 * Which other message there is shows when somebody presses it.
 */
final class Copies {
  private final CardRows rows;
  private final CaseBook book;
  private final CardWriter writer;

  Copies(CardRows rows, CaseBook book, CardWriter writer) {
    this.rows = rows;
    this.book = book;
    this.writer = writer;
  }

  /**
   * Brings the message that a witness pressed to the truth, unless it is the one that is kept
   * anyway.
   *
   * @throws SurfaceTrouble when the platform did not take it
   */
  void settle(Surface surface, Click click, CaseId id, Instant now) throws SurfaceTrouble {
    if (!(click.act() instanceof Act.Testify said) || said.message().isEmpty()) {
      return;
    }
    Backstory before = book.backstory(id);
    Optional<Testimony> asked =
        before.testimonies().stream()
            .filter(t -> TokenId.kept(click.token()).filter(t.id()::equals).isPresent())
            .findFirst();
    Optional<CardRow> row = asked.flatMap(t -> card(id, t));
    Optional<CaseFile> file = book.find(id);
    if (row.isEmpty() || file.isEmpty()) {
      return;
    }
    // Where the answer to the only post was lost, this is how it gets known.
    boolean copy = !rows.posted(row.get().id(), said.message()).equals(said.message());
    boolean over = asked.get().reply().isPresent() || file.get().openStage().isEmpty();
    if (copy && over) {
      CardView view = writer.write(file.get(), before, row.get(), Optional.empty(), now);
      surface.update(said.message(), row.get().place(), view);
    }
  }

  private Optional<CardRow> card(CaseId id, Testimony asked) {
    return book.cards(id).stream().filter(c -> c.place().equals(asked.place())).findFirst();
  }
}
