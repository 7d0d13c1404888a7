package dev.postern.evidence.spf;

import dev.postern.evidence.SpfResult;
import dev.postern.evidence.SpfTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of one record, before the explanation is looked up.
 *
 * @param result the result
 * @param path the terms that matched, outermost first
 * @param domain whose record decided, for macros of the explanation
 * @param explanation exp= of that record
 * @param problem why it is none, temperror or permerror
 */
record Verdict(
    SpfResult result,
    List<SpfTerm> path,
    String domain,
    Optional<MacroString> explanation,
    String problem) {

  static Verdict without(SpfResult result, String problem) {
    return new Verdict(result, List.of(), "", Optional.empty(), problem);
  }

  static Verdict of(SpfRecord record, SpfRecord.Directive directive, List<SpfTerm> path) {
    String domain = path.getFirst().domain();
    return new Verdict(directive.result(), path, domain, record.explanation(), "");
  }

  /** The same, reached through {@code term}; a result that no term gave stays without path. */
  Verdict after(SpfTerm term) {
    if (path.isEmpty()) {
      return this;
    }
    List<SpfTerm> longer = new ArrayList<>(path);
    longer.addFirst(term);
    return new Verdict(result, longer, domain, explanation, problem);
  }

  /** Whether a term matched, and what an include found below it. */
  sealed interface Matching {
    /** It matched. */
    record Yes(List<SpfTerm> below) implements Matching {
      List<SpfTerm> path(String domain, String term) {
        List<SpfTerm> path = new ArrayList<>();
        path.add(new SpfTerm(domain, term));
        path.addAll(below);
        return path;
      }
    }

    /** It did not. */
    record No() implements Matching {}

    /** Evaluation ends here. */
    record Stop(Verdict verdict) implements Matching {}

    /** A match without anything below. */
    static Matching of(boolean matched) {
      return matched ? new Yes(List.of()) : new No();
    }

    /** Evaluation ends with {@code result}. */
    static Matching error(SpfResult result, String problem) {
      return new Stop(without(result, problem));
    }
  }
}
