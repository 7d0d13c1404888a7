package dev.postern.store;

import dev.postern.approval.CaseId;
import dev.postern.approval.TokenId;
import dev.postern.approval.TokenRow;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tokens of one case, whose row is locked. */
record TokenRows(Handle handle, CaseId id) {

  void mint(TokenRow token) {
    handle
        .createUpdate(
            """
            INSERT INTO token (id, case_id, stage_id, card_id, digest, not_after, uses_left)
            VALUES (:token, :id, :stage, :card, :digest, :notAfter, :uses)
            """)
        .bind("token", token.id().hex())
        .bind("id", id.text())
        .bind("stage", token.stageId())
        .bind("card", token.cardId())
        .bind("digest", token.digest().hex())
        .bind("notAfter", Rows.utc(token.notAfter()))
        .bind("uses", token.usesLeft())
        .execute();
    handle.execute("UPDATE card SET token_id = ? WHERE id = ?", token.id().hex(), token.cardId());
  }

  boolean redeem(TokenRow token, Instant at) {
    return handle
            .createUpdate(
                """
                UPDATE token SET uses_left = uses_left - 1
                 WHERE id = :token AND case_id = :id AND stage_id = :stage AND card_id = :card
                   AND digest = :digest AND not_after > :at AND uses_left > 0
                """)
            .bind("token", token.id().hex())
            .bind("id", id.text())
            .bind("stage", token.stageId())
            .bind("card", token.cardId())
            .bind("digest", token.digest().hex())
            .bind("at", Rows.utc(at))
            .execute()
        == 1;
  }

  /** The token that a card carries, joined with where the card stands. */
  static Optional<TokenRow> get(Handle handle, TokenId token) {
    return handle
        .createQuery(
            """
            SELECT t.*, c.surface, c.channel FROM token t JOIN card c ON c.id = t.card_id
             WHERE t.id = :token
            """)
        .bind("token", token.hex())
        .map((row, _) -> Rows.token(row))
        .findOne();
  }
}
