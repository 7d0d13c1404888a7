package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.card.ScriptedSurface.Failure.BEFORE;
import static dev.postern.card.ScriptedSurface.Failure.CLOSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.approval.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TellerTest {
  private final CaseFile pending = SampleCases.spoofed().build();
  private final ScriptedSurface slack = new ScriptedSurface();
  private Instant now = HELD;
  private final Teller teller =
      new Teller(
          ManyCases.of(pending),
          new MemoryCardRows(),
          CardWriterTest.writer(),
          new Surfaces(List.of(slack), new Random(1)),
          () -> now);

  @Test
  void everyClickIsAnsweredOnItsOwnSurface() {
    tell("slack", new Answer.Counted(pending.id(), 1));
    tell("slack", new Answer.Refused(Refusal.NOT_ALLOWED, ""));
    tell("web", new Answer.Refused(Refusal.BUSY, ""));

    assertThat(slack.told())
        .extracting(Notice::title)
        .containsExactly("Your vote counts", "You may not decide this case");
  }

  private Optional<Duration> tell(String surface, Answer answer) {
    return teller.tell(click(surface), answer);
  }

  @Test
  void anAnswerThatThePlatformDoesNotTakeYetIsToldWhenItDoes() {
    slack.fails(BEFORE).asksToWait(Duration.ofSeconds(42));
    Answer answer = new Answer.Counted(pending.id(), 1);

    Duration wait = tell("slack", answer).orElseThrow();

    assertThat(wait).isGreaterThanOrEqualTo(Duration.ofSeconds(42));
    assertThat(tell("slack", answer)).as("woken early").contains(wait);
    now = now.plus(wait);
    assertThat(tell("slack", answer)).isEmpty();
    assertThat(slack.told()).hasSize(1);
  }

  @Test
  void anAnswerIsGivenUpAfterAFewTriesAndAtOnceWhereNobodyIsHeard() {
    slack.fails(BEFORE, BEFORE, BEFORE, BEFORE, BEFORE);
    Answer answer = new Answer.Counted(pending.id(), 1);
    Optional<Duration> again = tell("slack", answer);
    int tries = 1;
    while (again.isPresent()) {
      now = now.plus(again.get());
      again = tell("slack", answer);
      tries++;
    }
    assertThat(tries).isEqualTo(5);

    now = now.plus(Duration.ofHours(1));
    slack.fails(CLOSED);
    assertThat(tell("slack", answer)).isEmpty();
    assertThat(slack.told()).isEmpty();
  }

  private static Click click(String surface) {
    return new Click(
        "event-1",
        surface,
        new Identity("slack", "T1", "U1"),
        "pn1.x",
        "C0MAILOPS",
        new Choice.ReleaseAll(),
        "");
  }
}
