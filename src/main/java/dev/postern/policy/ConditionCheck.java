package dev.postern.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.ListType;
import dev.postern.policy.ConditionCompiler.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What CEL's own checker cannot know: which words a result can be, and whether a regular expression
 * is one.
 */
final class ConditionCheck {
  /** RE2 instructions; a hundred times what a list of file extensions needs. */
  static final int LARGEST_PATTERN = 2_000;

  static final Set<String> FUNCTIONS =
      Set.of("contains", "startsWith", "endsWith", "matches", "size", "lowerAscii", "listed");

  /** A longer list is looked up in the documentation. */
  private static final int MOST_WORDS_TOLD = 12;

  private final CelAbstractSyntaxTree ast;
  private final List<Mistake> mistakes = new ArrayList<>();

  private ConditionCheck(CelAbstractSyntaxTree ast) {
    this.ast = ast;
  }

  /** What is wrong with an expression whose types fit. */
  static List<Mistake> mistakes(CelAbstractSyntaxTree ast) {
    ConditionCheck check = new ConditionCheck(ast);
    CelNavigableAst.fromAst(ast).getRoot().allNodes().forEach(check::node);
    return check.mistakes;
  }

  private void node(CelNavigableExpr node) {
    CelExpr expression = node.expr();
    if (expression.getKind() == Kind.LIST && mixed(expression)) {
      report(expression, "a list holds values of one type", Optional.empty());
    }
    if (expression.getKind() != Kind.CALL) {
      return;
    }
    CelExpr.CelCall call = expression.call();
    switch (call.function()) {
      case "_==_", "_!=_" -> equality(node, call.args().get(0), call.args().get(1));
      case "@in" -> membership(node, call.args().get(0), call.args().get(1));
      case "matches" -> checkPattern(call.args().getLast());
      default -> {} // what else rules may use is known to Operators
    }
  }

  private boolean mixed(CelExpr list) {
    return ast.getType(list.id())
        .filter(type -> type instanceof ListType of && of.elemType().kind() == CelKind.DYN)
        .isPresent();
  }

  private void equality(CelNavigableExpr place, CelExpr left, CelExpr right) {
    word(place, left, right);
    word(place, right, left);
  }

  private void membership(CelNavigableExpr place, CelExpr element, CelExpr list) {
    if (list.getKind() == Kind.LIST) {
      list.list().elements().forEach(each -> word(place, element, each));
    } else {
      word(place, list, element);
    }
  }

  /** A fact compared with a word that it can never be would silently never match. */
  private void word(CelNavigableExpr place, CelExpr fact, CelExpr constant) {
    Optional<String> written = string(constant);
    Optional<Facts.Fact<?>> known =
        written.isEmpty()
            ? Optional.empty()
            : fact(place, fact).filter(it -> !it.words().isEmpty());
    if (known.isEmpty() || known.get().words().contains(written.get())) {
      return;
    }
    List<String> words = known.get().words();
    boolean one = known.get().type().kind() != CelKind.LIST;
    String what =
        known.get().name() + (one ? " is never " : " never hold ") + quoted(written.get());
    Optional<String> nearest = NearestWord.to(written.get(), words);
    boolean tell = nearest.isEmpty() && words.size() <= MOST_WORDS_TOLD;
    report(constant, tell ? what + "; it is one of " + String.join(", ", words) : what, nearest);
  }

  /** The fact that an expression reads, or whose items it goes through. */
  private Optional<Facts.Fact<?>> fact(CelNavigableExpr place, CelExpr expression) {
    return switch (expression.getKind()) {
      case SELECT -> {
        CelExpr.CelSelect select = expression.select();
        yield ast.getType(select.operand().id())
            .flatMap(type -> View.type(type.name()))
            .flatMap(facts -> facts.find(select.field()));
      }
      case IDENT -> {
        String name = expression.ident().name();
        Optional<CelNavigableExpr> macro = macro(place, name);
        yield macro.isPresent()
            ? fact(macro.get(), macro.get().expr().comprehension().iterRange())
            : View.ROOT.find(name).map(it -> it);
      }
      default -> Optional.empty();
    };
  }

  /** The macro around {@code place} that gives {@code name} its values, as exists(name, ...). */
  private static Optional<CelNavigableExpr> macro(CelNavigableExpr place, String name) {
    Optional<CelNavigableExpr> around = place.parent();
    while (around.isPresent()
        && !(around.get().getKind() == Kind.COMPREHENSION
            && around.get().expr().comprehension().iterVar().equals(name))) {
      around = around.get().parent();
    }
    return around;
  }

  private void checkPattern(CelExpr pattern) {
    Optional<String> written = string(pattern);
    if (written.isEmpty()) {
      report(pattern, "a regular expression must be written out, not computed", Optional.empty());
      return;
    }
    try {
      int size = Pattern.compile(written.get()).programSize();
      if (size > LARGEST_PATTERN) {
        report(
            pattern, "the regular expression is too large (" + size + " steps)", Optional.empty());
      }
    } catch (PatternSyntaxException wrong) {
      String around =
          written.get().matches("(?s).*\\(\\?<?[=!].*")
              ? "; RE2 has none that looks ahead or back: say && !text.matches('…')"
              : "";
      String what = "not a regular expression of RE2: " + wrong.getMessage() + around;
      report(pattern, what, Optional.empty());
    }
  }

  /** The regular expression that is written out here; it has been checked. */
  static Optional<Pattern> pattern(CelExpr written) {
    return string(written).map(Pattern::compile);
  }

  private void report(CelExpr at, String what, Optional<String> nearest) {
    mistakes.add(mistake(ast, at.id(), what, nearest));
  }

  /** A mistake at the expression of that id. */
  static Mistake mistake(
      CelAbstractSyntaxTree ast, long id, String what, Optional<String> nearest) {
    int offset = ast.getSource().getPositionsMap().getOrDefault(id, 0);
    CelSourceLocation place =
        ast.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
    return new Mistake(place.getLine(), place.getColumn(), what, nearest);
  }

  /** The text that is written out here. */
  static Optional<String> string(CelExpr expression) {
    boolean text =
        expression.getKind() == Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    return text ? Optional.of(expression.constant().stringValue()) : Optional.empty();
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
