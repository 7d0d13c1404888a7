package dev.postern.store;

import dev.postern.evidence.Digest;
import dev.postern.policy.Freeze;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The one row that says whether releasing by rule is frozen, and its lines in the log. */
record FreezeRows(Handle handle) {

  Optional<Freeze> standing() {
    return handle
        .createQuery("SELECT person, name, since, why FROM freeze_ WHERE id = 1 AND frozen")
        .map(
            (row, _) ->
                new Freeze(
                    row.getString("person"),
                    row.getString("name"),
                    Rows.instant(row, "since"),
                    row.getString("why")))
        .findOne();
  }

  /** Freezes, and says so in the log; nothing where it was frozen before. */
  List<Story.Line> set(Freeze by, Instant now) {
    int changed =
        handle
            .createUpdate(
                """
                UPDATE freeze_
                   SET frozen = TRUE, person = :person, name = :name, since = :since, why = :why
                 WHERE id = 1 AND NOT frozen
                """)
            .bind("person", by.person())
            .bind("name", by.name())
            .bind("since", Rows.utc(by.since()))
            .bind("why", by.why())
            .execute();
    String why = by.why().isEmpty() ? "" : "reason-sha256=" + Digest.of(by.why()).hex();
    return changed == 1 ? log(by.person(), "policy.frozen", why, now) : List.of();
  }

  /** Ends it, and says so in the log; nothing where nothing was frozen. */
  List<Story.Line> lift(String person, Instant now) {
    int changed = handle.execute("UPDATE freeze_ SET frozen = FALSE WHERE id = 1 AND frozen");
    return changed == 1 ? log(person, "policy.unfrozen", "", now) : List.of();
  }

  private List<Story.Line> log(String actor, String what, String detail, Instant now) {
    Story.Line line = new Story.Line(what, Optional.empty(), actor, detail);
    return List.of(new LogRows(handle).add(line, now));
  }
}
