package dev.postern.policy;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.parser.CelUnparserFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns CEL expressions over the {@link View} into conditions, or into mistakes with their place.
 * Everything is bounded: size and depth of an expression, size of a regular expression's program
 * (RE2: linear in the text), and what running it may cost ({@link Effort}).
 */
final class ConditionCompiler {
  private static final CelOptions BOUNDS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .populateMacroCalls(true) // so that the trace shows exists(), not what it expands to
          .maxExpressionCodePointSize(4096)
          .maxParseRecursionDepth(32)
          .build();

  private static final Set<CelKind> SAYABLE =
      Set.of(CelKind.STRING, CelKind.INT, CelKind.DOUBLE, CelKind.BOOL);

  private static final CelFunctionDecl LISTED =
      CelFunctionDecl.newFunctionDeclaration(
          Planner.LISTED,
          CelOverloadDecl.newMemberOverload(
              "string_listed", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING));

  private final CelCompiler truths = builder().setResultType(SimpleType.BOOL).build();
  private final CelCompiler values = builder().build();
  private final Map<String, NamedList> lists;

  /**
   * A mistake in an expression.
   *
   * @param line in the expression, from 1
   * @param column in the line, from 0
   * @param what what is wrong
   * @param nearest the word that was probably meant
   */
  record Mistake(int line, int column, String what, Optional<String> nearest) {}

  /**
   * Gets ready.
   *
   * @param lists of the policy, by their names
   */
  ConditionCompiler(Map<String, NamedList> lists) {
    this.lists = lists;
  }

  /** What expressions can say. */
  static CelCompilerBuilder builder() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(BOUNDS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings(CelStringExtensions.Function.LOWER_ASCII))
            .addFunctionDeclarations(LISTED)
            .setTypeProvider(new Types());
    View.ROOT.all().forEach(fact -> builder.addVar(fact.name(), fact.type()));
    return builder;
  }

  /** The condition; empty after at least one mistake was handed over. */
  Optional<Condition> compile(String expression, Consumer<Mistake> mistakes) {
    return checked(truths, expression, mistakes).flatMap(ast -> condition(ast, mistakes));
  }

  /** An expression whose value can stand in a sentence; empty after a mistake was handed over. */
  Optional<Planner.Planned> value(String expression, Consumer<Mistake> mistakes) {
    Optional<CelAbstractSyntaxTree> ast = checked(values, expression, mistakes);
    if (ast.isPresent() && !SAYABLE.contains(ast.get().getResultType().kind())) {
      String what = "{" + expression + "} is neither a text nor a number";
      mistakes.accept(new Mistake(1, 0, what, Optional.empty()));
      return Optional.empty();
    }
    return ast.flatMap(it -> planned(it, mistakes));
  }

  private static Optional<CelAbstractSyntaxTree> checked(
      CelCompiler compiler, String expression, Consumer<Mistake> mistakes) {
    CelValidationResult result = compiler.compile(expression);
    try {
      CelAbstractSyntaxTree ast = result.getAst();
      List<Mistake> found = ConditionCheck.mistakes(ast);
      found.forEach(mistakes);
      return found.isEmpty() ? Optional.of(ast) : Optional.empty();
    } catch (CelValidationException invalid) {
      CelValidationResult parsed = compiler.parse(expression);
      // What follows the first mistake of syntax is the parser's guess.
      long most = parsed.hasError() ? 1 : Long.MAX_VALUE;
      invalid.getErrors().stream()
          .limit(most)
          .forEach(issue -> mistakes.accept(mistake(issue, parsed)));
      return Optional.empty();
    }
  }

  private Optional<Condition> condition(CelAbstractSyntaxTree ast, Consumer<Mistake> mistakes) {
    List<CelExpr> conjuncts = new ArrayList<>();
    split(ast.getExpr(), conjuncts);
    List<Condition.Part> parts = new ArrayList<>();
    for (CelExpr conjunct : conjuncts) {
      CelAbstractSyntaxTree part =
          CelAbstractSyntaxTree.newCheckedAst(
              conjunct, ast.getSource(), ast.getReferenceMap(), ast.getTypeMap());
      planned(part, mistakes)
          .ifPresent(plan -> parts.add(new Condition.Part(text(part), Equality.of(part), plan)));
    }
    return parts.size() < conjuncts.size()
        ? Optional.empty()
        : Optional.of(new Condition(text(ast), parts));
  }

  private Optional<Planner.Planned> planned(CelAbstractSyntaxTree ast, Consumer<Mistake> mistakes) {
    try {
      return Optional.of(Planner.plan(ast, lists));
    } catch (Planner.Unplanned no) {
      String what = String.valueOf(no.getMessage());
      mistakes.accept(ConditionCheck.mistake(ast, no.at(), what, no.nearest()));
      return Optional.empty();
    }
  }

  /** Depth is bounded by the parser. */
  private static void split(CelExpr expression, List<CelExpr> into) {
    if (expression.callOrDefault().function().equals("_&&_")) {
      expression.call().args().forEach(arg -> split(arg, into));
    } else {
      into.add(expression);
    }
  }

  private static String text(CelAbstractSyntaxTree ast) {
    return CelUnparserFactory.newUnparser().unparse(ast);
  }

  private static Mistake mistake(CelIssue issue, CelValidationResult parsed) {
    int line = Math.max(1, issue.getSourceLocation().getLine());
    int column = Math.max(0, issue.getSourceLocation().getColumn());
    Wording wording = Wording.of(issue, parsed);
    return new Mistake(line, column, wording.what(), wording.nearest());
  }

  /** The types of the facts, for the checker. */
  private static final class Types implements CelTypeProvider {
    private final ImmutableList<CelType> all =
        View.TYPES.stream().map(Facts::type).collect(ImmutableList.toImmutableList());

    @Override
    public ImmutableCollection<CelType> types() {
      return all;
    }

    @Override
    public Optional<CelType> findType(String name) {
      return all.stream().filter(type -> type.name().equals(name)).findFirst();
    }
  }
}
