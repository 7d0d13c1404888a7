package dev.postern.store;

import dev.postern.approval.CaseBook.Deadline;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Cases that wait for somebody. */
record Awaiting(Handle handle) {
  /** Before every other. */
  private static final Deadline FIRST = new Deadline(Instant.EPOCH, 0);

  /** Those that wait for one person, the soonest deadline first; open stages only are read. */
  List<CaseFile> cases(String personId, Optional<Deadline> after, int limit) {
    CaseReader reader = new CaseReader(handle);
    Deadline behind = after.orElse(FIRST);
    return handle
        .createQuery(
            """
            SELECT s.case_id FROM stage s
             WHERE s.state = 'OPEN' AND s.ordinal > 0 AND s.approvers LIKE :person ESCAPE '!'
               AND NOT EXISTS (SELECT 1 FROM vote v WHERE v.stage_id = s.id
                                AND v.person_id = :id AND NOT v.withdrawn)
               AND s.closes >= :closes AND (s.closes > :closes OR s.id > :stage)
             ORDER BY s.closes, s.id LIMIT :limit
            """)
        .bind("person", named(personId))
        .bind("id", personId)
        .bind("limit", limit)
        .bind("closes", Rows.utc(behind.closes()))
        .bind("stage", behind.stageId())
        .mapTo(String.class)
        .list()
        .stream()
        .flatMap(id -> reader.find(new CaseId(id)).stream())
        .toList();
  }

  /** A pattern for lists of people that name one. */
  static String named(String personId) {
    return "%" + like(Codec.strings(List.of(personId))) + "%";
  }

  /** One name as it stands in the list that the column holds. */
  private static String like(String list) {
    String one = list.substring(1, list.length() - 1);
    return one.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
