package dev.postern.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.Optional;

/**
 * A comparison of a fact with a word: {@code dmarc.result == 'pass'}.
 *
 * @param fact as rules write it
 * @param word what it is compared with
 */
record Equality(String fact, String word) {

  /** What the expression compares, if it is such a comparison and nothing else. */
  static Optional<Equality> of(CelAbstractSyntaxTree ast) {
    CelExpr.CelCall call = ast.getExpr().callOrDefault();
    if (!call.function().equals("_==_")) {
      return Optional.empty();
    }
    CelExpr left = call.args().getFirst();
    CelExpr right = call.args().getLast();
    return of(left, right).or(() -> of(right, left));
  }

  private static Optional<Equality> of(CelExpr fact, CelExpr word) {
    Optional<String> path = path(fact);
    Optional<String> written = ConditionCheck.string(word);
    return path.isPresent() && written.isPresent()
        ? Optional.of(new Equality(path.get(), written.get()))
        : Optional.empty();
  }

  private static Optional<String> path(CelExpr e) {
    if (e.getKind() == Kind.IDENT) {
      return Optional.of(e.ident().name());
    }
    return e.getKind() == Kind.SELECT
        ? path(e.select().operand()).map(of -> of + "." + e.select().field())
        : Optional.empty();
  }

  /** Whether both can never hold of one message. */
  boolean contradicts(Equality other) {
    return fact.equals(other.fact) && !word.equals(other.word);
  }
}
