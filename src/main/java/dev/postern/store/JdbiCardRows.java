package dev.postern.store;

import dev.postern.approval.CardRow;
import dev.postern.card.CardRows;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The rows of cards by Jdbi. */
final class JdbiCardRows implements CardRows {
  private final Jdbi jdbi;
  private final Optional<GroupSync> disk;

  JdbiCardRows(Jdbi jdbi, Optional<GroupSync> disk) {
    this.jdbi = jdbi;
    this.disk = disk;
  }

  @Override
  public Optional<CardRow> find(String cardId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM card WHERE id = :id")
                .bind("id", cardId)
                .map((row, _) -> Rows.card(row))
                .findOne());
  }

  @Override
  public void posted(String cardId, String externalId) {
    run("UPDATE card SET external_id = ? WHERE id = ? AND external_id IS NULL", externalId, cardId);
    // A card whose place is forgotten would be posted a second time.
    disk.ifPresent(GroupSync::await);
  }

  @Override
  public void applied(String cardId, int revision) {
    run(
        "UPDATE card SET applied = ?, missed = '' WHERE id = ? AND applied < ?",
        revision,
        cardId,
        revision);
  }

  @Override
  public void missed(String cardId, String why) {
    run("UPDATE card SET missed = ? WHERE id = ?", why, cardId);
  }

  private void run(String sql, Object... values) {
    jdbi.useHandle(handle -> handle.execute(sql, values));
  }
}
