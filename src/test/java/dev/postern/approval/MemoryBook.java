package dev.postern.approval;

import dev.postern.evidence.signal.Acquaintance;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks cases up that are in memory. */
final class MemoryBook implements Acquaintance {
  private static final Comparator<CaseFile> AGE =
      Comparator.comparing(CaseFile::receivedAt).thenComparing(it -> it.id().text());

  private final Collection<MemoryCase> cases;

  MemoryBook(Collection<MemoryCase> cases) {
    this.cases = cases;
  }

  List<CaseFile> list(CaseBook.Query query) {
    Optional<CaseFile> after =
        query
            .after()
            .flatMap(id -> cases.stream().filter(rows -> rows.id.equals(id)).findFirst())
            .map(MemoryCase::file);
    return cases.stream()
        .filter(rows -> query.states().isEmpty() || query.states().contains(rows.state))
        .filter(rows -> query.text().isBlank() || speaksOf(rows, query.text()))
        .map(MemoryCase::file)
        .filter(it -> query.after().isEmpty() || after.stream().anyMatch(a -> older(it, a)))
        .sorted(AGE.reversed())
        .limit(query.limit())
        .toList();
  }

  List<CaseFile> mentioning(Mention what, Optional<CaseId> after, int limit) {
    Optional<CaseFile> than =
        after
            .flatMap(id -> cases.stream().filter(rows -> rows.id.equals(id)).findFirst())
            .map(MemoryCase::file);
    return cases.stream()
        .filter(rows -> Mention.in(rows.hold).contains(what))
        .map(MemoryCase::file)
        .filter(it -> after.isEmpty() || than.stream().anyMatch(a -> older(it, a)))
        .sorted(AGE.reversed())
        .limit(limit)
        .toList();
  }

  private static boolean older(CaseFile one, CaseFile than) {
    return AGE.compare(one, than) < 0;
  }

  private static boolean speaksOf(MemoryCase rows, String text) {
    Hold hold = rows.hold;
    String words =
        String.join(
            " ",
            hold.summary().from(),
            hold.envelope().mailFromText(),
            hold.envelope().recipients().toString(),
            hold.summary().messageId(),
            hold.summary().subject(),
            hold.ref().id());
    return words.toLowerCase(Locale.ROOT).contains(text.strip().toLowerCase(Locale.ROOT))
        || CaseId.parse(text).equals(Optional.of(rows.id));
  }

  /** A case that waits for its examination is no acquaintance: it may be the very one that asks. */
  @Override
  public boolean known(DomainName from) {
    return cases.stream()
        .filter(rows -> rows.state != CaseState.RECEIVED)
        .anyMatch(rows -> fromDomain(rows).equals(from.ascii()));
  }

  private static String fromDomain(MemoryCase rows) {
    return EmailAddress.parse(rows.hold.summary().from())
        .map(address -> address.domain().ascii())
        .orElse("");
  }
}
