package dev.postern.policy;

import com.google.re2j.Pattern;
import dev.postern.policy.Expression.Broken;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operators and functions of CEL that rules may use, as its specification has them. */
final class Operators {
  /** Instructions of a regular expression that are tried in about the time of one comparison. */
  private static final int INSTRUCTIONS_AT_ONCE = 4;

  private Operators() {}

  /** An operation on two values. */
  private interface Two {
    Object of(Object a, Object b, Effort effort);
  }

  /** The operator or function under CEL's name for it; empty for those that rules cannot use. */
  static Optional<Expression> of(String function, List<Expression> args) {
    Expression first = args.getFirst();
    Expression second = args.size() > 1 ? args.get(1) : first;
    return Optional.ofNullable(
        switch (function) {
          case "_&&_" -> frame -> decided(frame, first, second, false);
          case "_||_" -> frame -> decided(frame, first, second, true);
          case "!_" -> frame -> !first.holds(frame);
          case "@not_strictly_false" -> frame -> notStrictlyFalse(frame, first);
          case "_?_:_" -> {
            Expression third = args.get(2);
            yield frame -> first.holds(frame) ? second.in(frame) : third.in(frame);
          }
          case "-_" -> frame -> negated(first.in(frame));
          case "_==_" -> two(first, second, Operators::same);
          case "_!=_" -> two(first, second, (a, b, effort) -> !same(a, b, effort));
          case "_<_" -> two(first, second, (a, b, _) -> order(a, b) < 0);
          case "_<=_" -> two(first, second, (a, b, _) -> order(a, b) <= 0);
          case "_>_" -> two(first, second, (a, b, _) -> order(a, b) > 0);
          case "_>=_" -> two(first, second, (a, b, _) -> order(a, b) >= 0);
          case "@in" -> two(first, second, (a, b, effort) -> among((List<?>) b, a, effort));
          case "_[_]" -> two(first, second, (a, b, _) -> item((List<?>) a, (Long) b));
          case "_+_" -> two(first, second, Operators::sum);
          case "_-_", "_*_", "_/_", "_%_" ->
              two(first, second, (a, b, _) -> arithmetic(function, a, b));
          case "contains" -> text(first, second, String::contains);
          case "startsWith" -> text(first, second, String::startsWith);
          case "endsWith" -> text(first, second, String::endsWith);
          case "size" -> frame -> size(first.in(frame), frame.effort());
          case "lowerAscii" -> frame -> lowerAscii((String) first.in(frame), frame.effort());
          default -> null;
        });
  }

  /** Whether the expression is found somewhere in the text. */
  static Expression matches(Expression text, Pattern pattern) {
    int times = 1 + pattern.programSize() / INSTRUCTIONS_AT_ONCE;
    return frame -> {
      String read = (String) text.in(frame);
      frame.effort().through(read.length(), times);
      return pattern.matcher(read).find();
    };
  }

  /** Whether the list has the text. */
  static Expression listed(Expression text, NamedList list) {
    return frame -> {
      String read = (String) text.in(frame);
      frame.effort().through(read.length(), 1);
      return list.has(read);
    };
  }

  private static Expression two(Expression first, Expression second, Two operation) {
    return frame -> operation.of(first.in(frame), second.in(frame), frame.effort());
  }

  /** What is asked of two texts. */
  private interface Texts {
    boolean ask(String text, String part);
  }

  private static Expression text(Expression text, Expression part, Texts question) {
    return frame -> {
      String read = (String) text.in(frame);
      frame.effort().through(read.length(), 1);
      return question.ask(read, (String) part.in(frame));
    };
  }

  /** One side that decides is enough, even where the other is in error. */
  private static boolean decided(Frame frame, Expression a, Expression b, boolean decides) {
    boolean first;
    try {
      first = a.holds(frame);
    } catch (Broken broken) {
      if (b.holds(frame) == decides) {
        return decides;
      }
      throw broken;
    }
    return first == decides ? decides : b.holds(frame);
  }

  private static boolean notStrictlyFalse(Frame frame, Expression a) {
    try {
      return a.holds(frame);
    } catch (Broken _) {
      return true;
    }
  }

  private static boolean same(Object a, Object b, Effort effort) {
    if (a instanceof Double x && b instanceof Double y) {
      return x.doubleValue() == y.doubleValue();
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      effort.through(x.size(), 1);
      boolean same = x.size() == y.size();
      for (int i = 0; same && i < x.size(); i++) {
        same = same(x.get(i), y.get(i), effort);
      }
      return same;
    }
    return a.equals(b);
  }

  private static boolean among(List<?> list, Object value, Effort effort) {
    effort.through(list.size(), 1);
    for (Object each : list) {
      if (same(each, value, effort)) {
        return true;
      }
    }
    return false;
  }

  private static int order(Object a, Object b) {
    return switch (a) {
      case Long x when b instanceof Long y -> Long.compare(x, y);
      case String x when b instanceof String y -> x.compareTo(y);
      case Boolean x when b instanceof Boolean y -> Boolean.compare(x, y);
      default -> exact(a).compareTo(exact(b));
    };
  }

  /** A long beyond 2^53 has no double of its own. */
  private static BigDecimal exact(Object number) {
    if (number instanceof Long whole) {
      return BigDecimal.valueOf(whole);
    }
    double value = (Double) number;
    if (!Double.isFinite(value)) {
      throw new Broken("a number is too large or none");
    }
    return new BigDecimal(value);
  }

  private static Object item(List<?> list, long index) {
    if (index < 0 || index >= list.size()) {
      throw new Broken("there is no item " + index + " among " + list.size());
    }
    return list.get((int) index);
  }

  private static Object sum(Object a, Object b, Effort effort) {
    return switch (a) {
      case String x -> {
        String y = (String) b;
        effort.through(x.length() + y.length(), 1);
        yield x + y;
      }
      case List<?> x -> {
        List<?> y = (List<?>) b;
        effort.through(x.size() + y.size(), 1);
        List<Object> joined = new ArrayList<>(x);
        joined.addAll(y);
        yield joined;
      }
      default -> arithmetic("_+_", a, b);
    };
  }

  private static Object arithmetic(String operator, Object a, Object b) {
    return a instanceof Long x
        ? whole(operator, x, (Long) b)
        : real(operator, (Double) a, (Double) b);
  }

  private static Object whole(String operator, long a, long b) {
    try {
      return switch (operator) {
        case "_+_" -> Math.addExact(a, b);
        case "_-_" -> Math.subtractExact(a, b);
        case "_*_" -> Math.multiplyExact(a, b);
        case "_/_" -> Math.divideExact(a, b);
        default -> a % b;
      };
    } catch (ArithmeticException broken) {
      throw new Broken(b == 0 ? "division by zero" : "a number became too large");
    }
  }

  private static Object real(String operator, double a, double b) {
    return switch (operator) {
      case "_+_" -> a + b;
      case "_-_" -> a - b;
      case "_*_" -> a * b;
      default -> a / b;
    };
  }

  private static Object negated(Object number) {
    return number instanceof Long whole ? whole("_-_", 0, whole) : (Object) (-(Double) number);
  }

  /** Of a text in characters of Unicode, of a list in items. */
  private static long size(Object value, Effort effort) {
    if (value instanceof String text) {
      effort.through(text.length(), 1);
      return text.codePointCount(0, text.length());
    }
    return ((List<?>) value).size();
  }

  private static String lowerAscii(String text, Effort effort) {
    effort.through(text.length(), 1);
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }
}
