package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cel.common.types.CelKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImprintTest {
  private static Situation copy(Situation it) {
    Packed.Writer out = new Packed.Writer();
    Imprint.write(out, it);
    Packed.Reader in = new Packed.Reader(out.done());
    Situation read = Imprint.read(in);
    in.end();
    return read;
  }

  /** Everything that a rule can read, by name, in the order of the documentation. */
  private static List<String> facts(Situation it) {
    List<String> into = new ArrayList<>();
    facts("", View.ROOT, it, into);
    return into;
  }

  private static void facts(String prefix, Facts<?> facts, Object thing, List<String> into) {
    for (Facts.Fact<?> fact : facts.all()) {
      Object value = fact.of(thing);
      String name = prefix + fact.name();
      if (fact.parts().isEmpty()) {
        into.add(name + " = " + value);
      } else if (fact.type().kind() == CelKind.LIST) {
        ((List<?>) value).forEach(item -> facts(name + ".", fact.parts().get(), item, into));
      } else {
        facts(name + ".", fact.parts().get(), value, into);
      }
    }
  }

  @Test
  void everythingThatARuleCanReadIsTheSame() {
    List<Precedent> past = Past.cases(500).toList();
    for (Precedent it : past) {
      assertThat(facts(copy(it.situation()))).isEqualTo(facts(it.situation()));
    }
    assertThat(past.stream().flatMap(it -> facts(it.situation()).stream()).distinct())
        .as("they differ among each other")
        .hasSizeGreaterThan(2000);
  }

  @Test
  void thePolicySaysTheSameOfTheCopyForTheSameReasons() {
    Policy policy = Policy.builtIn();
    Past.cases(500)
        .forEach(
            it ->
                assertThat(policy.rule(copy(it.situation())))
                    .isEqualTo(policy.rule(it.situation())));
  }

  @Test
  void aTextThatIsTooLongForRulesStaysTooLong() {
    Situation it = ASituation.proved().with(s -> s.subject = "x".repeat(100_000)).build();

    assertThat(Policy.builtIn().rule(copy(it)).rule()).isEqualTo("otherwise");
    assertThat(new Precedent("PN-0000-0000", it, then()).octets()).hasSizeLessThan(9_000);
  }

  private static Precedent.Then then() {
    return Past.cases(1).findFirst().orElseThrow().then();
  }

  @Test
  void aCaseIsReadAsItWasWritten() {
    Past.cases(500)
        .forEach(
            it -> {
              Precedent read = Precedent.of(it.octets());
              assertThat(read.id()).isEqualTo(it.id());
              assertThat(read.then()).isEqualTo(it.then());
              assertThat(read.octets()).isEqualTo(it.octets());
            });
  }

  @Test
  void octetsThatAreNoCaseAreRefusedAndNothingElse() {
    Random random = new Random(9);
    Situation situation = Past.situation(random, Instant.EPOCH);
    byte[] good = new Precedent("PN-0000-0000", situation, then()).octets();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatIllegalArgumentException().isThrownBy(() -> Precedent.of(cut));
    }
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      try {
        assertThat(Precedent.of(bad).octets()).isNotEmpty();
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void momentsAndWaitsThatCannotBeAreRefused() {
    for (long second : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 100_000_000_001L}) {
      Packed.Reader in = new Packed.Reader(new Packed.Writer().number(second).number(0).done());
      assertThatIllegalArgumentException().isThrownBy(in::instant);
    }
    Precedent it = Past.cases(1).findFirst().orElseThrow();
    Precedent.Then then = it.then();
    Precedent.Work work = new Precedent.Work(1, Duration.ofDays(100_001), List.of());
    byte[] octets =
        new Precedent(
                it.id(),
                it.situation(),
                new Precedent.Then(then.ruled(), then.people(), work, false, true))
            .octets();
    assertThatIllegalArgumentException().isThrownBy(() -> Precedent.of(octets));
  }
}
