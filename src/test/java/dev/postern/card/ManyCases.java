package dev.postern.card;

import dev.postern.approval.Backstory;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseBook.Deadline;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseMentions;
import dev.postern.approval.CaseState;
import dev.postern.approval.Mention;
import dev.postern.mail.RawMessage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A book of cases, each of which can be exchanged for a newer version of itself. */
public class ManyCases implements CaseBook {
  private final Map<CaseId, CaseFile> files = new ConcurrentHashMap<>();
  private final Map<CaseId, RawMessage> octets = new ConcurrentHashMap<>();

  private final Map<CaseId, List<HistoryLine>> histories = new ConcurrentHashMap<>();

  private final List<CardRow> cards = new CopyOnWriteArrayList<>();

  /** A book of these. */
  public static ManyCases of(CaseFile... files) {
    ManyCases book = new ManyCases();
    List.of(files).forEach(book::put);
    return book;
  }

  public final void put(CaseFile file) {
    files.put(file.id(), file);
  }

  /** One more card of a case. */
  final void put(CardRow card) {
    cards.add(card);
  }

  /** What happened to a case. */
  final ManyCases told(CaseId id, HistoryLine... lines) {
    histories.put(id, List.of(lines));
    return this;
  }

  /** The message itself. */
  public final void put(CaseId id, RawMessage message) {
    octets.put(id, message);
  }

  /** Retention took the message itself. */
  public final void forget(CaseId id) {
    octets.remove(id);
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
    return histories.getOrDefault(id, List.of());
  }

  @Override
  public List<CaseFile> list(Query query) {
    Instant before =
        query.after().flatMap(this::find).map(CaseFile::receivedAt).orElse(Instant.MAX);
    return newestFirst()
        .filter(it -> query.states().isEmpty() || query.states().contains(it.state()))
        .filter(it -> it.receivedAt().isBefore(before))
        .limit(query.limit())
        .toList();
  }

  @Override
  public List<CaseFile> mentioning(Mention what, Optional<CaseId> after, int limit) {
    Instant before = after.flatMap(this::find).map(CaseFile::receivedAt).orElse(Instant.MAX);
    return newestFirst()
        .filter(it -> CaseMentions.of(it).contains(what) && it.receivedAt().isBefore(before))
        .limit(limit)
        .toList();
  }

  private Stream<CaseFile> newestFirst() {
    return files.values().stream().sorted(Comparator.comparing(CaseFile::receivedAt).reversed());
  }

  @Override
  public List<CaseFile> awaiting(String personId, Optional<Deadline> after, int limit) {
    return CaseMentions.awaiting(files.values(), personId, after).limit(limit).toList();
  }

  @Override
  public List<Share> shares(String personId, Instant since, int limit) {
    return CaseMentions.shares(files.values(), personId, since).limit(limit).toList();
  }

  @Override
  public List<Missed> missed(String personId, Instant since, Instant until, int limit) {
    return CaseMentions.missed(files.values(), personId, since, until).limit(limit).toList();
  }

  @Override
  public long count(Set<CaseState> states) {
    return files.size();
  }

  @Override
  public long joined() {
    return 0;
  }

  @Override
  public Optional<CaseId> leaderOf(CaseId member) {
    return Optional.empty();
  }

  @Override
  public Optional<RawMessage> raw(CaseId id) {
    return Optional.ofNullable(octets.get(id));
  }

  @Override
  public Backstory backstory(CaseId id) {
    return Backstory.none();
  }

  @Override
  public List<CardRow> cards(CaseId id) {
    return cards.stream().filter(card -> card.caseId().equals(id)).toList();
  }
}
