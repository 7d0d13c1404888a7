package dev.postern.store;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseId;
import dev.postern.approval.Effect;
import dev.postern.approval.Stage;
import dev.postern.approval.TokenId;
import dev.postern.approval.TokenRow;
import dev.postern.approval.Vote;
import dev.postern.evidence.Digest;
import dev.postern.policy.StagePlan.OnDiscard;
import dev.postern.policy.StagePlan.OnRelease;
import dev.postern.policy.StagePlan.OnTimeout;
import dev.postern.policy.StagePlan.ReasonRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How rows become values. */
final class Rows {
  private Rows() {}

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static @Nullable OffsetDateTime utcOrNull(Optional<Instant> instant) {
    return instant.map(Rows::utc).orElse(null);
  }

  static Optional<Instant> maybe(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return Optional.ofNullable(value).map(OffsetDateTime::toInstant);
  }

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    @Nullable String value = row.getString(column);
    return Optional.ofNullable(value);
  }

  static Stage stage(ResultSet row) throws SQLException {
    return new Stage(
        row.getLong("id"),
        new Stage.Place(
            row.getString("chain"),
            row.getInt("round"),
            row.getInt("ordinal"),
            row.getInt("stages")),
        row.getString("name"),
        Codec.strings(row.getString("approvers")),
        new Stage.Terms(
            Codec.strings(row.getString("asked")),
            row.getInt("quorum"),
            ReasonRule.valueOf(row.getString("reason_rule")),
            OnDiscard.valueOf(row.getString("on_discard")),
            OnTimeout.valueOf(row.getString("on_timeout")),
            OnRelease.valueOf(row.getString("on_release"))),
        instant(row, "opens"),
        instant(row, "closes"),
        Stage.State.valueOf(row.getString("state")));
  }

  static Vote vote(ResultSet row) throws SQLException {
    return new Vote(
        row.getLong("stage_id"),
        row.getString("person_id"),
        row.getString("person_name"),
        Codec.choice(row.getString("choice")),
        row.getString("reason"),
        new Digest(row.getString("digest")),
        row.getString("surface"),
        instant(row, "cast_at"));
  }

  static CardRow card(ResultSet row) throws SQLException {
    return new CardRow(
        row.getString("id"),
        new CaseId(row.getString("case_id")),
        new CardPlace(row.getString("surface"), row.getString("channel")),
        text(row, "external_id"),
        text(row, "token_id").map(TokenId::new),
        row.getInt("desired"),
        row.getInt("applied"));
  }

  /** Of a token joined with its card. */
  static TokenRow token(ResultSet row) throws SQLException {
    return new TokenRow(
        new TokenId(row.getString("id")),
        new CaseId(row.getString("case_id")),
        row.getLong("stage_id"),
        row.getString("card_id"),
        new CardPlace(row.getString("surface"), row.getString("channel")),
        new Digest(row.getString("digest")),
        instant(row, "not_after"),
        row.getInt("uses_left"));
  }

  static Effect effect(ResultSet row) throws SQLException {
    return new Effect(
        row.getLong("id"),
        new CaseId(row.getString("case_id")),
        Codec.choice(row.getString("choice")),
        row.getInt("attempt"),
        Effect.State.valueOf(row.getString("state")),
        Codec.outcome(row.getString("outcome")),
        instant(row, "due"));
  }
}
