package dev.postern.store;

import dev.postern.approval.Conversations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** Places of chat platforms, in rows. */
final class ConversationRows implements Conversations {
  /** So often it is noted that a chat is still used. */
  private static final Duration OFTEN = Duration.ofDays(1);

  private final Jdbi jdbi;
  private final Optional<GroupSync> disk;

  ConversationRows(Jdbi jdbi, Optional<GroupSync> disk) {
    this.jdbi = jdbi;
    this.disk = disk;
  }

  @Override
  public void learn(Conversation it) {
    if (find(it.platform(), it.place()).equals(Optional.of(it))) {
      return; // told with every message; nearly always known
    }
    jdbi.useTransaction(handle -> write(handle, it, Optional.empty()));
    disk.ifPresent(GroupSync::await);
  }

  @Override
  public void hear(Conversation it, Instant now) {
    boolean lately = heard(it).filter(now.minus(OFTEN)::isBefore).isPresent();
    if (!lately || !find(it.platform(), it.place()).equals(Optional.of(it))) {
      jdbi.useTransaction(handle -> write(handle, it, Optional.of(now)));
      disk.ifPresent(GroupSync::await);
    }
  }

  private Optional<Instant> heard(Conversation it) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT heard_at FROM conversation WHERE platform = ? AND place = ?")
                .bind(0, it.platform())
                .bind(1, it.place())
                .map((row, _) -> Rows.maybe(row, "heard_at"))
                .findOne()
                .flatMap(at -> at));
  }

  /** H2 knows no {@code DO UPDATE}. */
  private static void write(Handle handle, Conversation it, Optional<Instant> heard) {
    boolean fresh =
        bound(
                    handle.createUpdate(
                        """
                        INSERT INTO conversation (platform, place, external_id, address, within,
                                                  heard_at)
                        VALUES (:platform, :place, :external, :address, :within, :heard)
                        ON CONFLICT DO NOTHING
                        """),
                    it,
                    heard)
                .execute()
            == 1;
    if (!fresh) {
      bound(
              handle.createUpdate(
                  """
                  UPDATE conversation
                     SET external_id = :external, address = :address, within = :within,
                         heard_at = :heard
                   WHERE platform = :platform AND place = :place
                  """),
              it,
              heard)
          .execute();
    }
  }

  private static <S extends SqlStatement<S>> S bound(
      S statement, Conversation it, Optional<Instant> heard) {
    return statement
        .bind("heard", Rows.utcOrNull(heard))
        .bind("platform", it.platform())
        .bind("place", it.place())
        .bind("external", it.externalId())
        .bind("address", it.address())
        .bind("within", it.within());
  }

  @Override
  public void forget(String platform, String place) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "DELETE FROM conversation WHERE platform = ? AND (place = ? OR within = ?)",
                platform,
                place,
                place));
    disk.ifPresent(GroupSync::await);
  }

  @Override
  public Optional<Conversation> find(String platform, String place) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM conversation WHERE platform = ? AND place = ?")
                .bind(0, platform)
                .bind(1, place)
                .map((row, _) -> conversation(row))
                .findOne());
  }

  @Override
  public List<Conversation> all(String platform) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM conversation WHERE platform = ? ORDER BY place")
                .bind(0, platform)
                .map((row, _) -> conversation(row))
                .list());
  }

  private static Conversation conversation(ResultSet row) throws SQLException {
    return new Conversation(
        row.getString("platform"),
        row.getString("place"),
        row.getString("external_id"),
        row.getString("address"),
        row.getString("within"));
  }
}
