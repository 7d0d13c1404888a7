package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.policy.StagePlan.ReasonRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A form whose reader is not known at once: Slack's trigger is spent before that. */
class OpeningIT {
  private final CountDownLatch known = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private SlackRoom room;
  private CaseFile it;

  @BeforeEach
  void open() throws Exception {
    room = new SlackRoom();
    it = room.asking(ReasonRule.ALWAYS);
  }

  @AfterEach
  void close() {
    known.countDown();
    threads.close();
    room.close();
  }

  @Test
  void aViewOpensBeforeSlackHasSaidWhoPressedAndThenBecomesTheForm() throws Exception {
    var _ = threads.submit(() -> forms().open(press(SlackRoom.KIM), Modals.RELEASE));

    JsonNode first = room.slack.opened.poll(20, TimeUnit.SECONDS);
    assertThat(String.valueOf(first)).contains("Looking…").doesNotContain(it.message().subject());
    known.countDown();

    JsonNode form = room.slack.views.next();
    assertThat(form.at("/callback_id").asText()).isEqualTo(Modals.RELEASE);
    assertThat(form.at("/submit/text").asText()).isEqualTo("Release");
    assertThat(room.slack.whispered).isEmpty();
  }

  @Test
  void whoMayNotSeeItIsToldSoInThatView() throws Exception {
    var _ = threads.submit(() -> forms().open(press(SlackRoom.STRANGER), Modals.RELEASE));

    assertThat(room.slack.opened.poll(20, TimeUnit.SECONDS)).isNotNull();
    known.countDown();

    assertThat(room.slack.views.next().toString())
        .contains("does not know you")
        .doesNotContain(it.message().subject());
  }

  private Press press(String user) {
    room.slack.triggers.add("trigger.slow");
    return new Press(
        "press:1",
        new Identity(SlackSurface.NAME, FakeSlack.TEAM, user),
        FakeSlack.CHANNEL,
        "trigger.slow",
        "pn.release",
        "Release…",
        "pn1.token",
        Optional.of(it.id()),
        "");
  }

  private Forms forms() {
    Wiring postern = room.wiring();
    return new Forms(
        new Wiring(
            postern.accept(),
            postern.cases(),
            postern.ballots(),
            new Slow(postern.directory()),
            postern.cards(),
            postern.accepted(),
            postern.lookups(),
            postern.shared(),
            postern.messageText(),
            postern.clock()),
        room.api,
        threads);
  }

  /** Knows nobody before the latch opens. */
  private final class Slow implements Directory {
    private final Directory people;

    Slow(Directory people) {
      this.people = people;
    }

    @Override
    public Optional<Duration> refresh(Identity who) {
      try {
        assertThat(known.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return Optional.empty();
    }

    @Override
    public Optional<Person> person(Identity who) {
      people.refresh(who);
      return people.person(who);
    }

    @Override
    public List<Person> named(String approver) {
      return people.named(approver);
    }
  }
}
