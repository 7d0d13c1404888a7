package dev.postern.card;

import dev.postern.approval.Backstory;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Mention;
import dev.postern.mail.RawMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** A book with one case that can be exchanged for a newer version of itself. */
final class OneCase implements CaseBook {
  private final AtomicReference<CaseFile> file;
  private final List<HistoryLine> history;

  OneCase(CaseFile file, HistoryLine... history) {
    this.file = new AtomicReference<>(file);
    this.history = List.of(history);
  }

  void becomes(CaseFile newer) {
    file.set(newer);
  }

  @Override
  public Optional<CaseFile> find(CaseId id) {
    return Optional.ofNullable(file.get()).filter(f -> f.id().equals(id));
  }

  @Override
  public Optional<Instant> removed(CaseId id) {
    return Optional.empty();
  }

  @Override
  public List<HistoryLine> history(CaseId id) {
    return history;
  }

  @Override
  public List<CaseFile> list(Query query) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<CaseFile> mentioning(Mention what, Optional<CaseId> after, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<CaseFile> awaiting(String personId, int skip, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Share> shares(String personId, Instant since, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long count(Set<CaseState> states) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<RawMessage> raw(CaseId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Backstory backstory(CaseId id) {
    return Backstory.none();
  }

  @Override
  public List<CardRow> cards(CaseId id) {
    throw new UnsupportedOperationException();
  }
}
