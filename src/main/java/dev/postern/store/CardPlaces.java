package dev.postern.store;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseId;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/** Where the cards of one case stand, whose row is locked. */
record CardPlaces(Handle handle, CaseId id) {

  /** The card at a place; made if there is none. */
  CardRow at(CardPlace place, RandomGenerator random) {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    handle
        .createUpdate(
            """
            INSERT INTO card (id, case_id, surface, channel, desired, applied, missed)
            VALUES (:card, :id, :surface, :channel, 0, 0, '') ON CONFLICT DO NOTHING
            """)
        .bind("card", HexFormat.of().formatHex(bits))
        .bind("id", id.text())
        .bind("surface", place.surface())
        .bind("channel", place.channel())
        .execute();
    return handle
        .createQuery(
            "SELECT * FROM card WHERE case_id = :id AND surface = :surface AND channel = :channel")
        .bind("id", id.text())
        .bind("surface", place.surface())
        .bind("channel", place.channel())
        .map((row, _) -> Rows.card(row))
        .one();
  }
}
