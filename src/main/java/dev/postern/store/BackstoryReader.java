package dev.postern.store;

import dev.postern.approval.Backstory;
import dev.postern.approval.Backstory.Before;
import dev.postern.approval.Backstory.Past;
import dev.postern.approval.CaseId;
import dev.postern.approval.Stage;
import dev.postern.evidence.Digest;
import dev.postern.evidence.EvidenceJson;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads what came before the newest stage of a case. Most cases have one stage. */
final class BackstoryReader {
  private final Handle handle;
  private final CaseReader cases;

  BackstoryReader(Handle handle) {
    this.handle = handle;
    this.cases = new CaseReader(handle);
  }

  Backstory read(CaseId id) {
    return cases
        .newestStage(id)
        .filter(s -> s.ordinal() > 1 || s.place().round() > 1)
        .map(newest -> read(newest, new StageRows(handle, id).all()))
        .orElse(Backstory.none())
        .with(new WitnessRows(handle, id).all(), new WitnessRows(handle, id).looked())
        .handed(new HandOverRows(handle, id).all())
        .askedAlone(new OwnChatRows(handle, id).all())
        .among(new TogetherReader(handle).of(id));
  }

  private Backstory read(Stage newest, List<Stage> all) {
    List<Past> past =
        Backstory.before(newest, all).stream()
            .map(s -> new Past(s, cases.votes(s.id()), OwnChatRows.asking(handle, s.id())))
            .toList();
    return new Backstory(
        OwnChatRows.asking(handle, newest.id()),
        past,
        Backstory.superseded(newest, all).flatMap(s -> before(s, newest)));
  }

  /** What a stage asked about, where the newest one asks about something else. */
  private Optional<Before> before(Stage superseded, Stage newest) {
    return handle
        .createQuery(
            """
            SELECT e.canonical, e.digest FROM evidence e
             WHERE e.case_id = (SELECT case_id FROM stage WHERE id = :stage)
               AND e.digest IN (SELECT t.digest FROM token t WHERE t.stage_id = :stage)
               AND e.digest NOT IN (SELECT t.digest FROM token t WHERE t.stage_id = :newest)
             ORDER BY e.revision DESC LIMIT 1
            """)
        .bind("stage", superseded.id())
        .bind("newest", newest.id())
        .map(
            (row, _) ->
                new Before(
                    EvidenceJson.read(row.getString("canonical")),
                    new Digest(row.getString("digest")),
                    cases.votes(superseded.id()).size()))
        .findOne();
  }
}
