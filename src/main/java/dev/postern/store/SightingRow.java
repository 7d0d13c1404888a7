package dev.postern.store;

import dev.postern.approval.CaseId;
import dev.postern.approval.Sighting;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What one case counts for in the history of its sender, within one transaction. */
final class SightingRow {
  private final Handle handle;
  private final CaseId id;
  private final SenderCounts counts = new SenderCounts();
  private Optional<Sighting> standing = Optional.empty();
  private boolean known;

  SightingRow(Handle handle, CaseId id) {
    this.handle = handle;
    this.id = id;
  }

  Optional<Sighting> standing() {
    if (!known) {
      standing = read();
      known = true;
    }
    return standing;
  }

  private Optional<Sighting> read() {
    return handle
        .createQuery("SELECT sighting FROM case_file WHERE id = :id AND sighting IS NOT NULL")
        .bind("id", id.text())
        .mapTo(String.class)
        .findOne()
        .map(SightingCodec::read);
  }

  /** From now on the case counts as this. */
  void replace(Sighting is) {
    Optional<Sighting> was = standing();
    if (was.equals(Optional.of(is))) {
      return;
    }
    was.ifPresent(counts::take);
    counts.add(is);
    handle.execute(
        "UPDATE case_file SET sighting = ? WHERE id = ?", SightingCodec.write(is), id.text());
    standing = Optional.of(is);
  }

  /** Writes the counts, whose rows many cases share: the last thing before the commit. */
  void count() {
    new SenderRows(handle).write(counts.sorted());
  }
}
