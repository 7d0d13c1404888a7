package dev.postern.card;

import dev.postern.approval.Backstory;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.mail.RawMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A book of cases, each of which can be exchanged for a newer version of itself. */
public class ManyCases implements CaseBook {
  private final Map<CaseId, CaseFile> files = new ConcurrentHashMap<>();

  public final void put(CaseFile file) {
    files.put(file.id(), file);
  }

  public final void clear() {
    files.clear();
  }

  @Override
  public Optional<CaseFile> find(CaseId id) {
    return Optional.ofNullable(files.get(id));
  }

  @Override
  public Optional<Instant> removed(CaseId id) {
    return Optional.empty();
  }

  @Override
  public List<HistoryLine> history(CaseId id) {
    return List.of();
  }

  @Override
  public List<CaseFile> list(Query query) {
    return List.copyOf(files.values());
  }

  @Override
  public long count(Set<CaseState> states) {
    return files.size();
  }

  @Override
  public Optional<RawMessage> raw(CaseId id) {
    return Optional.empty();
  }

  @Override
  public Backstory backstory(CaseId id) {
    return Backstory.none();
  }

  @Override
  public List<CardRow> cards(CaseId id) {
    return List.of();
  }
}
