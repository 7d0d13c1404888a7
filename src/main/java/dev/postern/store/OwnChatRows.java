package dev.postern.store;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseId;
import dev.postern.approval.HandOver;
import dev.postern.approval.OwnChat;
import dev.postern.approval.Testimony;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Who is asked alone about one case, and where its cards ask. */
record OwnChatRows(Handle handle, CaseId id) {

  List<OwnChat> all() {
    return handle
        .createQuery("SELECT * FROM own_chat WHERE case_id = :id ORDER BY stage_id, person_id")
        .bind("id", id.text())
        .map((row, _) -> chat(row))
        .list();
  }

  void keep(OwnChat chat) {
    handle
        .createUpdate(
            """
            INSERT INTO own_chat (case_id, stage_id, person_id, person_name, surface, channel,
                                  missing)
            VALUES (:id, :stage, :person, :name, :surface, :channel, :missing)
            ON CONFLICT DO NOTHING
            """)
        .bind("id", id.text())
        .bind("stage", chat.stageId())
        .bind("person", chat.person().id())
        .bind("name", chat.person().name())
        .bind("surface", chat.place().map(CardPlace::surface).orElse(""))
        .bind("channel", chat.place().map(CardPlace::channel).orElse(""))
        .bind("missing", chat.missing().map(Testimony.Absence::word).orElse(null))
        .execute();
  }

  /** Its card asks no longer. */
  void missing(OwnChat chat) {
    CardPlace place = chat.place().orElseThrow();
    handle
        .createUpdate(
            """
            UPDATE own_chat SET missing = :missing
             WHERE stage_id = :stage AND person_id = :person AND surface = :surface
            """)
        .bind("missing", chat.missing().orElseThrow().word())
        .bind("stage", chat.stageId())
        .bind("person", chat.person().id())
        .bind("surface", place.surface())
        .execute();
    handle.execute(
        "UPDATE card SET token_id = NULL WHERE case_id = ? AND surface = ? AND channel = ?",
        id.text(),
        place.surface(),
        place.channel());
  }

  /** The tokens of a stage stay in their rows when they leave its cards. */
  static Set<CardPlace> asking(Handle handle, long stageId) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT c.surface, c.channel FROM token t JOIN card c ON c.id = t.card_id
             WHERE t.stage_id = :stage
            """)
        .bind("stage", stageId)
        .map((row, _) -> new CardPlace(row.getString("surface"), row.getString("channel")))
        .collect(Collectors.toSet());
  }

  private static OwnChat chat(ResultSet row) throws SQLException {
    String surface = row.getString("surface");
    return new OwnChat(
        row.getLong("stage_id"),
        new HandOver.Party(row.getString("person_id"), row.getString("person_name")),
        surface.isEmpty()
            ? Optional.empty()
            : Optional.of(new CardPlace(surface, row.getString("channel"))),
        Rows.text(row, "missing").map(Testimony.Absence::of));
  }
}
