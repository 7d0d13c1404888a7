package dev.postern.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.approval.CaseId;
import dev.postern.approval.GatewayReports;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Records;
import dev.postern.evidence.GatewayReport;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The words of gateways as rows. */
record ReportRows(Jdbi jdbi, Optional<GroupSync> disk, Records records) implements GatewayReports {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void keep(HoldRef hold, GatewayReport report, Instant now) {
    String said = write(report);
    jdbi.useTransaction(handle -> put(handle, hold, said, now));
    disk.ifPresent(GroupSync::await);
    Optional<CaseId> shown = records.caseOf(hold);
    shown.ifPresent(
        id ->
            records.change(
                id,
                (tx, _) -> {
                  tx.redraw();
                  tx.log("postern", "gateway.reported", "");
                  return null;
                }));
  }

  private static void put(Handle handle, HoldRef hold, String said, Instant now) {
    int known =
        handle.execute(
            "UPDATE gateway_report SET report = ?, reported_at = ?"
                + " WHERE source = ? AND source_id = ?",
            said,
            Rows.utc(now),
            hold.source(),
            hold.id());
    if (known == 0) {
      handle.execute(
          "INSERT INTO gateway_report (report, reported_at, source, source_id)"
              + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
          said,
          Rows.utc(now),
          hold.source(),
          hold.id());
    }
  }

  static String write(GatewayReport report) {
    try {
      // PostgreSQL's text holds no NUL.
      return JSON.writeValueAsString(report).replace("\\u0000", "\\ufffd");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report cannot be written", e);
    }
  }

  static GatewayReport read(String json) {
    try {
      return JSON.readValue(json, GatewayReport.class);
    } catch (JsonProcessingException e) {
      throw new StoreTrouble("a report of a gateway cannot be read", e);
    }
  }
}
