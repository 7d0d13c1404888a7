package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.compiler.CelCompiler;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.mail.MessageSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our plan of an expression comes to what CEL's own interpreter comes to, errors included. */
class PlannerAgainstCelTest {
  private static final int EXPRESSIONS = Integer.getInteger("postern.expressions", 3_000);
  private static final String ERROR = "error";
  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

  private final CelCompiler compiler = ConditionCompiler.builder().build();
  private final CelRuntime runtime =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(CelExtensions.strings(CelStringExtensions.Function.LOWER_ASCII))
          .build();
  private final List<Situation> situations =
      List.of(
          ASituation.proved().build(),
          ASituation.spoofed(DmarcPolicy.REJECT).build(),
          ASituation.proved()
              .with(it -> it.signals = List.of("from-punycode", "name-of-colleague"))
              .with(it -> it.subject = "Überweisung \uD83D\uDE00 bill")
              .with(it -> it.linkHosts = List.of("a.example", "b.example", "www.firm.example"))
              .with(
                  it ->
                      it.attachments =
                          List.of(
                              new MessageSummary.Attachment("a.exe", "application/pdf", 0),
                              new MessageSummary.Attachment("b.pdf", "application/pdf", 77)))
              .build());

  @Test
  void bothComeToTheSame() throws Exception {
    Random random = new Random(20_261_126);
    Map<String, Integer> outcomes = new LinkedHashMap<>();
    for (int i = 0; i < EXPRESSIONS; i++) {
      String expression = new RandomExpression(random).truth(4);
      CelAbstractSyntaxTree ast = compiler.compile(expression).getAst();
      Planner.Planned planned = Planner.plan(ast, Map.of());
      CelRuntime.Program program = runtime.createProgram(ast);
      for (Situation situation : situations) {
        String theirs = theirs(program, situation);
        assertThat(ours(planned, situation)).as(expression).isEqualTo(theirs);
        outcomes.merge(theirs, 1, Integer::sum);
      }
    }
    assertThat(outcomes).as("of each kind there were many").hasSize(3);
    assertThat(outcomes.values()).allMatch(count -> count > EXPRESSIONS / 20);
  }

  private static String ours(Planner.Planned planned, Situation situation) {
    try {
      return String.valueOf(planned.in(situation, new Effort(Effort.OF_ONE_MESSAGE)));
    } catch (Expression.Broken _) {
      return ERROR;
    }
  }

  private static String theirs(CelRuntime.Program program, Situation situation) {
    try {
      return String.valueOf(program.eval(asMap(View.ROOT, situation)));
    } catch (CelEvaluationException _) {
      return ERROR;
    }
  }

  private static Map<String, Object> asMap(Facts<?> facts, Object thing) {
    Map<String, Object> map = new LinkedHashMap<>();
    facts.all().forEach(fact -> map.put(fact.name(), asCel(fact, fact.of(thing))));
    return map;
  }

  private static Object asCel(Facts.Fact<?> fact, Object value) {
    Optional<Facts<?>> parts = fact.parts();
    if (parts.isEmpty()) {
      return value;
    }
    return value instanceof List<?> items
        ? items.stream().map(item -> asMap(parts.get(), item)).toList()
        : asMap(parts.get(), value);
  }
}
