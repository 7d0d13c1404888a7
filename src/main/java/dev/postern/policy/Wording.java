package dev.postern.policy;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A complaint of CEL's own checker in plain words.
 *
 * @param what what is wrong
 * @param nearest the word that was probably meant
 */
record Wording(String what, Optional<String> nearest) {
  private static final Set<String> MACROS =
      Set.of("has", "all", "exists", "exists_one", "map", "filter");
  private static final Pattern LIST_HAS_NO_FACTS =
      Pattern.compile("(?s)type 'list\\(.*\\)' does not support field selection.*");
  private static final Pattern TYPE = Pattern.compile("expected type '(.+)' but found '(.+)'");
  private static final Pattern UNKNOWN_TOKEN =
      Pattern.compile("(?s)token recognition error at: '(.*)'");
  private static final Pattern ESCAPE = Pattern.compile("\\\\.");
  private static final Map<String, String> LOWER =
      Map.of("lower", "lowerAscii", "toLowerCase", "lowerAscii", "toLower", "lowerAscii");
  private static final Pattern MISPLACED =
      Pattern.compile("(?s)(?:mismatched|extraneous) input '(.+?)'(?: expecting .*)?");
  private static final Pattern NO_OVERLOAD =
      Pattern.compile(
          "found no matching overload for '(.+?)' applied to '(.+?)'.*", Pattern.DOTALL);

  /** CEL's complaint in plain words. */
  static Wording of(CelIssue issue, CelValidationResult parsed) {
    Optional<CelExpr> at = find(parsed, issue.getExprId());
    String message = issue.getMessage().replace(" (in container '')", "");
    if (at.isPresent() && message.startsWith("undeclared reference")) {
      return undeclared(at.get());
    }
    if (at.isPresent() && message.startsWith("undefined field")) {
      return noSuchFact(at.get().select());
    }
    if (at.isPresent() && LIST_HAS_NO_FACTS.matcher(message).matches()) {
      return throughList(at.get().select());
    }
    Optional<String> foreign = foreign(message);
    if (foreign.isPresent()) {
      return new Wording(foreign.get(), Optional.empty());
    }
    Matcher overload = NO_OVERLOAD.matcher(message);
    if (overload.matches()) {
      String operator = overload.group(1).replaceAll("[_@]", "");
      return new Wording(operator + " does not fit " + plain(overload.group(2)), Optional.empty());
    }
    Matcher type = TYPE.matcher(message);
    if (type.matches()) {
      String what = "this must be " + plain(type.group(1)) + ", and is " + plain(type.group(2));
      return new Wording(what, Optional.empty());
    }
    Matcher misplaced = MISPLACED.matcher(message);
    return new Wording(
        misplaced.matches() ? misplaced(misplaced.group(1)) : message, Optional.empty());
  }

  private static String misplaced(String word) {
    if (word.equals("<EOF>")) {
      return "the expression ends too early";
    }
    return ConditionCheck.FUNCTIONS.contains(word)
        ? word + " is written behind a dot: message.subject." + word + "('…')"
        : quoted(word) + " does not fit here";
  }

  /** What people write who come from other languages, and what is written here. */
  private static Optional<String> foreign(String message) {
    if (message.startsWith("token recognition error at: '=")) {
      return Optional.of("= compares nothing: write ==");
    }
    Matcher unknown = UNKNOWN_TOKEN.matcher(message);
    if (unknown.matches()) {
      return Optional.of(token(unknown.group(1)));
    }
    if (message.matches("(?s)(mismatched|extraneous) input '(and|or|not)'.*")) {
      return Optional.of("and, or, not are written &&, ||, !");
    }
    if (message.contains("'@in' applied to '(string, string)'")) {
      return Optional.of("in looks into lists; write text.contains(x) for a text in a text");
    }
    if (message.contains("'string' does not support field selection")) {
      return Optional.of(
          "a text has no facts below it; text.endsWith(x) and text.listed('NAME') look into it");
    }
    return Optional.empty();
  }

  private static String token(String at) {
    Matcher escape = ESCAPE.matcher(at);
    String last = "";
    while (escape.find()) {
      last = escape.group();
    }
    return last.isEmpty()
        ? "this text has no end: " + at + " (the same quotation mark ends it)"
        : last + " is no escape in a text: write \\" + last + " for the " + last + " of a regex";
  }

  /** In the words of docs/policy.md. */
  private static String plain(String types) {
    return types
        .replaceAll("list\\(\\w+\\)", "a list")
        .replaceAll("\\b(int|double|uint)\\b", "a number")
        .replaceAll("\\bstring\\b", "a text")
        .replaceAll("\\bbool\\b", "true or false");
  }

  private static Wording throughList(CelExpr.CelSelect select) {
    CelExpr operand = select.operand();
    String list =
        operand.getKind() == Kind.SELECT
            ? operand.select().operand().identOrDefault().name() + "." + operand.select().field()
            : operand.identOrDefault().name();
    return new Wording(
        "%s is a list: %s.exists(x, x.%s …) looks at each of it"
            .formatted(list, list, select.field()),
        Optional.empty());
  }

  private static Wording undeclared(CelExpr at) {
    if (at.getKind() == Kind.CALL) {
      String function = at.call().function();
      List<String> right =
          Stream.concat(ConditionCheck.FUNCTIONS.stream(), MACROS.stream()).toList();
      Optional<String> known = Optional.ofNullable(LOWER.get(function));
      return new Wording(
          "there is no function " + quoted(function),
          known.or(() -> NearestWord.to(function, right)));
    }
    String name = at.getKind() == Kind.IDENT ? at.ident().name() : at.select().field();
    boolean word = View.TYPES.stream().anyMatch(type -> type.hasWord(name));
    String what =
        word
            ? quoted(name) + " is no fact; as a text it stands in quotes: '" + name + "'"
            : "there is no fact " + quoted(name);
    Optional<String> below = word ? Optional.empty() : below(name);
    return new Wording(what, below.isPresent() ? below : NearestWord.to(name, View.ROOT.names()));
  }

  /** The fact of a group that is meant, where only one group has a fact of that name. */
  private static Optional<String> below(String name) {
    List<String> groups =
        View.ROOT.all().stream()
            .filter(group -> group.type().kind() == CelKind.STRUCT)
            .filter(group -> group.parts().flatMap(parts -> parts.find(name)).isPresent())
            .map(Facts.Fact::name)
            .toList();
    return groups.size() == 1 ? Optional.of(groups.getFirst() + "." + name) : Optional.empty();
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

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
