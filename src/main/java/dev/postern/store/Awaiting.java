package dev.postern.store;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Cases that wait for somebody. */
record Awaiting(Handle handle) {

  /** Those that wait for one person, the soonest deadline first; open stages only are read. */
  List<CaseFile> cases(String personId, int skip, int limit) {
    CaseReader reader = new CaseReader(handle);
    return handle
        .createQuery(
            """
            SELECT s.case_id FROM stage s
             WHERE s.state = 'OPEN' AND s.ordinal > 0 AND s.approvers LIKE :person ESCAPE '!'
               AND NOT EXISTS (SELECT 1 FROM vote v WHERE v.stage_id = s.id
                                AND v.person_id = :id AND NOT v.withdrawn)
             ORDER BY s.closes, s.id LIMIT :limit OFFSET :skip
            """)
        .bind("person", "%" + like(Codec.strings(List.of(personId))) + "%")
        .bind("id", personId)
        .bind("limit", limit)
        .bind("skip", skip)
        .mapTo(String.class)
        .list()
        .stream()
        .flatMap(id -> reader.find(new CaseId(id)).stream())
        .toList();
  }

  /** One name as it stands in the list that the column holds. */
  private static String like(String list) {
    String one = list.substring(1, list.length() - 1);
    return one.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
