package dev.postern.store;

import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.KeptHold;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Fingerprint;
import dev.postern.mail.RawMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What mail systems hold, in one transaction. */
record HoldRows(Handle handle) {
  private static final int LONGEST_SEARCH_TEXT = 4000;

  private static final List<String> HELD =
      Arrays.stream(CaseState.values()).filter(CaseState::held).map(CaseState::name).toList();

  private static final List<String> UNDECIDED =
      Arrays.stream(CaseState.values())
          .filter(state -> state.held() && state != CaseState.DECIDED)
          .map(CaseState::name)
          .toList();

  /**
   * Stores a hold, its octets and what it is looked up by; empty when the mail system told of it
   * before.
   */
  Optional<Long> keep(Hold hold, Optional<Fingerprint> kind) {
    Optional<Long> id = insert(hold, kind);
    id.ifPresent(
        key -> {
          hold.raw().ifPresent(raw -> insertMessage(key, raw));
          new Mentions(handle).keep(key, hold);
        });
    return id;
  }

  private Optional<Long> insert(Hold hold, Optional<Fingerprint> print) {
    String search =
        String.join(
                " ",
                hold.summary().from(),
                hold.envelope().senderText(),
                Codec.addresses(hold.envelope().recipients()),
                hold.summary().messageId(),
                hold.summary().subject(),
                hold.ref().id())
            .toLowerCase(Locale.ROOT);
    return handle
        .createUpdate(
            """
            INSERT INTO hold (source, source_id, gateway, mail_from, recipients, client_ip, helo,
                              dsn, summary, search, from_domain, received_at, event, kind,
                              kind_strict)
            VALUES (:source, :sourceId, :gateway, :mailFrom, :recipients, :clientIp, :helo,
                    :dsn, :summary, :search, :fromDomain, :receivedAt, :event, :kind,
                    :strict) ON CONFLICT DO NOTHING
            """)
        .bind("source", hold.ref().source())
        .bind("sourceId", hold.ref().id())
        .bind("gateway", hold.gateway())
        .bind("mailFrom", storable(hold.envelope().senderText()))
        .bind("recipients", Codec.addresses(hold.envelope().recipients()))
        .bind("clientIp", hold.envelope().clientIp().getHostAddress())
        .bind("helo", storable(hold.envelope().helo()))
        .bind("dsn", DsnCodec.write(hold.envelope().dsn()))
        .bind("summary", Codec.summary(hold.summary()))
        .bind(
            "search", storable(search.substring(0, Math.min(search.length(), LONGEST_SEARCH_TEXT))))
        .bind("fromDomain", fromDomain(hold.summary().from()))
        .bind("receivedAt", Rows.utc(hold.receivedAt()))
        .bind("event", storable(hold.event()))
        .bind("kind", print.map(Fingerprint::kind).orElse(null))
        .bind("strict", print.map(Fingerprint::strict).orElse(null))
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .findFirst();
  }

  private static String fromDomain(String address) {
    return EmailAddress.parse(address).map(it -> it.domain().ascii()).orElse("");
  }

  /** PostgreSQL's text holds no NUL; nothing is lost, since the octets are kept apart. */
  private static String storable(String hostile) {
    return hostile.replace('\0', '\ufffd');
  }

  /** The case of a hold; empty where the hold is not known. */
  Optional<CaseId> caseOf(HoldRef ref) {
    return handle
        .createQuery(
            """
            SELECT c.id FROM case_file c JOIN hold h ON h.id = c.hold_id
             WHERE h.source = :source AND h.source_id = :sourceId
            """)
        .bind("source", ref.source())
        .bind("sourceId", ref.id())
        .mapTo(String.class)
        .findOne()
        .map(CaseId::new);
  }

  /** Holds of a source that nobody has decided on; by state, of which there are far fewer rows. */
  List<KeptHold> undecided(String source) {
    return handle
        .createQuery(
            """
            SELECT c.id, h.source, h.source_id, h.received_at
              FROM case_file c JOIN hold h ON h.id = c.hold_id
             WHERE c.state IN (<states>) AND h.source = :source
            """)
        .bindList("states", UNDECIDED)
        .bind("source", source)
        .map(
            (row, _) ->
                new KeptHold(
                    new CaseId(row.getString("id")),
                    new HoldRef(row.getString("source"), row.getString("source_id")),
                    Rows.instant(row, "received_at")))
        .list();
  }

  /**
   * How many cases are open of each source that Postern itself looks at. What another system
   * reported has the event that told of it, and may have any source.
   */
  Map<String, Integer> openBySource() {
    return handle
        .createQuery(
            """
            SELECT h.source, COUNT(*) AS cases
              FROM case_file c JOIN hold h ON h.id = c.hold_id
             WHERE c.state IN (<states>) AND h.event = ''
             GROUP BY h.source
            """)
        .bindList("states", HELD)
        .reduceRows(
            new TreeMap<>(),
            (open, row) -> {
              open.put(
                  row.getColumn("source", String.class), row.getColumn("cases", Integer.class));
              return open;
            });
  }

  private void insertMessage(long holdId, RawMessage raw) {
    handle
        .createUpdate(
            "INSERT INTO message (hold_id, octets, sha256) VALUES (:hold, :octets, :sha256)")
        .bind("hold", holdId)
        .bind("octets", raw.octets())
        .bind("sha256", raw.sha256())
        .execute();
  }
}
