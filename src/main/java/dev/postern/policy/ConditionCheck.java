package dev.postern.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
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
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * What CEL's own checker cannot know: which functions rules may use, which words a result can be,
 * and whether a regular expression is one. Also puts CEL's complaints into plain words.
 */
final class ConditionCheck {
  /** RE2 instructions; a hundred times what a list of file extensions needs. */
  static final int LARGEST_PATTERN = 2_000;

  private static final Set<String> FUNCTIONS =
      Set.of("contains", "startsWith", "endsWith", "matches", "size", "lowerAscii");
  private static final Set<String> MACROS =
      Set.of("has", "all", "exists", "exists_one", "map", "filter");
  private static final Set<String> OPERATORS =
      Set.of(
          "_&&_",
          "_||_",
          "!_",
          "_==_",
          "_!=_",
          "_<_",
          "_<=_",
          "_>_",
          "_>=_",
          "_+_",
          "_-_",
          "-_",
          "_*_",
          "_/_",
          "_%_",
          "@in",
          "_?_:_",
          "_[_]",
          "@not_strictly_false");
  private static final java.util.regex.Pattern NO_OVERLOAD =
      java.util.regex.Pattern.compile(
          "found no matching overload for '(.+?)' applied to '(.+?)'.*",
          java.util.regex.Pattern.DOTALL);

  private final CelAbstractSyntaxTree ast;
  private final List<Mistake> mistakes = new ArrayList<>();

  /**
   * A complaint in plain words.
   *
   * @param what what is wrong
   * @param nearest the word that was probably meant
   */
  record Wording(String what, Optional<String> nearest) {}

  private ConditionCheck(CelAbstractSyntaxTree ast) {
    this.ast = ast;
  }

  /** What is wrong with an expression whose types fit. */
  static List<Mistake> mistakes(CelAbstractSyntaxTree ast) {
    ConditionCheck check = new ConditionCheck(ast);
    CelNavigableAst.fromAst(ast).getRoot().allNodes().forEach(node -> check.node(node.expr()));
    return check.mistakes;
  }

  private void node(CelExpr expression) {
    if (expression.getKind() == Kind.STRUCT) {
      report(expression, "rules read facts, they do not build them", Optional.empty());
    }
    if (expression.getKind() == Kind.LIST && mixed(expression)) {
      report(expression, "a list holds values of one type", Optional.empty());
    }
    if (expression.getKind() != Kind.CALL) {
      return;
    }
    CelExpr.CelCall call = expression.call();
    switch (call.function()) {
      case "_==_", "_!=_" -> equality(call.args().get(0), call.args().get(1));
      case "@in" -> membership(call.args().get(0), call.args().get(1));
      case "matches" -> pattern(call);
      default -> function(expression, call.function());
    }
  }

  private boolean mixed(CelExpr list) {
    return ast.getType(list.id())
        .filter(type -> type instanceof ListType of && of.elemType().kind() == CelKind.DYN)
        .isPresent();
  }

  private void function(CelExpr expression, String function) {
    if (!OPERATORS.contains(function) && !FUNCTIONS.contains(function)) {
      report(expression, "rules cannot use the function " + function, Optional.empty());
    }
  }

  private void equality(CelExpr left, CelExpr right) {
    word(left, right);
    word(right, left);
  }

  private void membership(CelExpr element, CelExpr list) {
    if (list.getKind() == Kind.LIST) {
      list.list().elements().forEach(each -> word(element, each));
    }
  }

  /** A result compared with a word that it can never be would silently never match. */
  private void word(CelExpr fact, CelExpr constant) {
    Optional<String> written = string(constant);
    List<String> words = fact.getKind() == Kind.SELECT ? words(fact.select()) : List.of();
    if (written.isPresent() && !words.isEmpty() && !words.contains(written.get())) {
      String what = fact.select().field() + " is never " + quoted(written.get());
      Optional<String> nearest = NearestWord.to(written.get(), words);
      report(
          constant,
          nearest.isPresent() ? what : what + "; it is one of " + String.join(", ", words),
          nearest);
    }
  }

  private List<String> words(CelExpr.CelSelect select) {
    return ast.getType(select.operand().id())
        .flatMap(type -> type(type.name()))
        .flatMap(facts -> facts.find(select.field()).map(Facts.Fact::words))
        .orElse(List.of());
  }

  private void pattern(CelExpr.CelCall call) {
    CelExpr pattern = call.args().getLast();
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
      report(pattern, "not a regular expression of RE2: " + wrong.getMessage(), Optional.empty());
    }
  }

  private void report(CelExpr at, String what, Optional<String> nearest) {
    int offset = ast.getSource().getPositionsMap().getOrDefault(at.id(), 0);
    CelSourceLocation place =
        ast.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
    mistakes.add(new Mistake(place.getLine(), place.getColumn(), what, nearest));
  }

  /** CEL's complaint in plain words, with the name that was probably meant. */
  static Wording wording(CelIssue issue, CelValidationResult parsed) {
    Optional<CelExpr> at = find(parsed, issue.getExprId());
    String message = issue.getMessage().replace(" (in container '')", "");
    if (at.isPresent() && message.startsWith("undeclared reference")) {
      return undeclared(at.get());
    }
    if (at.isPresent() && message.startsWith("undefined field")) {
      return noSuchFact(at.get().select());
    }
    Matcher overload = NO_OVERLOAD.matcher(message);
    if (overload.matches()) {
      String operator = overload.group(1).replaceAll("[_@]", "");
      return new Wording(operator + " does not fit " + overload.group(2), Optional.empty());
    }
    String brief = message.replaceFirst(" expecting [{'].*", "").replace("'<EOF>'", "end");
    return new Wording(brief, Optional.empty());
  }

  private static Wording undeclared(CelExpr at) {
    if (at.getKind() == Kind.CALL) {
      String function = at.call().function();
      List<String> right = Stream.concat(FUNCTIONS.stream(), MACROS.stream()).toList();
      return new Wording(
          "there is no function " + quoted(function), NearestWord.to(function, right));
    }
    String name = at.getKind() == Kind.IDENT ? at.ident().name() : at.select().field();
    return new Wording("there is no fact " + quoted(name), NearestWord.to(name, View.ROOT.names()));
  }

  private static Wording noSuchFact(CelExpr.CelSelect select) {
    CelExpr operand = select.operand();
    Optional<Facts<?>> owner =
        operand.getKind() == Kind.IDENT
            ? View.ROOT.find(operand.ident().name()).flatMap(Facts.Fact::parts)
            : Optional.empty();
    List<String> right =
        owner
            .map(Facts::names)
            .orElseGet(() -> View.TYPES.stream().flatMap(t -> t.names().stream()).toList());
    String of = owner.isPresent() ? operand.ident().name() + " has" : "there is";
    return new Wording(
        of + " no fact " + quoted(select.field()), NearestWord.to(select.field(), right));
  }

  private static Optional<CelExpr> find(CelValidationResult parsed, long id) {
    try {
      return CelNavigableAst.fromAst(parsed.getAst())
          .getRoot()
          .allNodes()
          .map(CelNavigableExpr::expr)
          .filter(e -> e.id() == id)
          .findFirst();
    } catch (CelValidationException syntaxError) {
      return Optional.empty();
    }
  }

  private static Optional<Facts<?>> type(String name) {
    return View.TYPES.stream().filter(t -> t.name().equals(name)).<Facts<?>>map(t -> t).findFirst();
  }

  private static Optional<String> string(CelExpr expression) {
    boolean text =
        expression.getKind() == Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    return text ? Optional.of(expression.constant().stringValue()) : Optional.empty();
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
