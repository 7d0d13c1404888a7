package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/approval.md shows can be copied. */
class ChainExamplesTest {
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

  @Test
  void everyExampleIsAPolicy() throws IOException, PolicyProblem {
    List<Policy> policies = examples();

    assertThat(policies).hasSizeGreaterThanOrEqualTo(5);
    assertThat(policies).allSatisfy(policy -> assertThat(policy.chains()).isNotEmpty());
  }

  @Test
  void fourHoursFromFridayAtFiveEndOnMondayAtEleven() throws IOException, PolicyProblem {
    StagePlan stage = examples().get(2).chain("mail").stages().getFirst();

    assertThat(stage.timing().closes(Instant.parse("2026-11-27T16:00:00Z")))
        .isEqualTo(Instant.parse("2026-11-30T10:00:00Z"));
  }

  @Test
  void theSunIsFollowed() throws IOException, PolicyProblem {
    Policy policy = examples().get(4);

    assertThat(policy.chain("mail").stages())
        .extracting(StagePlan::name)
        .containsExactly("Berlin on-call", "Sydney on-call", "Head of operations");
    assertThat(policy.rota("sydney").orElseThrow().at(Instant.parse("2026-01-04T21:59:00Z")))
        .isEqualTo("max");
    assertThat(policy.rota("sydney").orElseThrow().at(Instant.parse("2026-01-04T22:00:00Z")))
        .isEqualTo("lee");
  }

  @Test
  void P9_silenceNeverSavesThePairOfEyesThatMustAgree() throws IOException, PolicyProblem {
    assertThat(examples().get(3).chain("payment").stages())
        .extracting(stage -> stage.sequel().onTimeout())
        .containsExactly(StagePlan.OnTimeout.EXPIRE, StagePlan.OnTimeout.EXPIRE);
    assertThat(examples().get(4).chain("mail").stages())
        .extracting(stage -> stage.sequel().onTimeout())
        .containsOnly(StagePlan.OnTimeout.ESCALATE);
  }

  @Test
  void theGlassHasItsOwnWindow() throws IOException, PolicyProblem {
    StagePlan glass = examples().get(5).chain("mail").breakGlass().orElseThrow();

    assertThat(glass.timing().window()).isEqualTo(Duration.ofDays(3));
    assertThat(glass.voting().reason()).isEqualTo(StagePlan.ReasonRule.ALWAYS);
  }

  private static List<Policy> examples() throws IOException, PolicyProblem {
    Matcher yaml = YAML.matcher(Files.readString(Path.of("docs/approval.md")));
    List<Policy> policies = new ArrayList<>();
    while (yaml.find()) {
      policies.add(Policy.parse(yaml.group(1), "example " + (policies.size() + 1)));
    }
    return policies;
  }
}
