package dev.postern.policy;

import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.postern.policy.Expression.Broken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans an expression that CEL's checker has accepted. Facts are read where they stand, and only
 * those that are asked for: CEL's own interpreter wants all of them as maps, and takes ten times as
 * long (docs/decisions/070-own-plan-of-expressions.md). What it computes is what CEL's interpreter
 * computes; a test holds both against each other.
 */
final class Planner {
  /** {@code text.listed('name')}: whether a list of the policy has the text. */
  static final String LISTED = "listed";

  private final CelAbstractSyntaxTree ast;
  private final Map<String, NamedList> lists;
  private final Map<String, Integer> scope = new HashMap<>();
  private int variables;
  private boolean readsFacts;

  /**
   * What CEL allows and rules do not.
   *
   * @see ConditionCompiler
   */
  static final class Unplanned extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final long at;
    private final transient Optional<String> nearest;

    Unplanned(CelExpr at, String what) {
      this(at, what, Optional.empty());
    }

    Unplanned(CelExpr at, String what, Optional<String> nearest) {
      super(what, null, false, false);
      this.at = at.id();
      this.nearest = nearest;
    }

    /** The word that was probably meant. */
    Optional<String> nearest() {
      return nearest;
    }

    /** The id of the expression in its tree. */
    long at() {
      return at;
    }
  }

  /**
   * An expression with what running it needs.
   *
   * @param expression what is run
   * @param variables how many variables its macros bind
   * @param readsFacts whether it can come to different values at all
   */
  record Planned(Expression expression, int variables, boolean readsFacts) {
    Object in(Situation situation, Effort effort) {
      return expression.in(new Frame(situation, variables, effort));
    }

    /** What it always comes to; empty where that depends on the message, or is in error. */
    Optional<Object> constant() {
      try {
        return readsFacts
            ? Optional.empty()
            : Optional.of(expression.in(new Frame(null, variables, new Effort(10_000))));
      } catch (Broken | Effort.Exhausted broken) {
        return Optional.empty();
      }
    }
  }

  private Planner(CelAbstractSyntaxTree ast, Map<String, NamedList> lists) {
    this.ast = ast;
    this.lists = lists;
  }

  /**
   * Plans a checked expression.
   *
   * @param lists of the policy, by their names
   * @throws Unplanned where it uses what rules do not
   */
  static Planned plan(CelAbstractSyntaxTree ast, Map<String, NamedList> lists) {
    Planner planner = new Planner(ast, lists);
    Expression expression = planner.plan(ast.getExpr());
    return new Planned(expression, planner.variables, planner.readsFacts);
  }

  private Expression plan(CelExpr e) {
    return switch (e.getKind()) {
      case CONSTANT -> constant(e);
      case IDENT -> name(e);
      case SELECT -> select(e);
      case CALL -> call(e);
      case LIST -> list(e.list().elements().stream().map(this::plan).toList());
      case COMPREHENSION -> comprehension(e.comprehension());
      default -> throw new Unplanned(e, "rules read facts, they do not build them");
    };
  }

  private static Expression constant(CelExpr e) {
    CelConstant constant = e.constant();
    Object value =
        switch (constant.getKind()) {
          case BOOLEAN_VALUE -> constant.booleanValue();
          case INT64_VALUE -> constant.int64Value();
          case DOUBLE_VALUE -> constant.doubleValue();
          case STRING_VALUE -> constant.stringValue();
          default -> throw new Unplanned(e, "a value is a number, a text, true or false");
        };
    return _ -> value;
  }

  private Expression name(CelExpr e) {
    String name = e.ident().name();
    @Nullable Integer variable = scope.get(name);
    if (variable != null) {
      int at = variable;
      return frame -> bound(frame.bound(at));
    }
    Facts.Fact<Situation> fact =
        View.ROOT
            .find(name)
            .orElseThrow(() -> new Unplanned(e, "rules cannot use the name " + name));
    readsFacts = true;
    return frame -> fact.read().apply(frame.situation());
  }

  /** An error that a macro met in an earlier turn is met again where its value is used. */
  private static Object bound(Object value) {
    if (value instanceof Broken broken) {
      throw broken;
    }
    return value;
  }

  private Expression select(CelExpr e) {
    CelExpr.CelSelect select = e.select();
    Expression operand = plan(select.operand());
    Facts.Fact<?> fact =
        type(select.operand())
            .flatMap(View::type)
            .flatMap(type -> type.find(select.field()))
            .orElseThrow(() -> new Unplanned(e, "rules cannot read " + select.field() + " here"));
    if (select.testOnly()) { // has(x.y): all facts are always there
      return frame -> {
        operand.in(frame);
        return true;
      };
    }
    return frame -> fact.of(operand.in(frame));
  }

  private Optional<String> type(CelExpr e) {
    return ast.getType(e.id()).map(CelType::name);
  }

  private static Expression list(List<Expression> elements) {
    return frame -> {
      List<Object> values = new ArrayList<>(elements.size());
      for (Expression element : elements) {
        values.add(element.in(frame));
      }
      return values;
    };
  }

  private Expression call(CelExpr e) {
    CelExpr.CelCall call = e.call();
    List<Expression> args = new ArrayList<>();
    call.target().ifPresent(target -> args.add(plan(target)));
    call.args().forEach(arg -> args.add(plan(arg)));
    return switch (call.function()) {
      case "matches" -> Operators.matches(args.getFirst(), pattern(e, call.args().getLast()));
      case LISTED -> Operators.listed(args.getFirst(), list(call.args().getLast()));
      case "_==_", "_!=_", "@in" -> {
        List<CelExpr> compared = call.args();
        compared.forEach(it -> comparable(e, it));
        yield operator(e, args);
      }
      default -> operator(e, args);
    };
  }

  private static Expression operator(CelExpr e, List<Expression> args) {
    return Operators.of(e.call().function(), args)
        .orElseThrow(
            () -> new Unplanned(e, "rules cannot use the function " + e.call().function()));
  }

  private void comparable(CelExpr e, CelExpr operand) {
    Optional<CelType> type = ast.getType(operand.id());
    if (type.filter(View::consistsOfFacts).isPresent()) {
      throw new Unplanned(e, "a group of facts is not compared as a whole: compare its facts");
    }
  }

  private NamedList list(CelExpr written) {
    String name =
        ConditionCheck.string(written)
            .orElseThrow(() -> new Unplanned(written, "the name of a list must be written out"));
    NamedList list = lists.get(name);
    if (list == null) {
      Optional<String> nearest = NearestWord.to(name, lists.keySet());
      throw new Unplanned(written, "there is no list \"" + name + "\"", nearest);
    }
    return list;
  }

  private static Pattern pattern(CelExpr e, CelExpr written) {
    return ConditionCheck.pattern(written)
        .orElseThrow(() -> new Unplanned(e, "a regular expression must be written out"));
  }

  /** What {@code exists}, {@code all}, {@code map} and the like stand for. */
  private Expression comprehension(CelExpr.CelComprehension it) {
    Expression range = plan(it.iterRange());
    Expression start = plan(it.accuInit());
    @Nullable Integer hiddenItem = scope.get(it.iterVar());
    @Nullable Integer hiddenTotal = scope.get(it.accuVar());
    int item = variables++;
    int total = variables++;
    scope.put(it.accuVar(), total);
    scope.put(it.iterVar(), item);
    Expression goOn = plan(it.loopCondition());
    Expression step = plan(it.loopStep());
    restore(it.iterVar(), hiddenItem);
    Expression result = plan(it.result());
    restore(it.accuVar(), hiddenTotal);
    return new Loop(range, start, goOn, step, result, item, total);
  }

  private void restore(String name, @Nullable Integer hidden) {
    if (hidden == null) {
      scope.remove(name);
    } else {
      scope.put(name, Objects.requireNonNull(hidden));
    }
  }

  /** A fold over a list; variables by number. */
  private record Loop(
      Expression range,
      Expression start,
      Expression goOn,
      Expression step,
      Expression result,
      int item,
      int total)
      implements Expression {
    @Override
    public Object in(Frame frame) {
      List<?> items = (List<?>) range.in(frame);
      frame.bind(total, start.in(frame));
      for (Object each : items) {
        frame.effort().step();
        frame.bind(item, each);
        if (!goOn.holds(frame)) {
          break;
        }
        frame.bind(total, next(frame));
      }
      return result.in(frame);
    }

    private Object next(Frame frame) {
      try {
        return step.in(frame);
      } catch (Broken broken) {
        return broken;
      }
    }
  }
}
