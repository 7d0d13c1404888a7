package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.REPLY;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.card.CardView.Row;
import dev.postern.mail.EmailAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the mail system said of an effect, grouped by its words. */
final class Proof {
  private static final int MOST_GROUPS = 5;
  private static final int MOST_NAMED = 10;

  private final CaseFile file;
  private final List<Result> results;

  Proof(CaseFile file) {
    this.file = file;
    this.results = file.outcome().map(Outcome::results).orElse(List.of());
  }

  /** Recipients for whom the mail system proved a release. */
  List<EmailAddress> released() {
    return recipients(
        r ->
            r.kind() == Kind.DELIVERED_TO_NEXT_HOP
                || r.kind() == Kind.ACCEPTED_ASYNC
                || (r.kind() == Kind.ALREADY_DONE && release()));
  }

  /** Whether it proved the deletion, for everyone it was asked for. */
  boolean discarded() {
    return !release() && !results.isEmpty() && results.stream().allMatch(r -> r.kind().proof());
  }

  /** Recipients for whom it did not do what was decided. */
  List<EmailAddress> refused() {
    return recipients(r -> !r.kind().proof());
  }

  /** Whether nobody knows what became of a copy. */
  boolean uncertain() {
    return results.stream().anyMatch(r -> r.kind() == Kind.UNCERTAIN);
  }

  /** Whether a refusal is for good. */
  boolean permanent() {
    return results.stream().anyMatch(r -> r.kind() == Kind.PERM_FAIL);
  }

  private boolean release() {
    return file.decision().filter(d -> d.choice() instanceof Choice.Discard).isEmpty();
  }

  /** The literal replies, to what was done and to what was not. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    Map<Said, List<EmailAddress>> groups = groups();
    groups.forEach(
        (said, who) -> {
          boolean proved = said.kind().proof();
          if (!proved || groups.size() > 1) {
            rows.add(new Row(label(said.kind()), named(who)));
          }
          String all = groups.size() == 1 && who.size() > 1 ? ", for all " + who.size() : "";
          rows.add(
              new Row(
                  proved ? "Proof" : "Reply", reply(said.words()).say(proved ? all : "").runs()));
        });
    return rows;
  }

  private record Said(Kind kind, String words) {}

  private static String label(Kind kind) {
    return switch (kind) {
      case DELIVERED_TO_NEXT_HOP, ACCEPTED_ASYNC -> "Accepted";
      case ALREADY_DONE -> "Done before";
      case DISCARDED -> "Deleted";
      case NOT_FOUND -> "Not found";
      case TEMP_FAIL -> "Not yet accepted";
      case PERM_FAIL -> "Refused";
      case UNCERTAIN -> "Not proved";
    };
  }

  /** What was done comes first. */
  private Map<Said, List<EmailAddress>> groups() {
    Map<Said, List<EmailAddress>> groups = new LinkedHashMap<>();
    results.stream()
        .sorted(Comparator.comparing(r -> !r.kind().proof()))
        .forEach(
            r -> {
              Said said = new Said(r.kind(), r.words());
              if (groups.containsKey(said) || groups.size() < MOST_GROUPS) {
                groups.computeIfAbsent(said, _ -> new ArrayList<>()).add(r.recipient());
              }
            });
    return groups;
  }

  private Line reply(String words) {
    return words.isBlank()
        ? Line.of().say("confirmed by ").name(file.gateway())
        : Line.of().quote(words, REPLY);
  }

  private static List<Run> named(List<EmailAddress> who) {
    int more = who.size() - MOST_NAMED;
    return Facts.addresses(who.subList(0, Math.min(MOST_NAMED, who.size())))
        .say(more > 0 ? " and " + more + " more" : "")
        .runs();
  }

  private List<EmailAddress> recipients(Predicate<Result> which) {
    return results.stream().filter(which).map(Result::recipient).toList();
  }
}
