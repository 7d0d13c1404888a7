package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.DayBook.Day;
import dev.postern.policy.APolicy;
import dev.postern.policy.Past;
import dev.postern.policy.Policy;
import dev.postern.policy.Precedents;
import dev.postern.policy.Ruling.Shadow;
import dev.postern.policy.ShadowBook;
import dev.postern.policy.ShadowReport.Line;
import dev.postern.policy.ShadowRule;
import dev.postern.policy.ShadowRule.Inline;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The daily digest tells once what a rule in shadow would have done. */
class ShadowNewsTest {
  private static final Instant BEGUN = Instant.parse("2026-08-28T07:00:00Z");
  private static final String LETS =
      "{name: lets, when: dmarc.result != 'pass', do: release, shadow: true}";
  private static final LocalDate DAY = LocalDate.of(2026, 9, 4);

  private final Map<String, LocalDate> told = new HashMap<>();
  private final List<Precedents.Span> asked = new ArrayList<>();
  private Policy policy = APolicy.of(LETS);
  private final ShadowNews news =
      new ShadowNews(
          () -> policy,
          new Precedents() {
            @Override
            public long count(Span when) {
              return 100;
            }

            @Override
            public void each(Span when, Taker taker) {
              asked.add(when);
              Past.cases(100).forEach(taker::take);
            }
          },
          new ShadowBook() {
            @Override
            public void note(List<Shadow> shadows, Instant at, boolean passed) {}

            @Override
            public List<ShadowRule> seen() {
              return policy.shadows().stream()
                  .map(
                      it ->
                          new ShadowRule(
                              it.name(), "", it.meaning(), Optional.of(BEGUN), new Inline(5, 2)))
                  .toList();
            }

            @Override
            public Map<String, LocalDate> told() {
              return told;
            }

            @Override
            public void told(Collection<String> rules, LocalDate day) {
              rules.forEach(rule -> told.put(rule, day));
            }
          });

  private static Instant after(int days) {
    return BEGUN.plus(Duration.ofDays(days));
  }

  @Test
  void itIsToldOnceSevenDaysAfterTheRuleBegan() {
    assertThat(news.due(after(7).minusSeconds(1), DAY)).isEmpty();
    assertThat(asked).as("nothing is read where nothing is due").isEmpty();

    List<Line> due = news.due(after(7), DAY);
    assertThat(due).hasSize(1);
    assertThat(asked).containsExactly(new Precedents.Span(BEGUN, after(7)));
    assertThat(due.getFirst().messages()).isEqualTo(due.getFirst().people().cases() + 7);

    news.told(due, DAY);
    assertThat(news.due(after(7), DAY)).as("to another channel, the same day").isEqualTo(due);
    assertThat(news.due(after(8), DAY.plusDays(1))).isEmpty();
  }

  @Test
  void thePolicySaysWhenAndWhether() throws Exception {
    String yaml = "chains: {a: {name: A, approvers: [kim], window: 1h}}\nrules: [" + LETS + "]\n";
    policy = Policy.parse(yaml + "shadow-report: 3d\n", "p");
    assertThat(news.due(after(3), DAY)).hasSize(1);
    policy = Policy.parse(yaml + "shadow-report: off\n", "p");
    assertThat(news.due(after(30), DAY)).isEmpty();
  }

  @Test
  void ofManyRulesSomeAreToldTheDayAfter() {
    String[] rules = new String[7];
    for (int i = 0; i < rules.length; i++) {
      rules[i] =
          LETS.replace("lets", "lets" + i).replace("'pass'", "'none' && size(signals) != " + i);
    }
    policy = APolicy.of(rules);

    List<Line> first = news.due(after(7), DAY);
    news.told(first, DAY);
    List<Line> second = news.due(after(8), DAY.plusDays(1));
    assertThat(first).hasSize(5);
    assertThat(second).extracting(it -> it.rule().name()).containsExactly("lets5", "lets6");
  }

  @Test
  void theDigestSaysItInNumbersAndHowToPromoteTheRule() {
    List<Line> due = news.due(after(7), DAY);
    CardView digest = DigestWriter.of(new Day(0, List.of(), 0, 0, 0, List.of()), due, DAY);

    CardView.Group group = digest.groups().getLast();
    assertThat(group.title()).isEqualTo("Rules in shadow");
    assertThat(group.rows().getFirst().label()).isEqualTo("lets");
    assertThat(group.rows().getFirst().toString())
        .containsPattern(
            "would have settled \\d+ \\(release\\); people decided as it would \\d+ of \\d+");
    assertThat(group.lines().toString()).contains("postern policy promote RULE");
  }
}
