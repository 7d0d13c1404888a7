package dev.postern.store;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseId;
import dev.postern.approval.HandOver;
import dev.postern.approval.Testimony;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Places in the stages of one case that were given to somebody else. */
record HandOverRows(Handle handle, CaseId id) {

  List<HandOver> all() {
    return handle
        .createQuery("SELECT * FROM handover WHERE case_id = :id ORDER BY id")
        .bind("id", id.text())
        .map((row, _) -> handOver(row))
        .list();
  }

  void keep(HandOver over) {
    handle
        .createUpdate(
            """
            INSERT INTO handover (case_id, stage_id, from_id, from_name, to_id, to_name, note,
                                  handed_at, surface, channel)
            VALUES (:id, :stage, :from, :fromName, :to, :toName, :note, :at, :surface, :channel)
            """)
        .bind("id", id.text())
        .bind("stage", over.stageId())
        .bind("from", over.from().id())
        .bind("fromName", over.from().name())
        .bind("to", over.to().id())
        .bind("toName", over.to().name())
        .bind("note", over.note())
        .bind("at", Rows.utc(over.at()))
        .bind("surface", over.told().map(CardPlace::surface).orElse(null))
        .bind("channel", over.told().map(CardPlace::channel).orElse(null))
        .execute();
  }

  void untold(HandOver over) {
    handle
        .createUpdate(
            """
            UPDATE handover SET untold = :why
             WHERE case_id = :id AND to_id = :to AND untold IS NULL
            """)
        .bind("why", over.untold().orElseThrow().word())
        .bind("id", id.text())
        .bind("to", over.to().id())
        .execute();
  }

  private static HandOver handOver(ResultSet row) throws SQLException {
    Optional<String> channel = Rows.text(row, "channel");
    Optional<String> surface = Rows.text(row, "surface");
    return new HandOver(
        row.getLong("stage_id"),
        new HandOver.Party(row.getString("from_id"), row.getString("from_name")),
        new HandOver.Party(row.getString("to_id"), row.getString("to_name")),
        row.getString("note"),
        Rows.instant(row, "handed_at"),
        surface.flatMap(on -> channel.map(in -> new CardPlace(on, in))),
        Rows.text(row, "untold").map(Testimony.Absence::of));
  }
}
