package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.card.ScriptedSurface.Failure.AFTER;
import static dev.postern.card.ScriptedSurface.Failure.BEFORE;
import static dev.postern.card.ScriptedSurface.Failure.CLOSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.approval.Refusal;
import dev.postern.approval.TokenId;
import dev.postern.card.SurfaceTrouble.Kind;
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
  private final ManyCases book = ManyCases.of(pending);
  private final Surfaces surfaces = new Surfaces(List.of(slack), new Random(1));
  private final Teller teller =
      new Teller(book, new MemoryCardRows(), CardWriterTest.writer(), surfaces, () -> now);

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
  void whoWasAnsweredInTheSameMomentIsToldNothing_unlessThatIsOwed() {
    slack.answersAtOnce(true);
    Answer answer = new Answer.Counted(pending.id(), 1);

    assertThat(tell("slack", answer)).isEmpty();
    assertThat(slack.told()).isEmpty();
    assertThat(teller.tellOwed(click("slack"), answer)).isEmpty();
    assertThat(slack.told()).hasSize(1);
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

  @Test
  void P12_anAnswerDoesNotWaitForCardsThatSlackTakesTooManyOf() {
    CardPlace place = new CardPlace("slack", "C0MAILOPS");
    SurfaceTrouble busy = new SurfaceTrouble(Kind.AWAY, "429", Duration.ofMinutes(5));
    surfaces.pauses().trouble(place, busy, now, now);

    assertThat(tell("slack", new Answer.Counted(pending.id(), 1))).isEmpty();
    assertThat(slack.told()).hasSize(1);
  }

  @Test
  void aLateAnswerGoesToThePersonAlone_whateverIsWithTheChannelOfThePress() {
    slack.answersAtOnce(true);
    SurfaceTrouble shut = new SurfaceTrouble(Kind.CLOSED, "not in channel");
    Answer answer = new Answer.Counted(pending.id(), 1);
    Click click = click("slack");
    surfaces.pauses().trouble(new CardPlace("slack", click.place()), shut, now, now);

    assertThat(teller.tellOwed(click, answer)).isEmpty();
    assertThat(slack.told()).hasSize(1);
    surfaces.pauses().trouble(CardPlace.ownChat("slack", click.who().user()), shut, now, now);
    assertThat(teller.tellOwed(click, answer)).isEmpty();
    assertThat(slack.told()).as("who takes no messages gets none").hasSize(1);
  }

  @Test
  void aReminderWaitsForAPauseAndForItsTurnAndIsMadeOnce() {
    card();
    CardPlace place = new CardPlace("slack", "C0MAILOPS");
    SurfaceTrouble busy = new SurfaceTrouble(Kind.AWAY, "429", Duration.ofMinutes(2));
    Duration pause = surfaces.pauses().trouble(place, busy, now, now);

    assertThat(remind()).contains(pause);
    assertThat(slack.calls()).isZero();
    now = now.plus(pause);
    slack.keepsWaiting(Duration.ofSeconds(9));
    assertThat(remind()).contains(Duration.ofSeconds(9));
    assertThat(slack.calls()).isZero();
    now = now.plusSeconds(9);
    assertThat(remind()).isEmpty();
    assertThat(remind()).as("woken once more").isEmpty();

    assertThat(slack.told()).extracting(Notice::title).containsExactly("Still held");
    assertThat(teller.remind(pending.id(), "7#1")).as("the next one").isEmpty();
    assertThat(slack.told()).hasSize(2);
  }

  @Test
  void aReminderThatSlackSurelyDidNotTakeIsMadeLater() {
    card();
    slack.fails(BEFORE).asksToWait(Duration.ofSeconds(42));

    Duration wait = remind().orElseThrow();

    assertThat(wait).isGreaterThanOrEqualTo(Duration.ofSeconds(42));
    now = now.plus(wait);
    assertThat(remind()).isEmpty();
    assertThat(slack.told()).hasSize(1);
  }

  @Test
  void aReminderThatSlackMayHaveTakenIsNotMadeTwice() {
    card();
    slack.fails(AFTER);

    assertThat(remind()).isEmpty();
    now = now.plus(Duration.ofMinutes(5));
    assertThat(remind()).isEmpty();
    assertThat(slack.told()).hasSize(1);
  }

  private Optional<Duration> remind() {
    return teller.remind(pending.id(), "7#0");
  }

  private void card() {
    book.put(
        new CardRow(
            "card-1",
            pending.id(),
            new CardPlace("slack", "C0MAILOPS"),
            Optional.of("C0MAILOPS/1"),
            Optional.of(new TokenId("0123456789abcdef".repeat(2))),
            1,
            1));
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
