package dev.postern.store;

import dev.postern.evidence.signal.Acquaintance;
import dev.postern.mail.DomainName;
import org.jdbi.v3.core.Jdbi;

/** Who wrote before, by the cases that there are. */
final class JdbiAcquaintance implements Acquaintance {
  private final Jdbi jdbi;

  JdbiAcquaintance(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A case that waits for its examination is no acquaintance: it may be the very one that asks. */
  @Override
  public boolean known(DomainName from) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS (
                      SELECT 1 FROM hold h JOIN case_file c ON c.hold_id = h.id
                       WHERE h.from_domain = :domain AND c.state <> 'RECEIVED')
                    """)
                .bind("domain", from.ascii())
                .mapTo(Boolean.class)
                .one());
  }
}
